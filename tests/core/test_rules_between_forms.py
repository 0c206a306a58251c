"""What one form of a set owes another: the same figure stands in both."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Form
from cchc_xl.gateways.schemas import load_form
from tests.support.annex_reports import CBCC_TOLD
from tests.support.annexes import annex_findings_of, figures, rules_fired
from tests.support.tables import BUT_SON, Given

FORMS = load_form("bo-bieu-xa")
PARENT = load_form("bo-bieu-tong-hop")

# What thị trấn Bút Sơn would have had in the table of dossiers; its fields are not told.
DOSSIERS = figures("TTHC", "2 3 4 5 6 7 8 9 10 11 12", "TONG 770 176 590 4 770 751 19 0 0 0 0")
BOTH: Mapping[str, Given] = {**BUT_SON, **DOSSIERS, **CBCC_TOLD}


def between(form: Form, given: Mapping[str, Given]) -> list[str]:
    """The ids of the rules between forms that fire on `given`."""
    return [rule for rule in rules_fired(form, given) if rule.startswith(("LB", "LC"))]


class DescribeTheMainFormAndItsAnnexes:
    def it_passes_where_they_tell_the_same(self) -> None:
        assert rules_fired(FORMS, BOTH) == []

    def it_passes_where_only_one_of_them_is_filled(self) -> None:
        assert between(FORMS, BUT_SON) == []
        assert between(FORMS, {**DOSSIERS, **CBCC_TOLD}) == []

    def it_passes_where_3_3_1_leaves_out_what_was_carried_over(self) -> None:
        assert between(FORMS, {**BOTH, "3.3.1": 766}) == []

    @pytest.mark.parametrize(
        ("code", "value", "fired"),
        [
            ("S.DA_GQ", 769, "LB1"),
            ("3.3.1", 771, "LB2"),
            ("S.KY_TRUOC", 5, "LB3"),
            ("3.3.1.c", 92, "LB4"),
            ("3.3.1.d", 86, "LB4"),
            ("3.3.1.a", 591, "LB5"),
            ("3.3.1.b", 1, "LB5"),
            ("3.3.2", 769, "LB6"),
            ("S.TRUOC_HAN", 752, "LB7"),
            ("S.DUNG_HAN", 20, "LB8"),
            ("S.QH_GQ", 1, "LB9"),
            ("S.DANG_GQ", 1, "LB10"),
            ("S.DANG_TRONG_HAN", 1, "LB11"),
            ("S.DANG_QUA_HAN", 1, "LB12"),
            ("S.CAN_BO", 11, "LB16"),
            ("S.CONG_CHUC", 22, "LB17"),
        ],
    )
    def but_it_is_an_error_where_the_main_form_has_another_figure(
        self, code: str, value: int, fired: str
    ) -> None:
        found = annex_findings_of(FORMS, {**BOTH, code: value})

        assert [(one.rule, one.severity) for one in found] == [(fired, Severity.ERROR)]

    @pytest.mark.parametrize(
        ("more", "fired"),
        [
            ({"4.1.2": 34}, "LB18"),
            ({"3.3.3": 3, "TTHC.DD.7": 1, "TTHC.DD.8": 1}, "LB13"),
            ({"SOHOA.XA.1": 760}, "LB14"),
            ({"SOHOA.XA.6": 760}, "LB15"),
            ({"TB.CCTH.SL": 17, "TB.CCTH.MAU": 19}, "LB19"),
            ({"3.1.1": 5, "K.CBM.DM": 6}, "LB20"),
            ({"3.1.2": 12, "K.BB.DM": 11}, "LB21"),
            ({"3.3.2.b": 2, "K.BCTR.TU": 1}, "LB23"),
            ({"K.DVCHS.TU": 175}, "LB24"),
            ({"K.DVC.DM": 40}, "LB25"),
            ({"7.2.2": 362, "K.VBDI.MAU": 361}, "LB26"),
            ({"K.NVDTH.MAU": 8}, "LB27"),
            ({"K.LTKT.TU": 1, "TTHC.LT1.2": 0}, "LB28"),
            ({"K.LTKS.TU": 66, "TTHC.LT2.2": 62}, "LB29"),
            ({"NAM.TN.C": 767}, "LB30"),
            ({"NAM.DG.C": 771}, "LB31"),
            ({"NAM.PK.C": 3, "PAKN.TONG.3": 2}, "LB32"),
            ({"NAM.VB.C": 11}, "LB33"),
            ({"2.1": 1, "NAM.QP.C": 0}, "LB34"),
            ({"K.RS.TU": 37, "NAM.RS.C": 38}, "LB35"),
        ],
        ids=lambda part: part if isinstance(part, str) else "",
    )
    def and_it_is_a_warning_where_the_scope_may_differ(
        self, more: Mapping[str, Given], fired: str
    ) -> None:
        assert between(FORMS, {**BOTH, **more}) == [fired]
        assert FORMS.rule(fired).severity is Severity.WARNING

    def and_it_is_an_error_where_postal_dossiers_differ(self) -> None:
        assert between(FORMS, {"3.3.1.b": 2, "K.BCTN.TU": 1}) == ["LB22"]


class DescribeTheFormsOfAParentUnit:
    def it_has_those_of_a_commune_first(self) -> None:
        commune = [annex.id for annex in FORMS.annexes]

        assert commune == [
            "tthc", "pakn", "so-hoa", "can-bo-cong-chuc", "thiet-bi", "chi-so-766",
            "van-ban", "so-lieu-khac", "theo-nam",
        ]  # fmt: skip
        assert [annex.id for annex in PARENT.annexes] == [
            *commune, "cap-tong-hop", "rieng-tong-hop",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("given", "fired"),
        [
            ({"CAP.TN.X": 5305, "TTHC.TONG.2": 5304}, "LC1"),
            ({"CAP.DG.X": 5299, "TTHC.TONG.6": 5298}, "LC2"),
            ({"CAP.QH.X": 7, "TTHC.TONG.9": 6}, "LC3"),
            ({"CAP.QH.T": 21, "RTH.QHDV.QH": 20}, "LC4"),
            ({"CAP.XL.T": 14, "RTH.QHDV.TXL": 13}, "LC5"),
        ],
        ids=lambda part: part if isinstance(part, str) else "",
    )
    def it_compares_its_own_figures(self, given: Mapping[str, Given], fired: str) -> None:
        assert between(PARENT, given) == [fired]


class DescribeWhatIsSaid:
    @pytest.mark.parametrize("rule", PARENT.rules, ids=lambda rule: rule.key)
    def it_is_a_sentence_and_advice_without_a_gap(self, rule: object) -> None:
        message, advice = getattr(rule, "message", ""), getattr(rule, "advice", "")

        assert message.endswith(".")
        assert advice.startswith("Đề nghị")
        assert not set("{}") & set(message + advice)

    @pytest.mark.parametrize(
        "rule",
        [rule for rule in PARENT.rules if rule.id.startswith(("LB", "LC"))],
        ids=lambda rule: rule.key,
    )
    def it_names_every_figure_that_it_compares(self, rule: object) -> None:
        advice = getattr(rule, "advice", "")

        assert [cell.code for cell in getattr(rule, "cells", ()) if cell.code not in advice] == []

    def it_has_one_name_for_each_rule_and_each_ratio(self) -> None:
        keys = [rule.key for rule in PARENT.rules]
        ids = [ratio.id for ratio in PARENT.ratios]

        assert len(keys) == len(set(keys))
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("ratio", PARENT.ratios, ids=lambda ratio: ratio.id)
    def it_names_each_rate(self, ratio: object) -> None:
        label = getattr(ratio, "label", "")

        assert label.startswith("Tỷ lệ")
        assert not set("{}") & set(label)
