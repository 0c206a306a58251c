"""Tells whether a Word report of ours stands, part by part, as it was written."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

# The part of a report in which it remembers its draft is known by its namespace.
MARK = b'xmlns="urn:cchc-xl:bound-report:1"'
# Stands where the fingerprint of the file comes once the rest of it is made.
NO_PRINT = "0" * 64
_PRINT = re.compile(rb'"print":"([0-9a-f]{64})"')


def fingerprinted(content: bytes) -> bytes:
    """Return a package whose memory tells its fingerprint; nothing else of it changes."""
    fingerprint = _fingerprint(content).encode()
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for info, blob in _members(content):
            told = blob.replace(NO_PRINT.encode(), fingerprint) if MARK in blob else blob
            target.writestr(info, told)
    return made.getvalue()


def has_memory(content: bytes) -> bool:
    """Whether a package remembers its draft."""
    return any(MARK in blob for _, blob in _members(content))


def is_as_written(content: bytes) -> bool:
    """Whether a package stands, part by part, as `fingerprinted` gave it."""
    told = [_PRINT.search(blob) for _, blob in _members(content) if MARK in blob]
    fingerprint = _fingerprint(content).encode()
    return any(match is not None and match.group(1) == fingerprint for match in told)


def _members(content: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        for info in package.infolist():
            yield info, package.read(info)


def _fingerprint(content: bytes) -> str:
    digest = hashlib.sha256()
    for info, blob in sorted(_members(content), key=lambda member: member[0].filename):
        if MARK not in blob:
            digest.update(info.filename.encode() + b"\0" + hashlib.sha256(blob).digest())
    return digest.hexdigest()
