"""Characters that do not belong to Vietnamese text, and the motto."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text
from cchc_xl.core.legacy_text import LegacyEncoding, encoding_of

MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LONGEST_MOTTO = 50
_WORD = re.compile(r"[^\s,;:!?()\[\]{}\"“”«»…]+")
# Letters of Latin-1 that no Vietnamese word has; text of before Unicode is full of them.
_WESTERN = frozenset("åäæçëîïñöøûüßþÿåÅÄÆÇËÎÏÑÖØÛÜÞ")
_SIGNS = frozenset("¡¢£¤¥¦§¨©¬®¯±´µ¶¸¹»¼½¾¿×÷\xad\x80\x81\x8d\x8f\x90\x9d")
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјАВЕКМНОРСТХІЅЈѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοðÐ",
    "aeopcyxijABEKMHOPCTXISJsdhqwABEZHIKMNOPTYXođĐ",
)
# From so many words on, a passage was typed in an old font as a whole.
_WHOLE_PASSAGE = 4
_NAMES = {
    "CYRILLIC": "chữ Kirin",
    "GREEK": "chữ Hy Lạp",
    "CJK": "chữ Hán",
    "HIRAGANA": "chữ Nhật",
    "KATAKANA": "chữ Nhật",
    "HANGUL": "chữ Hàn",
    "THAI": "chữ Thái",
    "ARABIC": "chữ Ả Rập",
    "HEBREW": "chữ Do Thái",
}


def character_claims(text: Text) -> Iterator[Claim]:
    """Yield the words with characters of other scripts or of old fonts, and a misspelt motto."""
    for passage in text:
        yield from _words(passage)
        yield from _motto(passage)


def _words(passage: Passage) -> Iterator[Claim]:
    if passage.text.isascii():
        return
    western = [m for m in _WORD.finditer(passage.text) if _WESTERN & set(m.group())]
    old = [m for m in _WORD.finditer(passage.text) if _is_of_old_font(m.group(), among=0)]
    if len(old) >= _WHOLE_PASSAGE:
        whole = encoding_of([passage.text], has_font=True)
        if whole is not None:
            yield _old_passage(passage, whole)
            return
    for match in _WORD.finditer(passage.text):
        word = match.group()
        if word.isascii():
            continue
        what = _strange(word)
        right = word.translate(_LOOK_ALIKES)
        if what:
            yield _claim(passage, match, what, right if _is_vietnamese(right) else None)
        elif _is_of_old_font(word, among=len(western)):
            encoding = encoding_of([word], has_font=True) or encoding_of(
                [passage.text], has_font=True
            )
            decoded = encoding.decode(word) if encoding else None
            yield _claim(passage, match, "mã chữ cũ (TCVN3 hoặc VNI)", decoded)


def _old_passage(passage: Passage, encoding: LegacyEncoding) -> Claim:
    decoded = encoding.decode(passage.text)
    return Claim(
        passage, 0, len(passage.text), ClaimKind.CHARACTER, ClaimVerdict.WRONG, "PE1",
        f"Đoạn này còn ở mã chữ cũ {encoding.name}; đề nghị chuyển sang Unicode.",
        stated=passage.text, actual=decoded,
    )  # fmt: skip


def _strange(word: str) -> str:
    """Return what kind of character of another script a word holds, "" where it holds none."""
    for place, character in enumerate(word):
        if character == "\N{REPLACEMENT CHARACTER}":
            return "ký tự bị hỏng"
        if unicodedata.category(character) == "Mn":
            return "dấu rời không ghép được với chữ"
        if character in "ðÐ":
            return "chữ «ð» của tiếng Iceland thay cho «đ»"
        if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef":
            return "ký tự khổ rộng của chữ Hán"
        if unicodedata.category(character) == "Co" and 0 < place < len(word) - 1:
            return "ký tự riêng của một phông chữ"
        if not character.isalpha() or character < "\u0250" or "\u1e00" <= character <= "\u1eff":
            continue
        script = unicodedata.name(character, "").partition(" ")[0]
        beside = word[max(place - 1, 0) : place] + word[place + 1 : place + 2]
        if script == "GREEK" and not any(_is_latin(c) for c in beside):
            continue  # µ, Ω and α stand alone in formulas and units
        if script not in ("LATIN", "MODIFIER", "MICRO", "OHM", "KELVIN", "ANGSTROM"):
            return _NAMES.get(script, "chữ lạ")
    return ""


def _is_latin(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")


def _is_vietnamese(word: str) -> bool:
    return all(not c.isalpha() or _is_latin(c) for c in word) and not (_WESTERN & set(word))


def _is_of_old_font(word: str, *, among: int) -> bool:
    """Whether a word shows what an old font made of Vietnamese; foreign names are left alone."""
    letters = [character for character in word if character.isalpha()]
    signs = [k for k, character in enumerate(word) if character in _SIGNS]
    beside_letters = any(
        (k > 0 and word[k - 1].isalpha()) or (k + 1 < len(word) and word[k + 1].isalpha())
        for k in signs
    )
    if beside_letters and not _is_unit(word):
        return True
    if not _WESTERN & set(word) or not letters:
        return False
    return word[0].islower() or among > 2


def _is_unit(word: str) -> bool:
    """Whether a sign stands where it should: `µm`, `10×20`, `1½kg`, `A¹`."""
    return bool(re.fullmatch(r"\W*(?:µ[a-zA-Z]{1,2}|\d.*|[A-Za-z]+[©®¹]\W*|[§±]\w+)\W*", word))


def _claim(passage: Passage, match: re.Match[str], what: str, right: str | None) -> Claim:
    hint = f"; đề nghị gõ lại «{right}»" if right else "; đề nghị gõ lại từ này"
    return Claim(
        passage, match.start(), match.end(), ClaimKind.CHARACTER, ClaimVerdict.WRONG, "PE1",
        f"Trong «{match.group()}» có {what}{hint}.", stated=match.group(), actual=right,
    )  # fmt: skip


def _motto(passage: Passage) -> Iterator[Claim]:
    start = 0
    for line in passage.text.split("\n"):
        typed = line.strip(" \t*_")
        low = typed.lower()
        if (
            len(typed) <= _LONGEST_MOTTO
            and low.startswith(("độc lập", "độc lâp", "đôc lập"))
            and ("tự do" in low or "hạnh phúc" in low)
            and " ".join(typed.split()) != MOTTO
        ):
            place = start + line.index(typed)
            yield Claim(
                passage, place, place + len(typed), ClaimKind.CHARACTER, ClaimVerdict.WRONG, "PE2",
                f"Tiêu ngữ ghi «{typed}»; theo Nghị định số 30/2020/NĐ-CP phải là «{MOTTO}».",
                stated=typed, actual=MOTTO,
            )  # fmt: skip
        start += len(line) + 1
