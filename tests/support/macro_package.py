"""A macro workbook through other eyes than those that made it: oletools, olefile, plain XML."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import olefile

with warnings.catch_warnings():
    # oletools 0.60.2 calls pyparsing by names that pyparsing 3.3 warns about.
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser

PROJECT_PART = "xl/vbaProject.bin"


def package_parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name, in their order."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xml_part(content: bytes, part: str) -> ET.Element:
    """Return the root of an XML part."""
    return ET.fromstring(package_parts(content)[part])  # noqa: S314  # a file that we made


def vba_files(content: bytes, suffix: str) -> dict[str, str]:
    """Return the source of each module by its file name, `.bas` or `.cls`; see olevba."""
    parser = VBA_Parser(f"book{suffix}", data=content)
    return {str(file): str(code) for _, _, file, code in parser.extract_all_macros()}


def declared(content: bytes, word: str) -> set[str]:
    """Return what the PROJECT stream declares as `Document`, `Module` or `Class`."""
    project = olefile.OleFileIO(BytesIO(package_parts(content)[PROJECT_PART]))
    lines = project.openstream("PROJECT").read().decode("cp1252").splitlines()
    return {line.split("=")[1].split("/")[0] for line in lines if line.startswith(f"{word}=")}
