"""One palette and one typeface for every workbook of ours."""

from __future__ import annotations

from typing import Any

# Times New Roman as Decree 30/2020/NĐ-CP asks of office documents.
FONT = "Times New Roman"

INK = "#1F2933"
QUIET = "#7B8794"
LINE = "#9AA5B1"
HEADER = "#DCE6F2"
HEADING = "#F2F4F7"
INPUT = "#FFFBE6"
ERROR = "#F8C9C4"
WARNING = "#FCE4B0"
GOOD = "#DDF0DD"
ALARM = "#B42318"
BAND = "#1F4E79"
SERIES = ("#1F4E79", "#5B9BD5", "#70AD47", "#ED7D31", "#A5A5A5")

Format = dict[str, Any]


def style(size: int = 12, **more: Any) -> Format:
    """Return an XlsxWriter format in our typeface."""
    return {"font_name": FONT, "font_size": size, "font_color": INK, "valign": "vcenter", **more}


def cell(**more: Any) -> Format:
    """Return the format of a cell of a printed table."""
    return style(border=1, border_color=LINE, text_wrap=True, **more)


def stamp_header(stamp: str) -> str:
    """Return the page header that says what kind of figures these are."""
    return f'&C&"{FONT},Bold"&14&K{ALARM[1:]}{stamp}'
