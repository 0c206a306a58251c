"""What the sheets of a workbook share: the styles of their cells and the texts in them."""

from __future__ import annotations

from cchc_xl.core.legacy_text import is_legacy_font
from cchc_xl.core.marked_text import Mark
from cchc_xl.gateways.xlsx_parts import (
    LONGEST_TEXT,
    Attributes,
    Part,
    local_name,
    shows_percent,
    too_large,
)
from cchc_xl.gateways.xlsx_rich_text import RichText, mark_of

_BUILT_IN_PERCENT = frozenset({9, 10})


class StringsPart(Part):
    """Walks the texts of a workbook, which calamine keeps; none is longer than a cell's.

    `rich` holds those with marked characters by their numbers; of a workbook that marks whole
    cells all that are rich, because their runs may look otherwise than the cell.
    """

    def __init__(self, *, keeps_all: bool) -> None:
        self.rich: dict[int, RichText] = {}
        self._keeps_all = keeps_all
        self._number = -1
        self._length = 0
        self._open: RichText | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = local_name(name)
        if name == "si":
            self._number += 1
            self._length = 0
            self._open = None
        elif name == "r" and self._open is None:
            self._open = RichText()
        elif self._open is not None:
            self._open.start(name, attributes)

    def text(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise too_large()
        if self._open is not None:
            self._open.text(text)

    def end(self, name: str) -> None:
        if self._open is None:
            return
        name = local_name(name)
        if name != "si":
            self._open.end(name)
            return
        if self._keeps_all or self._open.has_marks():
            self.rich[self._number] = self._open
        self._open = None


class StylesPart(Part):
    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self._fonts: list[str] = []
        self._marks: list[Mark | None] = []
        self._font_of_format: list[int] = []
        self._in_fonts = self._in_cell_formats = False

    def start(self, name: str, attributes: Attributes) -> None:
        match local_name(name):
            case "numFmt":
                self.codes[int(attributes["numFmtId"])] = attributes["formatCode"]
            case "fonts":
                self._in_fonts = True
            case "font" if self._in_fonts:
                self._fonts.append("")
                self._marks.append(None)
            case "name" if self._in_fonts and self._fonts:
                self._fonts[-1] = attributes.get("val", "")
            case "strike" | "vertAlign" as kind if self._in_fonts and self._marks:
                if self._marks[-1] is not Mark.STRUCK:
                    self._marks[-1] = mark_of(kind, attributes) or self._marks[-1]
            case "cellXfs":
                self._in_cell_formats = True
            case "xf" if self._in_cell_formats:
                self.formats.append(int(attributes.get("numFmtId", "0")))
                self._font_of_format.append(int(attributes.get("fontId", "0")))

    def end(self, name: str) -> None:
        match local_name(name):
            case "fonts":
                self._in_fonts = False
            case "cellXfs":
                self._in_cell_formats = False

    def percent_styles(self) -> frozenset[str]:
        """Return the style numbers that show a cell as a percent."""
        own = {key for key, code in self.codes.items() if shows_percent(code)}
        percent = _BUILT_IN_PERCENT | own
        return frozenset(str(place) for place, key in enumerate(self.formats) if key in percent)

    def legacy_styles(self) -> dict[str, str]:
        """Return the fonts of before Unicode by the numbers of the styles that use them."""
        known = range(len(self._fonts))
        named = [self._fonts[font] if font in known else "" for font in self._font_of_format]
        return {str(place): font for place, font in enumerate(named) if is_legacy_font(font)}

    def marked_styles(self) -> dict[str, Mark]:
        """Return how whole cells are set off by the numbers of the styles that do it."""
        known = range(len(self._marks))
        marks = [self._marks[font] if font in known else None for font in self._font_of_format]
        return {str(place): mark for place, mark in enumerate(marks) if mark is not None}
