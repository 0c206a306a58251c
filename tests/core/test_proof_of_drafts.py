"""What we draft holds, whatever the data: our own proofreader finds nothing wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_xl.core.cells import read_cell
from cchc_xl.core.checks import check_table
from cchc_xl.core.claims import Claim, ClaimVerdict, Passage
from cchc_xl.core.consolidation import Consolidation
from cchc_xl.core.facts import Facts, unit_facts
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Form
from cchc_xl.core.narrative import Narrative, Section, draft
from cchc_xl.core.own_facts import FactsWithOwn
from cchc_xl.core.parent_facts import parent_facts
from cchc_xl.core.period import parse_period_id
from cchc_xl.core.proof_arithmetic import arithmetic_claims
from cchc_xl.core.proof_form import formal_claims
from cchc_xl.core.roll_up import UnitTable, roll_up
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.units import ReportingUnit
from cchc_xl.gateways.outlines import load_outline
from cchc_xl.gateways.schemas import load_form
from tests.support.random_figures import random_figures

QUARTER = parse_period_id("2023-Q1")
COMMUNE = ("bao-cao-xa", "bao-cao-phuong", "kiem-soat-tthc", "giam-sat-chuyen-de")


def sound_table(form: Form, seed: int) -> Table:
    """Random figures without those that a rule of the form calls wrong."""
    typed = random_figures(form, Random(seed))  # noqa: S311  # figures, no secrets
    entries: dict[str, Entry] = {}
    for code, raw in typed.items():
        indicator = form.by_code[code]
        reading = read_cell(indicator.kind, raw, choices=indicator.choices, own_template=True)
        # Where one part is KAD, no rule holds the others together.
        if not reading.value.closes_rules:
            entries[code] = Entry(reading, raw, form.name, "")
    table = Table(form, form.name, entries, own_template=True)
    while wrong := _contradicted(table):
        entries = {code: entry for code, entry in table.entries.items() if code not in wrong}
        table = Table(form, form.name, entries, own_template=True)
    return table


def _contradicted(table: Table) -> set[str]:
    rules = {rule.id: rule for rule in table.form.rules}
    return {
        cell.code
        for finding in check_table(table, QUARTER)
        if finding.severity is not Severity.INFO and finding.rule in rules
        for rule in table.form.rules
        if rule.id == finding.rule and finding.indicator in {c.code for c in rule.cells}
        for cell in rule.cells
        if cell.code in table.entries
    }


def passages(narrative: Narrative) -> list[Passage]:
    def of(section: Section) -> Iterator[str]:
        yield section.heading
        for sentence in section.sentences:
            yield sentence.text[:1].upper() + sentence.text[1:]
        for below in section.sections:
            yield from of(below)

    texts = ["BÁO CÁO", narrative.title]
    for section in narrative.sections:
        texts += of(section)
    texts.append(narrative.closing.text)
    return [Passage(f"đoạn {place}", text) for place, text in enumerate(texts, start=1)]


def wrong(text: Sequence[Passage]) -> list[Claim]:
    claims = (*arithmetic_claims(text), *formal_claims(text, QUARTER))
    return [
        claim for claim in claims if claim.verdict in (ClaimVerdict.WRONG, ClaimVerdict.TRUNCATED)
    ]


def said(claims: Sequence[Claim]) -> list[tuple[str, str, str]]:
    return [(claim.rule, claim.passage.text, claim.message) for claim in claims]


class DescribeADraftOfOurs:
    @given(seed=st.integers(0, 10**6), outline=st.sampled_from(COMMUNE))
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    def it_is_clean_for_a_commune(self, seed: int, outline: str) -> None:
        assert QUARTER is not None
        table = sound_table(load_form("bo-bieu-xa"), seed)
        facts: Facts = unit_facts(table, "Xã Tùng Châu", QUARTER)

        found = wrong(passages(draft(load_outline(outline), facts)))

        assert said(found) == []

    @given(seed=st.integers(0, 10**6), units=st.integers(1, 4))
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    def it_is_clean_for_a_parent_unit(self, seed: int, units: int) -> None:
        assert QUARTER is not None
        form = load_form("bo-bieu-xa")
        tables = tuple(
            UnitTable(ReportingUnit(f"Xã {'ABCD'[place]}"), sound_table(form, seed + place))
            for place in range(units)
        )
        data = Consolidation("Huyện Mẫu", QUARTER, form, (), tables, roll_up(form, tables), ())
        facts = FactsWithOwn(
            parent_facts(data), unit_facts(Table(form, "", {}), "Huyện Mẫu", QUARTER)
        )

        for outline in ("bao-cao-tong-hop", "so-ket-cap-tren"):
            found = wrong(passages(draft(load_outline(outline), facts)))

            assert said(found) == []
