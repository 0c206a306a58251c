"""Tells stretches of formatted rows without content from the rest of a sheet's XML.

A click on a row's number and a colour leaves a million rows behind; to walk them in Python takes
seconds, to check their XML in C does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# Elements of a cell that has content, with and without a prefix; and what may hide elements.
_CONTENT = (b"<v", b":v", b"<f", b":f", b"<is", b":is", b"<!", b"->", b"<?")


def stretches(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield the XML of a sheet in pieces; whether a piece is only whole rows without content.

    Rows and cells of such a piece all say where they stand, so that those behind it are not
    shifted when nobody counts them.
    """
    kept = b""
    for chunk in chunks:
        piece = kept + chunk
        kept = b""
        if _is_empty(piece):
            first, last = piece.find(b"<row"), piece.rfind(b"<row")
            yield piece[:first], False
            yield piece[first:last], True
            kept = piece[last:]
        else:
            yield piece, False
    yield kept, False


def _is_empty(piece: bytes) -> bool:
    rows, cells = piece.count(b"<row"), piece.count(b"<c")
    return (
        rows > 1
        and rows == piece.count(b'<row r="')
        and cells == piece.count(b'<c r="')
        and not any(mark in piece for mark in _CONTENT)
    )
