"""Text typed with the fonts of before Unicode: TCVN3 (.VnTime and its kin) and VNI.

Such a file holds Latin letters that only those fonts show as Vietnamese: `ChØ tiªu` is "Chỉ tiêu"
in TCVN3, `Chæ tieâu` in VNI. Which one it is, if any, is told by the words that come out.
Sources: TCVN 5712:1993 (VN3) and the table of the VNI fonts for Windows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from cchc_xl.core.cells import Content
from cchc_xl.core.grid import Grid, Place

_TCVN3 = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {"á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVES = {"é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ",
              "í": "í", "ì": "ì"}  # fmt: skip
_VNI_LETTER = re.compile(r"(?i)[aeouyôö][ùøûõïáàåãäéèúüëâê]|[æóòîôöñ]")

# Words that stand in every such table or title, and that look otherwise in the wrong encoding.
_WORDS = frozenset(
    (
        "xã", "phường", "thị", "trấn", "huyện", "chỉ", "tiêu", "số", "liệu", "đơn", "vị", "tính",
        "hồ", "sơ", "thủ", "tục", "báo", "cáo", "quý", "năm", "của", "được", "kế", "hoạch",
        "nhiệm", "vụ", "thống", "kê", "kết", "quả", "giải", "quyết", "công", "chức", "văn", "bản",
        "hành", "chính", "cải", "cách", "đã", "tỉnh", "phố", "ghi", "chú", "kỳ",
    )
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
# Fewer known words than this in a whole sheet are chance; a legacy font beside them is a witness.
_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class LegacyEncoding:
    """One way in which Vietnamese was written before Unicode."""

    name: str
    decode: Callable[[str], str]


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI_LETTER.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    base, mark = match.group()[0], match.group()[1:].lower()
    letter = _VNI_ALONE.get(base.lower(), base)
    if base.isupper():
        letter = letter.upper()
    if not mark:
        return letter
    if base.lower() in "aeo" and (mark == "â" or mark in _HATS):
        return f"{letter}\u0302{_HATS.get(mark, '')}"
    if base.lower() == "a" and (mark == "ê" or mark in _BREVES):
        return f"{letter}\u0306{_BREVES.get(mark, '')}"
    if mark in _TONES:
        return letter + _TONES[mark]
    return letter + match.group()[1:]


TCVN3 = LegacyEncoding("TCVN3", _from_tcvn3)
VNI = LegacyEncoding("VNI", _from_vni)


def is_legacy_font(font: str) -> bool:
    """Whether a font shows text of before Unicode: `.VnTime`, `VNI-Times`."""
    return font.lower().startswith((".vn", "vni-"))


def encoding_of_font(font: str) -> LegacyEncoding | None:
    """Return the encoding of the text that a font shows, None for a font of Unicode."""
    if not is_legacy_font(font):
        return None
    return VNI if font.lower().startswith("vni-") else TCVN3


def shows_capitals(font: str) -> bool:
    """Whether a TCVN3 font shows small letters as capitals: `.VnTimeH`."""
    return font.lower().startswith(".vn") and font.lower().endswith("h")


def encoding_of(texts: Iterable[str], *, has_font: bool) -> LegacyEncoding | None:
    """Return how `texts` are encoded, None where they are Unicode or cannot be told.

    `has_font` says that the file itself shows them in a font of before Unicode.
    """
    candidates = [text for text in texts if not text.isascii() and _may_be_legacy(text)]
    if not candidates:
        return None
    together = "\n".join(candidates)
    as_they_are = _known_words(together)
    best = max((TCVN3, VNI), key=lambda encoding: _known_words(encoding.decode(together)))
    known = _known_words(best.decode(together))
    enough = 1 if has_font else _FEWEST_WORDS
    return best if known >= enough and known > 2 * as_they_are else None


def in_unicode(grid: Grid) -> Grid:
    """Return `grid` with its text in Unicode; `legacy` names the encoding that it had."""
    if grid.legacy:
        return grid
    fonts = grid.legacy_fonts
    places = [
        (row, column)
        for row, cells in enumerate(grid.rows)
        for column, content in enumerate(cells)
        if isinstance(content, str) and (not fonts or (row, column) in fonts)
    ]
    texts = [str(grid.content(*place)) for place in places]
    encoding = encoding_of(texts, has_font=bool(fonts))
    if encoding is None:
        return grid
    return replace(grid, rows=_decoded(grid, encoding, set(places), fonts), legacy=encoding.name)


def _decoded(
    grid: Grid, encoding: LegacyEncoding, places: set[Place], fonts: Mapping[Place, str]
) -> list[list[Content]]:
    return [
        [
            decoded(content, encoding, fonts.get((row, column), ""))
            if isinstance(content, str) and (row, column) in places
            else content
            for column, content in enumerate(cells)
        ]
        for row, cells in enumerate(grid.rows)
    ]


def decoded(text: str, encoding: LegacyEncoding | None, font: str = "") -> str:
    """Return one text in Unicode; text that holds Vietnamese letters already stays."""
    if encoding is None or not _may_be_legacy(text):
        return text
    plain = encoding.decode(text)
    return plain.upper() if shows_capitals(font) else plain


def _may_be_legacy(text: str) -> bool:
    """Whether all letters are those of the Western code page, as legacy text has them."""
    return all(character <= "\u00ff" or not character.isalpha() for character in text)


def _known_words(text: str) -> int:
    words = _LETTERS.findall(unicodedata.normalize("NFC", text).lower())
    return sum(word in _WORDS and not word.isascii() for word in words)
