"""The rules of the annexes over the figures of real reports: what passes, and what one cell breaks.

What has to fire is worked out from the relations in `tests.support.annex_reports`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from cchc_xl.core.findings import Severity
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.ratios import ratios
from cchc_xl.gateways.schemas import load_form
from tests.support.annex_reports import (
    CBCC,
    CBCC_TOLD,
    KNOWN,
    NAM,
    NAM_TOLD,
    PAKN,
    PAKN_ZERO,
    TTHC,
    TTHC_PRINTED,
)
from tests.support.annexes import annex_findings_of, broken_of, figures, rules_fired, told_of
from tests.support.tables import Given, table

FORMS = load_form("bo-bieu-xa")
PARENT = load_form("bo-bieu-tong-hop")


def percent(ratio_id: str, given: Mapping[str, Given]) -> Decimal | None:
    """A ratio over `given`, at the two decimals that are printed."""
    exact = ratios(table(FORMS, given))[ratio_id].percent
    return None if exact is None else round_half_up(exact, 2)


class DescribeTheFiguresOfTheReports:
    @pytest.mark.parametrize(
        "given",
        [TTHC_PRINTED, TTHC, PAKN_ZERO, PAKN, CBCC_TOLD, CBCC, NAM_TOLD, NAM],
        ids=["QT table 2", "QT", "QT table 1", "TC PAKN", "BS staff", "BS", "TC years", "TC"],
    )
    def it_finds_nothing_in(self, given: Mapping[str, Given]) -> None:
        assert rules_fired(FORMS, given) == []

    @pytest.mark.parametrize("prefix", KNOWN)
    def it_knows_relations_for_every_cell(self, prefix: str) -> None:
        given, known = KNOWN[prefix]
        related = {code for relation in known for code in (*relation.left, *relation.right)}

        assert set(given) - related == set()
        assert related - set(given) == set()


class DescribeOneCellThatIsChanged:
    @pytest.mark.parametrize(
        ("prefix", "code"), [(prefix, code) for prefix in KNOWN for code in KNOWN[prefix][0]]
    )
    @pytest.mark.parametrize("more", [1, 1000])
    def it_is_told_by_every_relation_that_it_breaks(
        self, prefix: str, code: str, more: int
    ) -> None:
        given, known = KNOWN[prefix]
        changed = {**given, code: given[code] + more}  # type: ignore[operator]

        told = told_of(FORMS, changed)

        assert told == broken_of(known, changed)
        identities = [r for r in known if r.sign == "==" and code in (*r.left, *r.right)]
        assert {identity.rule for identity in identities} <= {rule for rule, *_ in told}

    @pytest.mark.parametrize("prefix", KNOWN)
    def it_is_an_error_where_a_sum_is_broken(self, prefix: str) -> None:
        identities = {r.rule for r in KNOWN[prefix][1] if r.sign == "=="}

        assert {rule.severity for rule in FORMS.rules if rule.id in identities} == {Severity.ERROR}


class DescribeDossiers:
    def it_counts_withdrawn_ones_where_they_have_their_own_column(self) -> None:
        withdrawn = {**TTHC, "TTHC.HT.7": 720, "TTHC.TONG.7": 3265, "TTHC.HT.K": 2}

        assert rules_fired(FORMS, {**withdrawn, "TTHC.TONG.K": 2}) == []

    def but_it_misses_them_where_they_have_none(self) -> None:
        missing = {**TTHC, "TTHC.HT.7": 720}

        assert rules_fired(FORMS, missing) == ["B5", "B2"]

    @pytest.mark.parametrize(
        ("ratio", "printed"),
        [("B7a_BTXH", "76.70"), ("B7b_BTXH", "23.30"), ("B7a_NCC", "85.19"), ("B7b_NCC", "14.81"),
         ("B7_LT1", "100"), ("B8_TONG", "98.87"), ("B8a_TONG", "1.13"), ("B7_TONG", "99.97")],
    )  # fmt: skip
    def it_gives_the_rates_of_quoc_tuan(self, ratio: str, printed: str) -> None:
        assert percent(ratio, TTHC) == Decimal(printed)


SOHOA: Mapping[str, Given] = {
    "SOHOA.XA.1": 3215, "SOHOA.XA.2": 4, "SOHOA.XA.3": 3211, "SOHOA.XA.4": 3184,
    "SOHOA.XA.5": "99,04", "SOHOA.XA.6": 3234, "SOHOA.XA.7": 13, "SOHOA.XA.8": 3221,
    "SOHOA.XA.9": "99,6",
}  # fmt: skip


class DescribeDigitisation:
    def it_passes_as_quoc_tuan_prints_it(self) -> None:
        assert rules_fired(FORMS, SOHOA) == []

    @pytest.mark.parametrize(
        ("column", "value", "fired"),
        [
            ("1", 3216, ["D1", "D3"]),
            ("2", 5, ["D1"]),
            ("3", 3212, ["D1"]),
            ("4", 3185, ["D3"]),
            ("4", 3212, ["D2", "D3"]),
            ("5", "99,03", ["D3"]),
            ("5", "99,05", ["D3"]),
            ("6", 3235, ["D4"]),
            ("6", 3334, ["D4", "D5"]),
            ("7", 14, ["D4"]),
            ("8", 3121, ["D4", "D5"]),
            ("9", "99,5", ["D5"]),
            ("9", "99", ["D5"]),
        ],
    )
    def but_it_tells_what_one_cell_breaks(
        self, column: str, value: Given, fired: list[str]
    ) -> None:
        assert sorted(rules_fired(FORMS, {**SOHOA, f"SOHOA.XA.{column}": value})) == fired

    def it_tells_the_rate_that_the_table_gives(self) -> None:
        (found,) = annex_findings_of(FORMS, {**SOHOA, "SOHOA.XA.5": "99,03"})

        assert (found.indicator, found.found) == ("SOHOA.XA.5", Decimal("99.03"))
        assert found.expected == Decimal("99.04")

    def it_has_another_scope_than_the_dossiers_of_quoc_tuan(self) -> None:
        found = annex_findings_of(FORMS, {**TTHC, **SOHOA})

        assert [(one.rule, one.severity) for one in found] == [
            ("LB14", Severity.WARNING),
            ("LB15", Severity.WARNING),
        ]


POINTS: Mapping[str, Given] = {
    "CS766.CK.DIEM": "12,3", "CS766.TD.DIEM": 20, "CS766.DVC.DIEM": "10,5", "CS766.TTO.DIEM": 8,
    "CS766.SH.DIEM": 14, "CS766.HL.DIEM": 18, "CS766.TONG.DIEM": "82,8",
}  # fmt: skip
MOST = {"CK": 18, "TD": 20, "DVC": 12, "TTO": 10, "SH": 22, "HL": 18, "TONG": 100}


class DescribePointsOfIndex766:
    def it_passes_where_they_add_up(self) -> None:
        assert rules_fired(FORMS, POINTS) == []

    def it_takes_the_six_groups_to_make_a_hundred(self) -> None:
        full = {f"CS766.{row}.DIEM": most for row, most in MOST.items()}

        assert rules_fired(FORMS, full) == []

    @pytest.mark.parametrize("row", MOST)
    def but_no_group_has_more_than_its_most(self, row: str) -> None:
        full: dict[str, Given] = {f"CS766.{name}.DIEM": most for name, most in MOST.items()}
        full[f"CS766.{row}.DIEM"] = f"{MOST[row]},5"

        found = annex_findings_of(FORMS, full)

        assert {one.rule[:3] for one in found} == {"CS1", "CS2"}
        assert [one.indicator for one in found if one.rule != "CS2"] == [f"CS766.{row}.DIEM"]

    def and_the_total_is_that_of_the_groups(self) -> None:
        (found,) = annex_findings_of(FORMS, {**POINTS, "CS766.SH.DIEM": 15})

        assert (found.rule, found.severity) == ("CS2", Severity.ERROR)
        assert (found.found, found.expected) == (Decimal("82.8"), Decimal("83.8"))

    @pytest.mark.parametrize(("rate", "fired"), [("87,5", []), ("87,45", []), ("85", ["CS3b"])])
    def it_compares_a_printed_rate(self, rate: str, fired: list[str]) -> None:
        assert rules_fired(FORMS, {**POINTS, "CS766.DVC.TYLE": rate}) == fired

    @pytest.mark.parametrize("row", MOST)
    def it_compares_a_printed_most(self, row: str) -> None:
        printed = {f"CS766.{name}.TOIDA": most for name, most in MOST.items()}

        assert rules_fired(FORMS, {**POINTS, **printed}) == []
        found = annex_findings_of(FORMS, {**printed, f"CS766.{row}.TOIDA": 17})
        assert [(one.rule[:3], one.indicator) for one in found] == [("CS5", f"CS766.{row}.TOIDA")]

    @pytest.mark.parametrize("typed", [-1, "mười"])
    def it_takes_nothing_but_points(self, typed: Given) -> None:
        assert rules_fired(FORMS, {"CS766.CK.DIEM": typed}) == ["RF6"]

    def it_gives_the_share_of_the_most(self) -> None:
        assert percent("CS4b_DVC", POINTS) == Decimal("87.5")
        assert percent("CS4f_TONG", POINTS) == Decimal("82.8")


class DescribeStaff:
    @pytest.mark.parametrize(
        ("ratio", "printed"),
        [("CB4a_CB", "100"), ("CB4a_CC", "91.30"), ("CB4c_CC", "8.70"), ("CB5a_CC", "86.96")],
    )
    def it_gives_the_rates_of_but_son(self, ratio: str, printed: str) -> None:
        assert percent(ratio, CBCC) == Decimal(printed)

    def it_leaves_those_below_the_staff_out_of_the_total(self) -> None:
        assert rules_fired(FORMS, {**CBCC, "CBCC.KCT.TS": 6, "CBCC.KCT.DH": 3}) == []


class DescribeEquipment:
    TUNG_CHAU: Mapping[str, Given] = {
        "TB.MT.SL": 26, "TB.MTB.SL": 25, "TB.MXT.SL": 1, "TB.MT_NET.SL": 26, "TB.MT_NET.MAU": 26,
        "TB.MT_VR.SL": 26, "TB.MT_VR.MAU": 26, "TB.MI.SL": 25, "TB.MQ.SL": 2, "TB.MH.SL": 1,
        "TB.CCTH.SL": 17, "TB.CCTH.MAU": 19, "TB.CTCNTT.SL": 1,
    }  # fmt: skip

    def it_passes_as_tung_chau_tells_it(self) -> None:
        assert rules_fired(FORMS, self.TUNG_CHAU) == []
        assert percent("TB6_CCTH", self.TUNG_CHAU) == Decimal("89.47")

    @pytest.mark.parametrize(
        ("code", "value", "fired"),
        [("MT.SL", 27, ["TB1"]), ("MXT.SL", 2, ["TB1"]), ("MI.MC", 26, ["TB2"]),
         ("CCTH.SL", 20, ["TB3"]), ("MT_NET.SL", 27, ["TB4", "TB3"]),
         ("MT_VR.SL", 27, ["TB5", "TB3"])],
    )  # fmt: skip
    def but_it_tells_what_one_cell_breaks(self, code: str, value: int, fired: list[str]) -> None:
        told = rules_fired(FORMS, {**self.TUNG_CHAU, f"TB.{code}": value})

        assert sorted(told) == sorted(fired)


class DescribeOtherFiguresOfTheWords:
    QUOC_TUAN: Mapping[str, Given] = {
        "K.ND.DM": 27, "K.NDCA.DM": 13, "K.NDQS.DM": 14, "K.TQ.DM": 137, "K.TW.DM": 137,
        "K.LT.TU": 193, "K.LTC.TU": 130, "K.LTCC.TU": 63, "K.LTKS.TU": 62, "K.LTKT.TU": 1,
        "K.TTOAN.TU": 1249, "K.TTOAN.MAU": 2842, "K.PDG.TU": 3299, "K.PDG.MAU": 3299,
        "K.CTDT.TU": 415, "K.RS.TU": 37, "K.RSLV.TU": 8, "K.VBCC.TU": 53,
    }  # fmt: skip
    HOA_THUAN: Mapping[str, Given] = {
        "K.MH.TU": 15, "K.MHCU.TU": 9, "K.MHMOI.TU": 6, "K.VBDI.TU": 362, "K.VBDI.MAU": 362,
        "K.VBDEN.TU": 893, "K.VBDEN.MAU": 990, "K.DVC.TU": "07", "K.DVC.DM": 48,
        "K.DVCHS.TU": 92, "K.DVCHS.MAU": 228, "K.TTTT.TU": "07", "K.TTTT.DM": 29,
        "K.TTHS.TU": 122, "K.TTHS.MAU": 129, "K.CBCM.TU": 20, "K.CBCM.MAU": 21,
        "K.KCTCM.TU": 10, "K.KCTCM.MAU": 12, "K.CKET.TU": "06", "K.CKET.MAU": "06",
        "K.TTT.TU": 12, "K.TTT.MAU": "04",
    }  # fmt: skip

    def it_passes_as_the_reports_tell_them(self) -> None:
        assert rules_fired(FORMS, {**self.QUOC_TUAN, **self.HOA_THUAN}) == []

    @pytest.mark.parametrize(
        ("code", "value", "fired"),
        [("ND.DM", 28, "K3"), ("TW.DM", 138, "K4"), ("LT.TU", 194, "K5"), ("LTKS.TU", 66, "K6"),
         ("MH.TU", 16, "K7"), ("TTOAN.TU", 2843, "K1"), ("DVC.TU", 49, "K2"), ("M01.TU", 6, "K1")],
    )  # fmt: skip
    def but_it_tells_what_one_cell_breaks(self, code: str, value: int, fired: str) -> None:
        given = {**self.QUOC_TUAN, **self.HOA_THUAN, "K.M01.TU": 4, "K.M01.MAU": 5}

        assert rules_fired(FORMS, {**given, f"K.{code}": value}) == [fired]

    @pytest.mark.parametrize(
        ("ratio", "printed"),
        [("KT1_TTOAN", "43.95"), ("KT1_VBDEN", "90.20"), ("KT2_DVC", "14.58"),
         ("KT1_TTHS", "94.57"), ("KT1_CBCM", "95.24")],
    )  # fmt: skip
    def it_gives_the_rates(self, ratio: str, printed: str) -> None:
        assert percent(ratio, {**self.QUOC_TUAN, **self.HOA_THUAN}) == Decimal(printed)


class DescribeTheFiguresOfAParentUnit:
    # Chư Pưh, 6 months of 2021; how many were late where, and on time, is made up.
    CHU_PUH: Mapping[str, Given] = {
        **figures("CAP", "H X T", """
            TN   710 5305 6015
            DG   617 5299 5916
            DANG  93    6   99
            DH     .    . 5895
            QH     .    .   21
            XL     .    .   21
        """),
        "RTH.NV.TU": 31, "RTH.NVX.TU": "08", "RTH.NVC.TU": 23, "RTH.KT.TU": 9,
        "RTH.KTX.TU": "06", "RTH.KTC.TU": "03", "RTH.CCC.TU": 29, "RTH.CCC.MAU": 89,
        "RTH.TC.TU": 18, "RTH.TC.MAU": 18, "RTH.QHDV.QH": 21, "RTH.D01.QH": 15, "RTH.D02.QH": 6,
    }  # fmt: skip

    def it_passes_where_they_add_up(self) -> None:
        assert rules_fired(PARENT, self.CHU_PUH) == []

    @pytest.mark.parametrize(
        ("code", "value", "fired"),
        [("CAP.TN.T", 6016, ["CP1", "CP2"]), ("CAP.DG.H", 618, ["CP1", "CP2"]),
         ("CAP.DANG.X", 7, ["CP1", "CP2"]), ("CAP.DH.T", 5894, ["CP3"]),
         ("CAP.XL.T", 14, ["CP6"]), ("RTH.NV.TU", 32, ["RT1"]), ("RTH.KTX.TU", 7, ["RT2"]),
         ("RTH.CCC.TU", 90, ["RT3"]), ("RTH.D01.TXL", 14, ["RT5"]),
         ("RTH.QHDV.QH", 22, ["RT4", "LC4"]), ("CAP.QH.T", 20, ["CP3", "LC4"])],
    )  # fmt: skip
    def but_it_tells_what_one_cell_breaks(self, code: str, value: int, fired: list[str]) -> None:
        told = rules_fired(PARENT, {**self.CHU_PUH, code: value})

        assert sorted(told) == sorted(fired)
