"""Vietnamese as it was typed before Unicode, to make such files.

TCVN3 is glibc's own table through Python's bytes; VNI puts a second letter behind the vowel.
"""

from __future__ import annotations

import unicodedata

# TCVN 5712:1993, VN3, from 0xA1 on; a dot where the font has nothing of its own.
_VN3 = (
    "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
)
_VN3_CODES = {letter: chr(0xA1 + place) for place, letter in enumerate(_VN3) if letter != "."}

_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_OVER_HATS = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_OVER_BREVES = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_ALONE = {"ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "í": "í", "ì": "ì", "đ": "ñ"}


def in_tcvn3(text: str) -> str:
    """`text` as it stands in a file typed in .VnTime; capitals with tones lose their size."""
    return "".join(
        _VN3_CODES.get(letter) or _VN3_CODES.get(letter.lower(), letter) for letter in text
    )


def in_vni(text: str) -> str:
    """`text` as it stands in a file typed in VNI-Times."""
    return "".join(_vni(letter) for letter in unicodedata.normalize("NFC", text))


def _vni(letter: str) -> str:
    if letter.lower() in _ALONE:
        code = _ALONE[letter.lower()]
        return code.upper() if letter.isupper() else code
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tone = next((mark for mark in marks if mark in _TONES), "")
    if "\u0302" in marks:
        second = _OVER_HATS[tone]
    elif "\u0306" in marks:
        second = _OVER_BREVES[tone]
    else:
        second = _TONES.get(tone, "")
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
    return base + (second.upper() if letter.isupper() else second)
