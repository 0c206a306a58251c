"""What Excel lets an official type into an input cell, and the prompt that it shows."""

from __future__ import annotations

from typing import Any

from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Indicator
from cchc_xl.core.wording import choices

# Excel's own limits; XlsxWriter drops a longer prompt with a mere warning.
_LONGEST_TITLE = 32
_LONGEST_PROMPT = 255


def input_rule(indicator: Indicator, cell: str) -> dict[str, Any]:
    """Return the data validation of the input cell at `cell`, for XlsxWriter."""
    words = f'UPPER(TRIM({cell}))="KAD"'
    match indicator.kind:
        case Kind.COUNT:
            number = f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),FALSE)"
            rule = _custom(f'=OR({number},{words},UPPER(TRIM({cell}))="KPS")')
            prompt = "Số nguyên từ 0 trở lên. KPS: không phát sinh. KAD: không áp dụng."
            refusal = "Ô này chỉ nhận số nguyên từ 0 trở lên, KPS hoặc KAD."
        case Kind.PERCENT:
            number = f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<=100),FALSE)"
            rule = _custom(f"=OR({number},{words})")
            prompt = "Tỷ lệ phần trăm từ 0 đến 100, ví dụ 98,87. KAD: không áp dụng."
            refusal = "Ô này chỉ nhận tỷ lệ từ 0 đến 100 hoặc KAD."
        case Kind.POINTS:
            number = f"IF(ISNUMBER({cell}),{cell}>=0,FALSE)"
            rule = _custom(f"=OR({number},{words})")
            prompt = "Số điểm, có thể lẻ, ví dụ 15,5. KAD: không áp dụng."
            refusal = "Ô này chỉ nhận số từ 0 trở lên hoặc KAD."
        case _:
            codes = [str(code) for code in sorted(indicator.choices)]
            rule = {"validate": "list", "source": [*codes, "KAD"]}
            prompt = f"{choices(indicator)}. KAD: không áp dụng."
            refusal = f"Ô này chỉ nhận: {', '.join(codes)} hoặc KAD."
    title = f"{indicator.code}"
    return {
        **rule,
        "input_title": title[:_LONGEST_TITLE],
        "input_message": prompt[:_LONGEST_PROMPT],
        "error_title": "Chưa đúng",
        "error_message": refusal[:_LONGEST_PROMPT],
    }


def _custom(formula: str) -> dict[str, Any]:
    return {"validate": "custom", "value": formula}
