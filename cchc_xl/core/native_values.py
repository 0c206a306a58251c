"""How a native formula reads an input cell; the same readings as `cells`, in Excel's own words.

For each input cell there are helper cells: its text, the text cut to a number, its digits or
number, its state, its number with a blank as 0, its number with a blank unbounded, what is wrong
with it, how much that weighs (0, 1 a warning, 2 an error), and its text without punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.formulas import (
    STATE_BLANK,
    STATE_INVALID,
    STATE_NOT_APPLICABLE,
    STATE_NUMBER,
    UNBOUNDED,
    text,
)

_NO_BREAK_SPACE = "\u00a0"
_DASHES = ("", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class HelperCells:
    """The addresses of an input cell and of its helpers, as they stand in formulas."""

    source: str
    lower: str
    cut: str
    digits: str
    state: str
    at_zero: str
    upper: str
    message: str
    weight: str
    words: str


@dataclass(frozen=True, slots=True)
class HelperFormulas:
    """The formulas of the helper cells, in the order of `HelperCells` without the source."""

    lower: str
    cut: str
    digits: str
    state: str
    at_zero: str
    upper: str
    message: str
    weight: str
    words: str


LEFT_OVER_DOTS = "Số còn dấu chấm thừa ở cuối; đề nghị gõ lại chỉ con số."


def helper_formulas(form: Form, indicator: Indicator, at: HelperCells) -> HelperFormulas:
    """Return the formulas that read the input cell of `indicator`."""
    plain = f'SUBSTITUTE({at.source},"{_NO_BREAK_SPACE}"," ")'
    for control in (9, 10, 13):
        plain = f'SUBSTITUTE({plain},CHAR({control})," ")'
    lower = f'IF(ISTEXT({at.source}),LOWER(TRIM({plain})),"")'
    upper = f"IF({at.state}={STATE_BLANK},{UNBOUNDED},{at.at_zero})"
    rule = form.kind_rules.get(indicator.kind)
    wrong = f"{rule.message} {rule.advice}" if rule else "Ô này đang báo lỗi; đề nghị sửa."
    cut = digits = '""'
    used, warned = f"{at.state}={STATE_NUMBER}", "FALSE"
    warning = ""
    match indicator.kind:
        case Kind.COUNT:
            cut, digits = _count_cut(at), _count_digits(at)
            text_state = _count_text_state(at)
            number_state = f"AND({at.source}>=0,{at.source}=INT({at.source}),{at.source}<1E15)"
            number = f"IF(ISNUMBER({at.source}),{at.source},IFERROR(VALUE({at.digits}),0))"
            # Cut off only in part: KPS has nothing to cut.
            warned, warning = f"LEN({at.cut})<LEN({at.lower})", LEFT_OVER_DOTS
            state = _state(at, number_state, text_state, percent_allowed=False)
        case Kind.PERCENT:
            cut, digits = _percent_cut(at), _percent_number(at)
            shown = f"{at.source}*{_percent_factor(at.source)}"
            text_state = _words_state(
                at, {"kps": STATE_NOT_APPLICABLE, "không phát sinh": STATE_NOT_APPLICABLE},
                f"IF(AND({at.digits}>=0,{at.digits}<=100),{STATE_NUMBER},{STATE_INVALID})",
            )  # fmt: skip
            number = f"IF(ISNUMBER({at.source}),{shown},{at.digits})"
            in_range = f"AND(ROUND({shown},9)>=0,ROUND({shown},9)<=100)"
            state = _state(at, in_range, text_state, percent_allowed=True)
        case Kind.POINTS:
            cut, digits = f'SUBSTITUTE({at.lower},",",".")', _percent_number(at)
            text_state = _words_state(at, {}, f"IF({at.digits}>=0,{STATE_NUMBER},{STATE_INVALID})")
            number = f"IF(ISNUMBER({at.source}),{at.source},{at.digits})"
            in_range = f"AND({at.source}>=0,{at.source}<1E15)"
            state = _state(at, in_range, text_state, percent_allowed=False)
        case Kind.FLAG | Kind.CODE:
            digits = _choice_code(indicator, at)
            codes = ",".join(f"{at.digits}={code}" for code in sorted(indicator.choices))
            text_state = _words_state(at, {}, f"IF(OR({codes}),{STATE_NUMBER},{STATE_INVALID})")
            number = at.digits
            state = _state(at, f"OR({codes})", text_state, percent_allowed=False)
        case Kind.HEADER:
            text_state = _words_state(at, {}, str(STATE_NUMBER))
            state = (
                f"IF(ISERROR({at.source}),{STATE_INVALID},IF(ISBLANK({at.source}),{STATE_BLANK},"
                f"IF(ISTEXT({at.source}),{text_state},{STATE_NUMBER})))"
            )
            number = f"IF(ISNUMBER({at.source}),{at.source},0)"
            heading = form.heading_rule
            if heading is not None and indicator.code not in heading.excepted:
                warned, warning = "TRUE", f"{heading.message} {heading.advice}"
    return HelperFormulas(
        lower=lower,
        cut=cut,
        digits=digits,
        state=state,
        at_zero=f"IF({used},{number},0)",
        upper=upper,
        message=f'IF({at.weight}=2,{text(wrong)},IF({at.weight}=1,{text(warning)},""))',
        weight=f"IF({at.state}={STATE_INVALID},2,IF(AND({used},{warned}),1,0))",
        words=_without_punctuation(at.lower),
    )


def _without_punctuation(cell: str) -> str:
    bare = cell
    for mark in ".,;:()":
        bare = f'SUBSTITUTE({bare},"{mark}","")'
    return f"TRIM({bare})"


def _spellings(word: str) -> tuple[str, ...]:
    """Return a word in both Unicode forms: some programs write letters and marks apart."""
    forms = (unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    return tuple(dict.fromkeys(forms))


def _state(at: HelperCells, number_ok: str, text_state: str, *, percent_allowed: bool) -> str:
    formats = [f'LEFT(CELL("format",{at.source}),1)="D"']
    if not percent_allowed:
        formats.append(f'LEFT(CELL("format",{at.source}),1)="P"')
    of_number = (
        f"IF(OR({','.join(formats)}),{STATE_INVALID},"
        f"IF({number_ok},{STATE_NUMBER},{STATE_INVALID}))"
    )
    return (
        f"IF(ISERROR({at.source}),{STATE_INVALID},IF(ISBLANK({at.source}),{STATE_BLANK},"
        f"IF(ISLOGICAL({at.source}),{STATE_INVALID},"
        f"IF(ISNUMBER({at.source}),{of_number},{text_state}))))"
    )


def _words_state(at: HelperCells, words: dict[str, int], otherwise: str) -> str:
    """Return the state of a text: blanks and KAD in every kind, then `words`, then `otherwise`."""
    known = {
        **dict.fromkeys(_DASHES, STATE_BLANK),
        "kad": STATE_NOT_APPLICABLE,
        "không áp dụng": STATE_NOT_APPLICABLE,
        **words,
    }
    formula = otherwise
    for state in sorted(set(known.values()), reverse=True):
        tests = ",".join(
            # A dash is nothing but punctuation, so it is looked for before that is taken away.
            f'{at.lower if word in _DASHES else at.words}="{spelling}"'
            for word, s in known.items()
            if s == state
            for spelling in _spellings(word)
        )
        formula = f"IF(OR({tests}),{state},{formula})"
    return formula


def _count_cut(at: HelperCells) -> str:
    shorter = f'SUBSTITUTE(SUBSTITUTE({at.lower},"…",""),"..","")'
    return f'IF(RIGHT({shorter},1)=".",LEFT({shorter},LEN({shorter})-1),{shorter})'


def _count_digits(at: HelperCells) -> str:
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({at.cut},".",""),",","")," ","")'


def _only_digits(cell: str) -> str:
    digits = ";".join(f'"{digit}"' for digit in range(10))
    return (
        f"LEN({cell})>0,LEN({cell})<=15,"
        f'SUMPRODUCT(LEN({cell})-LEN(SUBSTITUTE({cell},{{{digits}}},"")))=LEN({cell})'
    )


def _count_text_state(at: HelperCells) -> str:
    digits, cut = at.digits, at.cut
    with_dots = f'SUBSTITUTE(SUBSTITUTE({cut},",",".")," ",".")'

    def thousands(groups: int) -> str:
        first = f"LEFT({digits},LEN({digits})-{3 * groups})"
        others = (
            f"MID({digits},LEN({digits})-{3 * group - 1},3)" for group in range(groups, 0, -1)
        )
        return '&"."&'.join((first, *others))

    grouped = thousands(4)
    for groups in (3, 2, 1):
        grouped = f"IF(LEN({digits})<={3 * groups + 3},{thousands(groups)},{grouped})"
    marks = "+".join(f'ISNUMBER(FIND("{mark}",{cut}))' for mark in "., ")
    is_grouped = (
        f"IF(OR(LEN({digits})<4,LEN({digits})>15),FALSE,"
        f'AND(LEFT({digits},1)<>"0",{marks}<=1,{with_dots}={grouped}))'
    )
    number = (
        f"IF(AND(LEFT({at.lower},LEN({cut}))={cut},{_only_digits(digits)}),"
        f"IF(OR({cut}={digits},{is_grouped}),{STATE_NUMBER},{STATE_INVALID}),{STATE_INVALID})"
    )
    zeros = dict.fromkeys(("kps", "không phát sinh", "không", "không có"), STATE_NUMBER)
    return _words_state(at, zeros, number)


def _percent_factor(source: str) -> str:
    return f'IF(LEFT(CELL("format",{source}),1)="P",100,1)'


def _percent_cut(at: HelperCells) -> str:
    bare = f'TRIM(IF(RIGHT({at.lower},1)="%",LEFT({at.lower},LEN({at.lower})-1),{at.lower}))'
    return f'SUBSTITUTE({bare},",",".")'


def _percent_number(at: HelperCells) -> str:
    """Return the number that the text writes, -1 where it writes none; no locale comes into it."""
    cut = at.cut
    joined = f'SUBSTITUTE({cut},".","")'
    dot = f'FIND(".",{cut})'
    part = f"MID({cut},{dot}+1,12)"
    number = (
        f"IF(ISERROR({dot}),VALUE({cut}),VALUE(LEFT({cut},{dot}-1))+VALUE({part})/10^LEN({part}))"
    )
    well_formed = (
        f'{_only_digits(joined)},LEN({cut})-LEN({joined})<=1,LEFT({cut},1)<>".",RIGHT({cut},1)<>".",'
        f"LEN({cut})-IFERROR({dot},LEN({cut}))<=12"
    )
    return f"IF(AND({well_formed}),{number},-1)"


def _choice_code(indicator: Indicator, at: HelperCells) -> str:
    """Return the code that a number or a label stands for, -1 where it stands for none."""
    words = {label.lower(): code for code, label in indicator.choices.items()}
    if indicator.kind is Kind.FLAG:
        words = {"không": 0, **words}
    formula = "-1"
    for word, code in words.items():
        bare = " ".join(re.sub(r"[.,;:()]", "", word).split())
        for spelling in _spellings(bare):
            formula = f"IF({at.words}={text(spelling)},{code},{formula})"
    as_digits = f"AND(LEN({at.lower})<=2,{_only_digits(at.lower)})"
    return f"IF(ISNUMBER({at.source}),{at.source},IF({as_digits},VALUE({at.lower}),{formula}))"
