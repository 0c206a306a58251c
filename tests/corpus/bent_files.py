"""Files that no program of an office writes: flipped bits, cut ends, spliced parts, bent XML.

A seed makes the same bytes every time.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import TypeAlias

Parts: TypeAlias = list[tuple[str, bytes]]

_TOKENS = re.compile(rb"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
# What stands in an attribute or a text of a bent file: places too far, numbers too large, nothing.
_ODD = (
    b"", b"0", b"-1", b"1", b"99999999999999999999", b"1e999", b"NaN", b"A0", b"XFD1048576",
    b"XFD1048577", b"ZZZZ9", b"A1:XFD1048576", b"A1048576", b"str", b"s", b"e", b"d", b"b", b"n",
    b"inlineStr", b"true", b"&#0;", b"&amp;", b"&x;", b"2022-13-45", b"2022-02-01T00:00:00",
    b"../../../etc/passwd", b"/", b"xl/worksheets/sheet1.xml", b"\xff\xfe", b"9" * 400,
    "Chỉ tiêu thống kê".encode(), "Số liệu".encode(), b"1.10", b"A" * 40000, b" " * 3000,
    b"veryHidden", b"1.2.3", "１２".encode(), b"(" * 3000,
)  # fmt: skip
_ODD_XML = (
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<c/>", b"<row r='5'/>", b"<v>5</v>", b"<f/>", b"</c>",
    b"<mergeCell ref='A1:XFD1048576'/>", b"<![CDATA[ 12 ]]>", b"<!-- -->", b"<?x y?>",
    b'<c r="D9" t="e"><v>#SPILL!</v></c>', b'<c r="D9" t="s"><v>999999</v></c>',
    b"<a>" * 2000 + b"</a>" * 2000,
)  # fmt: skip


def flipped_bits(base: bytes, _: bytes, random: Random) -> bytes:
    bent = bytearray(base)
    for _place in range(random.randint(1, 24)):
        bent[random.randrange(len(bent))] ^= 1 << random.randrange(8)
    return bytes(bent)


def cut_short(base: bytes, _: bytes, random: Random) -> bytes:
    end = random.randrange(len(base))
    tail = base[-random.randint(1, 200) :] if random.random() < 0.5 else b""
    return base[:end] + tail


def bytes_moved(base: bytes, other: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(base)) for _ in range(2))
    source = random.choice((base, other))
    take = random.randrange(len(source))
    return base[:start] + source[take : take + random.randint(0, 600)] + base[end:]


def spliced_parts(base: bytes, other: bytes, random: Random) -> bytes:
    """Parts taken away, doubled, renamed, or exchanged with those of another workbook."""
    parts, others = parts_of(base), parts_of(other)
    for _ in range(random.randint(1, 3)):
        place = random.randrange(len(parts))
        name, content = parts[place]
        match random.randrange(6):
            case 0 if len(parts) > 1:
                del parts[place]
            case 1:
                parts.append((name, content))
            case 2:
                parts[place] = (random.choice(others)[0], content)
            case 3:
                parts[place] = (name, random.choice(others)[1])
            case 4:
                parts[place] = (name, b"")
            case _:
                parts[place] = (random.choice((name.upper(), f"../{name}", f"/{name}")), content)
    return packed(parts)


def flipped_bits_of_a_part(base: bytes, other: bytes, random: Random) -> bytes:
    """Bits flipped before packing, so that no checksum gives them away."""
    parts = parts_of(base)
    place = random.randrange(len(parts))
    name, content = parts[place]
    parts[place] = (name, flipped_bits(content, other, random))
    return packed(parts)


def bent_xml(base: bytes, _: bytes, random: Random) -> bytes:
    """Tokens of XML taken away, doubled, exchanged, filled with odd values; well packed."""
    parts = parts_of(base)
    for _part in range(random.randint(1, 2)):
        place = random.randrange(len(parts))
        name, content = parts[place]
        tokens = _TOKENS.findall(content)
        for _token in range(random.choice((1, 1, 2, 5, 40))):
            if tokens:
                _bend(tokens, random)
        parts[place] = (name, b"".join(tokens))
    return packed(parts)


def _bend(tokens: list[bytes], random: Random) -> None:
    place = random.randrange(len(tokens))
    token = tokens[place]
    match random.randrange(8):
        case 0:
            del tokens[place]
        case 1:
            tokens.insert(place, token)
        case 2:
            other = random.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], token
        case 3:
            tokens.insert(place, random.choice(_ODD_XML))
        case 4 | 5 | 6 if token.startswith(b"<"):
            attributes = list(_ATTRIBUTE.finditer(token))
            if attributes:
                chosen = random.choice(attributes)
                odd = random.choice(_ODD)
                tokens[place] = token[: chosen.start(2)] + odd + token[chosen.end(2) :]
        case _:
            tokens[place] = random.choice(_ODD)


BENDS: dict[str, Callable[[bytes, bytes, Random], bytes]] = {
    "flipped bits": flipped_bits,
    "flipped bits of a part": flipped_bits_of_a_part,
    "cut short": cut_short,
    "bytes moved": bytes_moved,
    "spliced parts": spliced_parts,
    "bent XML": bent_xml,
}


# What can be done to a file that is no package of parts: an .xls.
BYTE_BENDS = ("flipped bits", "cut short", "bytes moved")


def bent(bases: Sequence[bytes], random: Random) -> tuple[str, bytes]:
    """Return the kind and the bytes of a file made from one or two of `bases`."""
    base = random.choice(bases)
    is_package = base.startswith(b"PK")
    kinds = (*BENDS, "bent XML", "bent XML") if is_package else BYTE_BENDS
    kind = random.choice(kinds)
    other = random.choice([b for b in bases if b.startswith(b"PK") == is_package])
    return kind, BENDS[kind](base, other, random)


def parts_of(package: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(package)) as source:
        return [(info.filename, source.read(info)) for info in source.infolist()]


def packed(parts: Parts) -> bytes:
    made = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        # zipfile warns of two parts of one name; some broken files have them.
        warnings.simplefilter("ignore", UserWarning)
        for name, content in parts:
            # A fixed date: the same seed makes the same bytes.
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return made.getvalue()
