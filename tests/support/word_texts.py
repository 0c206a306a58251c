"""A Word report as its reader sees it: python-docx passes over what stands in content controls."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn


def read_word(path: Path) -> WordDocument:
    """Open a report with its content controls taken away, their content left in its place."""
    document = Document(str(path))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        content = control.find(qn("w:sdtContent"))
        for child in list(content) if content is not None else []:
            control.addprevious(child)
        control.getparent().remove(control)
    return document


def body_texts(path: Path) -> list[str]:
    """The paragraphs of a report outside its tables that are not empty."""
    return [p.text for p in read_word(path).paragraphs if p.text.strip()]
