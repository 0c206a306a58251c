"""The drafted report: nothing that the data do not say, no two sentences against each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cchc_xl.core.cells import Kind, RawCell, Reading
from cchc_xl.core.expressions import cells_of
from cchc_xl.core.facts import Facts, unit_facts
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.narrative import Gap, Narrative, draft
from cchc_xl.core.outline import (
    Alternative,
    Listing,
    Outline,
    SectionPlan,
    SentencePlan,
    Source,
    Template,
    pieces,
)
from cchc_xl.core.own_facts import FactsWithOwn
from cchc_xl.core.parent_facts import parent_facts
from cchc_xl.core.roll_up import UnitTable
from cchc_xl.core.rule_language import parse_condition, parse_quantity
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.units import ReportingUnit
from cchc_xl.core.values import number
from cchc_xl.gateways.outlines import load_outline
from cchc_xl.gateways.schemas import load_form
from tests.support.handmade import ALL_FIGURES
from tests.support.parent_units import (
    FORM,
    QUARTER,
    Shown,
    consolidation,
    figures,
    table,
    unit_tables,
)

SCHEMAS = Path(__file__).parents[2] / "schemas"
OUTLINES = tuple(sorted(path.stem for path in (SCHEMAS / "outlines").glob("*.json")))
COMMUNE, PARENT = load_outline("bao-cao-xa"), load_outline("bao-cao-tong-hop")


def of_unit(values: Mapping[str, Shown]) -> Narrative:
    return draft(COMMUNE, unit_facts(table(values), "Xã Mẫu", QUARTER))


def of_parent(*units: tuple[str, Mapping[str, Shown] | None]) -> Narrative:
    return draft(PARENT, parent_facts(consolidation(unit_tables(*units))))


def texts(narrative: Narrative) -> dict[str, str]:
    return {sentence.id: sentence.text for _, sentence in narrative.sentences()}


def whole(narrative: Narrative) -> str:
    return "\n".join(texts(narrative).values())


def words_only(narrative: Narrative) -> str:
    """Everything but the gap marks: they name codes."""
    return "\n".join(
        "".join("…" if isinstance(f, Gap) else f.text for f in sentence.fragments)
        for _, sentence in narrative.sentences()
    )


class DescribeTheDraftOfButSon:
    @pytest.fixture
    def said(self) -> dict[str, str]:
        facts = unit_facts(table(dict(ALL_FIGURES)), "Thị trấn Bút Sơn", QUARTER)
        return texts(draft(COMMUNE, facts))

    def it_adds_up_what_was_received(self, said: dict[str, str]) -> None:
        assert said["II.2-d"] == (
            "Từ ngày 15/12/2021 đến ngày 14/3/2022, tổng số hồ sơ tiếp nhận là 770 hồ sơ, gồm: "
            "trực tiếp: 590 hồ sơ; qua dịch vụ bưu chính công ích: [chưa có số liệu: 3.3.1.b] "
            "hồ sơ; trực tuyến mức độ 3: 91 hồ sơ; trực tuyến mức độ 4: 85 hồ sơ; từ kỳ trước "
            "chuyển qua: 04 hồ sơ. Tỷ lệ hồ sơ tiếp nhận trực tuyến đạt 22,98%."
        )

    def it_adds_up_what_was_resolved(self, said: dict[str, str]) -> None:
        assert said["II.2-e"] == (
            "Đã giải quyết 770 hồ sơ, trong đó trước hạn 751 hồ sơ, đúng hạn 19 hồ sơ, quá hạn 00 "
            "hồ sơ; tỷ lệ giải quyết trước hạn và đúng hạn đạt 100%."
        )

    def it_adds_up_the_procedures(self, said: dict[str, str]) -> None:
        assert said["II.2-a"] == (
            "Tổng số thủ tục hành chính đang áp dụng tại UBND thị trấn Bút Sơn: 193 thủ tục, "
            "trong đó 111 thủ tục thực hiện theo cơ chế một cửa, 82 thủ tục liên thông giữa các "
            "cấp chính quyền."
        )

    def it_says_that_nothing_is_open(self, said: dict[str, str]) -> None:
        assert said["II.2-f"] == "Không còn hồ sơ đang giải quyết tại thời điểm báo cáo."

    def it_does_not_say_that_nothing_is_overdue_before_apologies_are_reported(
        self, said: dict[str, str]
    ) -> None:
        assert said["II.2-h"] == "Số trường hợp đã công khai xin lỗi: [chưa có số liệu: 3.5]."


class DescribeASentenceChosenByTheData:
    @pytest.mark.parametrize(
        ("values", "sentence", "said"),
        [
            ({"1.1.3": 12}, "I.1", "đã ban hành 12 văn bản"),
            ({"1.1.3": 0}, "I.1", "không ban hành văn bản"),
            ({"1.1.3": "KPS"}, "I.1", "không ban hành văn bản"),
            ({}, "I.1", "[chưa có số liệu: 1.1.3]"),
            ({"1.1.1": 28, "1.1.2": 28}, "I.2", "28/28 nhiệm vụ (đạt 100%)"),
            ({"1.1.1": 28, "1.1.2": 7}, "I.2", "07/28 nhiệm vụ (đạt 25%), còn 21 nhiệm vụ"),
            ({"1.1.1": 28, "1.1.2": 0}, "I.2", "chưa có nhiệm vụ hoàn thành"),
            ({"1.1.1": 28}, "I.2", "[chưa có số liệu: 1.1.2]"),
            ({"1.2.1": 4, "1.2.2": 2, "1.2.3": 1}, "I.3", "01/02 vấn đề (đạt 50%)"),
            ({"1.2.1": 4, "1.2.2": 0}, "I.3", "không phát hiện vấn đề"),
            ({"1.3.1": 7, "1.3.2": 7, "1.3.3": 0}, "I.5", "07/07 nhiệm vụ (đạt 100%)"),
            ({"1.3.1": 9, "1.3.2": 6, "1.3.3": 1}, "I.5", "đang thực hiện 02 nhiệm vụ"),
            ({"1.4.1": 60, "1.4.2": 0}, "I.6-a", "60 phiếu, hình thức: trực tuyến"),
            ({"1.4.1": 60}, "I.6-a", "[chưa có số liệu: 1.4.2]"),
            ({"1.5": 1}, "I.6-c", "đã tổ chức đối thoại"),
            ({"1.5": 0}, "I.6-c", "chưa tổ chức đối thoại"),
            ({"S.DA_GQ": 0, "S.DUNG_HAN": "KAD", "S.QH_GQ": 2}, "II.2-e", "tổng bằng 0 nhưng"),
            ({"S.DANG_GQ": 3}, "II.2-f", "Đang giải quyết 03 hồ sơ"),
            ({"S.QH_GQ": 3, "3.5": 2}, "II.2-h", "Có 03 hồ sơ giải quyết quá hạn"),
            ({"S.QH_GQ": 0, "S.DANG_QUA_HAN": 0, "3.5": 0}, "II.2-h", "không có hồ sơ quá hạn"),
            ({"5.4": 0, "5.5": 0}, "II.4-b", "không có cán bộ, công chức bị xử lý kỷ luật"),
            ({"5.4": 0}, "II.4-b", "[chưa có số liệu: 5.5]"),
            ({"6.1": 1, "6.2": 0}, "II.5-a", "chưa ban hành Quy chế quản lý"),
        ],
    )
    def it_says_what_they_say(self, values: dict[str, Shown], sentence: str, said: str) -> None:
        assert said in texts(of_unit(values))[sentence]

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [("1.1.3", "I.1"), ("1.5", "I.6-c"), ("3.4.3", "II.2-n"), ("7.5", "II.6-c4")],
    )
    def it_falls_out_where_it_does_not_apply(self, code: str, sentence: str) -> None:
        assert sentence not in texts(of_unit({code: "KAD"}))

    def it_puts_each_flag_of_zero_under_the_shortcomings(self) -> None:
        narrative = of_unit({"5.2": 0, "6.1": 0, "6.2": 0, "7.2.1": 0, "7.3": 0, "7.5": 0})

        said = [s.text for section, s in narrative.sentences() if section.id == "III.2"]
        assert len(said) == 7  # six, and the place for the official's own


CONTRADICTIONS = (
    # What a text may not say in two sentences at once, by patterns.
    (r"không có hồ sơ quá hạn", r"quá hạn (?!00)\d+ hồ sơ"),
    (r"không có hồ sơ quá hạn", r"(?:Có|Còn) \d[\d.]* hồ sơ[^.;]*quá hạn"),
    (r"không có hồ sơ giải quyết quá hạn", r"(?:Có|Còn) \d[\d.]* hồ sơ giải quyết quá hạn"),
    (r"Không còn hồ sơ đang giải quyết", r"Còn \d[\d.]* hồ sơ đang giải quyết"),
    (
        r"chưa có hồ sơ được giải quyết",
        r"(?:Có|Còn) \d[\d.]* hồ sơ (?:\w+ ){0,3}giải quyết quá hạn",
    ),
    (r"không phát sinh trường hợp phải công khai xin lỗi", r"xin lỗi \d+ trường hợp"),
    (r"Chưa công khai xin lỗi", r"Đã công khai xin lỗi"),
    (r"không có cán bộ, công chức[^.]* bị xử lý", r"Trong kỳ có \d+ lãnh đạo"),
    (r"đã ban hành và thực hiện Quy chế chi tiêu", r"Chưa ban hành Quy chế"),
    (r"không có thủ tục công bố mới", r"Trong kỳ, có \d+ thủ tục"),
    (r"100%", r"đa số"),
)


def contradictions(text: str) -> list[tuple[str, str]]:
    return [pair for pair in CONTRADICTIONS if all(re.search(side, text) for side in pair)]


class DescribeContradictions:
    """Overdue figures are drawn apart, so that inconsistent submissions come up too."""

    @settings(max_examples=50)
    @given(figures(), st.sampled_from([0, 2, None]), st.sampled_from([0, 5, None]))
    def it_has_none_in_the_draft_of_a_commune(
        self, values: dict[str, Shown], resolved: int | None, still_open: int | None
    ) -> None:
        overdue: dict[str, Shown] = {"S.QH_GQ": resolved, "S.DANG_QUA_HAN": still_open}

        text = words_only(of_unit({**values, **overdue}))

        assert contradictions(text) == []

    def it_does_not_say_that_none_is_open_where_some_are_overdue(self) -> None:
        text = words_only(of_unit({"S.DANG_GQ": 0, "S.DANG_QUA_HAN": 3}))

        assert contradictions(text) == []

    def it_does_not_say_that_none_is_resolved_where_some_are_overdue(self) -> None:
        text = words_only(of_unit({"S.DA_GQ": 0, "S.QH_GQ": 3, "3.5": 0}))

        assert contradictions(text) == []

    @settings(max_examples=25)
    @given(st.lists(figures(), min_size=1, max_size=4), st.booleans())
    def it_has_none_in_the_draft_of_a_parent_unit(
        self, communes: list[dict[str, Shown]], has_missing: bool
    ) -> None:
        units = [(f"Xã {'ABCD'[place]}", values) for place, values in enumerate(communes)]

        text = words_only(of_parent(*units, *([("Xã Vắng", None)] if has_missing else [])))

        assert contradictions(text) == []

    @settings(max_examples=25)
    @given(st.lists(st.sampled_from([0, 3, None, "KAD", "?"]), min_size=1, max_size=4))
    def it_says_that_nothing_is_overdue_only_where_every_unit_says_so(
        self, overdue: list[Shown]
    ) -> None:
        units = [
            (f"Xã {place}", {"S.QH_GQ": own, "S.DANG_QUA_HAN": 0})
            for place, own in enumerate(overdue)
        ]

        text = whole(of_parent(*units))

        if "Trong kỳ không có hồ sơ quá hạn." in text:
            assert set(overdue) <= {0, "KAD"}

    def it_does_not_call_uniform_what_differs_between_types(self) -> None:
        said = texts(
            of_parent(
                ("Xã A", {"3.1.3": 193}), ("Xã B", {"3.1.3": 193}), ("Phường C", {"3.1.3": 220})
            )
        )

        assert "thống nhất" not in said["T-4"]


NUMBER = re.compile(r"\d[\d.,]*\d|\d")


class DescribeEveryNumber:
    @settings(max_examples=40)
    @given(figures())
    def it_is_a_figure_of_the_submission_or_a_ratio_or_a_difference(
        self, values: dict[str, Shown]
    ) -> None:
        allowed = set(self._allowed(values))

        found = [
            number
            for number in NUMBER.findall(self._without_window(words_only(of_unit(values))))
            if number not in allowed
        ]

        assert found == []

    @staticmethod
    def _without_window(text: str) -> str:
        return re.sub(r"15/12/2021|14/3/2022|năm 2022|mức độ [34]|[23] cấp", "", text)

    def _allowed(self, values: Mapping[str, Shown]) -> Iterator[str]:
        known = {
            code: Decimal(0) if shown == "KPS" else Decimal(str(shown))
            for code, shown in values.items()
            if shown is not None and shown not in ("KAD", "?")
        }
        for amount in known.values():
            yield from self._written(amount)
        if {"1.1.1", "1.1.2"} <= set(known):
            yield from self._written(known["1.1.1"] - known["1.1.2"])
        if {"1.3.1", "1.3.2", "1.3.3"} <= set(known):
            yield from self._written(known["1.3.1"] - known["1.3.2"] - known["1.3.3"])
        for ratio in FORM.ratios:
            above = [known.get(c.code, Decimal(0)) for c in cells_of(ratio.numerator)]
            below = [known.get(c.code, Decimal(0)) for c in cells_of(ratio.denominator)]
            if sum(below):
                yield from self._written(Decimal(100 * sum(above)) / Decimal(sum(below)))

    @staticmethod
    def _written(amount: Decimal) -> Iterator[str]:
        rounded = (amount * 100 + Decimal("0.5")) // 1 / 100
        whole_part, _, part = f"{rounded:.2f}".partition(".")
        grouped = f"{int(whole_part):,}".replace(",", ".")
        part = part.rstrip("0")
        yield f"{grouped},{part}" if part else grouped
        if not part:
            yield f"{int(whole_part):02d}"

    @settings(max_examples=25)
    @given(figures())
    def it_never_stands_for_a_blank(self, values: dict[str, Shown]) -> None:
        blank = {code for code, shown in values.items() if shown is None}

        bound = {
            source
            for _, sentence in of_unit(values).sentences()
            for fragment in sentence.fragments
            if (source := getattr(fragment, "source", None)) and not isinstance(fragment, Gap)
        }

        assert bound & blank == set()


class DescribeAGap:
    @settings(max_examples=25)
    @given(figures())
    def it_is_listed_once(self, values: dict[str, Shown]) -> None:
        gaps = of_unit(values).gaps

        assert len(gaps) == len(set(gaps))

    @settings(max_examples=25)
    @given(figures())
    def it_never_speaks_of_what_was_reported_or_does_not_apply(
        self, values: dict[str, Shown]
    ) -> None:
        reported = {code for code, shown in values.items() if shown not in (None, "?")}

        gaps = {code for gap in of_unit(values).gaps for code in gap.source.split(", ")}

        assert gaps & reported == set()

    def it_names_the_code(self) -> None:
        (gap,) = [gap for gap in of_unit({"1.1.1": 5}).gaps if gap.source == "1.1.2"]

        assert gap.text == "[chưa có số liệu: 1.1.2]"


class DescribeTheFrame:
    def it_names_one_period_in_title_and_closing(self) -> None:
        narrative = of_unit({})

        assert all(
            words in text
            for text in (narrative.title, narrative.closing.text)
            for words in ("quý I năm 2022", "quý II năm 2022")
        )

    def it_has_the_five_parts(self) -> None:
        assert [section.id for section in of_unit({}).sections] == ["I", "II", "III", "IV", "V"]

    def it_names_the_next_period_over_the_outlook(self) -> None:
        heading = of_unit({}).sections[3].heading

        assert heading == "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM QUÝ II NĂM 2022"


# The outlines as data.


def definition(outline: str) -> dict[str, Any]:
    text = (SCHEMAS / "outlines" / f"{outline}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def sentences_of(sections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield from section.get("sentences", ())
        for shortcoming in section.get("shortcomings", ()):
            yield {"id": shortcoming["id"], "alternatives": [shortcoming]}
        yield from sentences_of(section.get("sections", []))


def templates_of(outline: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for sentence in sentences_of(definition(outline)["sections"]):
        for template in (*sentence["alternatives"], *filter(None, [sentence.get("otherwise")])):
            yield sentence["id"], template


def facts_of(outline: str) -> Facts:
    """The facts of a unit with every annex that there is, or of a parent unit of it."""
    empty = Table(load_form("bo-bieu-tong-hop"), "", {})
    of_unit = unit_facts(empty, "Xã A", QUARTER)
    if definition(outline)["level"] == "commune":
        return of_unit
    tables = [UnitTable(ReportingUnit("Xã A"), table({}))]
    return FactsWithOwn(parent_facts(consolidation(tables)), of_unit)


@pytest.mark.parametrize("outline", OUTLINES)
class DescribeAShippedOutline:
    def it_obeys_its_schema(self, outline: str) -> None:
        schema = json.loads((SCHEMAS / "outline.schema.json").read_text(encoding="utf-8"))

        found = Draft202012Validator(schema).iter_errors(definition(outline))

        assert [error.message for error in found] == []

    def it_asks_only_for_what_there_is(self, outline: str) -> None:
        facts = facts_of(outline)

        unknown = [
            (sentence, cell.code)
            for sentence, template in templates_of(outline)
            if "when" in template
            for cell in cells_of(parse_condition(template["when"]))
            if not facts.is_known(cell.code)
        ]

        assert unknown == []

    def it_shows_only_what_there_is(self, outline: str) -> None:
        facts = facts_of(outline)
        content = definition(outline)
        words = [("title", content["title"]), ("closing", content["closing"])]
        for sentence, template in templates_of(outline):
            parts = (template["text"], *template.get("clauses", ()), template.get("end", ""))
            words += [(sentence, part) for part in parts]

        unknown = [
            (sentence, placeholder)
            for sentence, text in words
            for is_placeholder, placeholder in pieces(text)
            if is_placeholder and not self._is_known(placeholder, facts)
        ]

        assert unknown == []

    @staticmethod
    def _is_known(placeholder: str, facts: Facts) -> bool:
        kind, _, rest = placeholder.partition(":")
        if placeholder.startswith("="):
            return all(facts.is_known(c.code) for c in cells_of(parse_quantity(placeholder[1:])))
        if kind == "write":
            return rest.strip() != ""
        if kind in ("basis", "names", "compare"):
            return facts.is_known(rest)
        if kind in ("items", "records"):
            return True
        return placeholder in facts.words or facts.is_known(placeholder)

    def it_has_every_sentence_once(self, outline: str) -> None:
        ids = [sentence["id"] for sentence in sentences_of(definition(outline)["sections"])]

        assert len(ids) == len(set(ids))


class DescribeATemplate:
    """The language of outlines, on an outline of its own."""

    @staticmethod
    def said(template: Template, values: Mapping[str, Shown], when: str | None = None) -> list[str]:
        condition = parse_condition(when) if when else None
        plan = SentencePlan("x", (Alternative(condition, template),))
        outline = Outline(
            "o", "o", "commune", FORM.id, "{period}", (SectionPlan("I", "I.", (plan,)),), "{unit}."
        )
        drafted = draft(outline, unit_facts(table(values), "Xã Mẫu", QUARTER))
        return [sentence.text for _, sentence in drafted.sentences()]

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"3.2.1": 4, "3.2.2": 5}, "Có 04 một cửa, 05 cùng cấp."),
            ({"3.2.1": 4}, "Có 04 một cửa."),
            ({"3.2.1": 4, "3.2.2": "KAD"}, "Có 04 một cửa."),
            ({}, "Có."),
        ],
    )
    def it_drops_blank_clauses(self, values: dict[str, Shown], said: str) -> None:
        template = Template("Có ", ("{3.2.1} một cửa", "{3.2.2} cùng cấp"))

        assert self.said(template, values) == [said]

    def it_keeps_gaps_where_it_is_told_to(self) -> None:
        template = Template("Có ", ("{3.2.1} một cửa", "{3.2.2} cùng cấp"), keep_gaps=True)

        assert self.said(template, {"3.2.1": 4}) == [
            "Có 04 một cửa; [chưa có số liệu: 3.2.2] cùng cấp."
        ]

    def it_falls_out_where_its_end_does_not_apply(self) -> None:
        template = Template("Có ", ("{3.2.1} một cửa",), end="; còn {3.2.2} cùng cấp.")

        said = self.said(template, {"3.2.1": 4, "3.2.2": "KAD"})

        assert "chưa có số liệu" not in "".join(said)

    def it_computes_a_difference(self) -> None:
        assert self.said(Template("Còn {= [1.1.1] - [1.1.2]}."), {"1.1.1": 9, "1.1.2": 2}) == [
            "Còn 07."
        ]

    def but_it_never_says_a_negative_one(self) -> None:
        (said,) = self.said(Template("Còn {= [1.1.1] - [1.1.2]}."), {"1.1.1": 2, "1.1.2": 9})

        assert said.startswith("Còn [chưa có số liệu")

    @pytest.mark.parametrize(("value", "is_said"), [(1, True), (0, False), (None, False)])
    def it_is_said_only_where_its_condition_holds(self, value: Shown, is_said: bool) -> None:
        said = self.said(Template("Có {1.1.1}."), {"1.1.1": value}, "[1.1.1] > 0")

        assert bool(said) is is_said

    def it_leaves_a_place_for_the_officials_words(self) -> None:
        assert self.said(Template("{write: nguyên nhân}"), {}) == ["[đơn vị bổ sung: nguyên nhân]"]


class DescribeThePercentsOfAnyOutline:
    """Whatever is reported: a share in a sentence is that of the two counts beside it."""

    FORM = load_form("bo-bieu-tong-hop")
    SHARE = re.compile(
        r"(?<![\d.,/])([\d.]+)/([\d.]+)[^/.;,()]*(?:\((?:đạt|chiếm|bằng) |, đạt )([\d.]+(?:,\d+)?)%"
    )

    @classmethod
    def facts(cls, values: Mapping[str, int]) -> Facts:
        entries = {
            code: Entry(Reading(number(value)), RawCell(value), "", "")
            for code, value in values.items()
        }
        facts = unit_facts(Table(cls.FORM, "", entries), "Xã A", QUARTER)
        return FactsWithOwn(facts, facts, is_alone=True)

    @pytest.mark.parametrize("outline", OUTLINES)
    @settings(max_examples=30, deadline=None)
    @given(data=st.data())
    def it_is_never_wrong(self, outline: str, data: st.DataObject) -> None:
        counts = [row.code for row in self.FORM.indicators if row.kind is Kind.COUNT]
        seed = data.draw(st.integers(0, 2**32))
        random = Random(seed)  # noqa: S311  # hypothesis draws the seed
        values = {code: random.choice((0, 1, 7, 23, 999, 3278)) for code in counts}
        kept = {code: value for code, value in values.items() if random.random() < 0.8}

        said = whole(draft(load_outline(outline), self.facts(kept)))

        wrong = [
            match.group()
            for match in self.SHARE.finditer(said)
            for part, of in [(match[1].replace(".", ""), match[2].replace(".", ""))]
            if Decimal(match[3].replace(".", "").replace(",", "."))
            != (Decimal(part) * 100 / Decimal(of)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        ]
        assert wrong == []


class DescribeAListing:
    """What a sentence names: units, open rows of an annex, units with findings."""

    @staticmethod
    def said(listing: Listing, facts: Facts) -> list[str]:
        template = Template("Tại {items:count} đơn vị: {items}.", items=listing)
        plan = SentencePlan("x", (Alternative(None, template),))
        outline = Outline("o", "o", "parent", FORM.id, "t", (SectionPlan("I", "I.", (plan,)),), "c")
        return [sentence.text for _, sentence in draft(outline, facts).sentences()]

    @pytest.fixture
    def facts(self) -> Facts:
        units = unit_tables(
            ("Xã A", {"S.QH_GQ": 3, "3.5": 2, "1.1.1": 8, "1.1.2": 1}),
            ("Xã B", {"S.QH_GQ": 1, "1.1.1": 8, "1.1.2": 2}),
            ("Xã C", {"S.QH_GQ": 0}),
            ("Xã D", None),
        )
        return parent_facts(consolidation(units))

    def it_names_units_with_their_figures_but_no_blank_one(self, facts: Facts) -> None:
        where = parse_condition("[S.QH_GQ] > 0")
        figures = ("{S.QH_GQ} hồ sơ", "{3.5} thư xin lỗi")

        assert self.said(Listing(Source.UNITS, where=where, figures=figures), facts) == [
            "Tại 02 đơn vị: Xã A (03 hồ sơ, 02 thư xin lỗi); Xã B (01 hồ sơ)."
        ]

    def it_is_silent_where_there_is_nobody(self, facts: Facts) -> None:
        listing = Listing(Source.UNITS, where=parse_condition("[S.QH_GQ] > 3"))

        assert self.said(listing, facts) == []

    @pytest.mark.parametrize(
        ("below", "said"), [("12.5", []), ("25", ["Tại 01 đơn vị: Xã A (12,5%)."])]
    )
    def it_names_rates_below_a_target_but_not_on_it(
        self, facts: Facts, below: str, said: list[str]
    ) -> None:
        listing = Listing(Source.UNITS, ratio="T01", below=Decimal(below), figures=("{T01}",))

        assert self.said(listing, facts) == said

    def it_does_not_say_of_a_rate_that_it_misses_what_it_prints(self) -> None:
        units = unit_tables(("Xã A", {"1.1.1": 100000, "1.1.2": 94996}))
        listing = Listing(Source.UNITS, ratio="T01", below=Decimal(95), figures=("{T01}",))

        assert self.said(listing, parent_facts(consolidation(units))) == []

    def it_names_the_open_rows_of_an_annex(self) -> None:
        form = load_form("bo-bieu-xa")
        entry = Entry(Reading(number(15)), RawCell(15), "", "")
        words = Table(form, "", {"K.M01.TU": entry}, labels={"K.M01": "Sổ hộ khẩu"})
        listing = Listing(Source.ROWS, ("K",), figures=("{TU}", "trên {MAU}"))

        assert self.said(listing, unit_facts(words, "Xã A", QUARTER)) == [
            "Tại 01 đơn vị: Sổ hộ khẩu (15)."
        ]

    def it_counts_findings_by_unit(self) -> None:
        units = unit_tables(("Xã A", {}), ("Xã B", {}))
        error = Finding("R01", Severity.ERROR, "m", "a", unit="Xã B")
        facts = parent_facts(consolidation(units), (error, error))

        assert self.said(Listing(Source.FINDINGS, ("error",)), facts) == [
            "Tại 01 đơn vị: Xã B (02)."
        ]


class DescribeOwnFiguresBesideTotals:
    """`OWN.` is the parent's own figure, `ALL.` both together; nothing is guessed."""

    @pytest.mark.parametrize(
        ("own", "code", "shown"),
        [
            ({"1.1.3": 9}, "OWN.1.1.3", "09"),
            ({"1.1.3": 9}, "ALL.1.1.3", "20"),
            ({"1.1.3": 9}, "1.1.3", "11"),
            ({"1.1.1": 20, "1.1.2": 1}, "ALL.T01", "6,67%"),
        ],
    )
    def it_shows(self, own: dict[str, Shown], code: str, shown: str) -> None:
        assert self.facts(own).shown(code) == shown

    @pytest.mark.parametrize("code", ["OWN.1.1.3", "ALL.1.1.3", "ALL.T01", "ALL.3.1.3"])
    def it_is_blank_where_a_part_is(self, code: str) -> None:
        assert self.facts({}).value(code).is_blank

    @staticmethod
    def facts(own: dict[str, Shown]) -> Facts:
        units = unit_tables(
            ("Xã A", {"1.1.3": 4, "1.1.1": 10, "1.1.2": 1, "3.1.3": 193}), ("Xã B", {"1.1.3": 7})
        )
        total = parent_facts(consolidation(units))
        return FactsWithOwn(total, unit_facts(table(own), "Huyện Mẫu", QUARTER))
