"""The figures of the reports for the annexes, and what each table says of its own cells.

The relations are written here once more, from the forms as they are printed.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.annexes import Relation, figures, relations
from tests.support.tables import Given

# Xã Quốc Tuấn, 2023: table 2 as printed; it has no rows for land and for other fields.
TTHC_COLUMNS = "2 3 4 5 6 7 8 9 10 11 12"
TTHC_PRINTED = figures("TTHC", TTHC_COLUMNS, """
    TONG 3299 3241 37 21 3297 3267 29 1 2 2 0
    HT    723  714  9  0  723  722  0 1 0 0 0
    BTXH  103   83  0 20  103   79 24 0 0 0 0
    CT   2381 2381  0  0 2381 2380  1 0 0 0 0
    NCC    29    0 28  1   27   23  4 0 2 2 0
    LT1     1    1  0  0    1    1  0 0 0 0 0
    LT2    62   62  0  0   62   62  0 0 0 0 0
""")  # fmt: skip
TTHC = TTHC_PRINTED | figures("TTHC", TTHC_COLUMNS, """
    DD   0 0 0 0 0 0 0 0 0 0 0
    KHAC 0 0 0 0 0 0 0 0 0 0 0
""")  # fmt: skip
FIELDS = ["HT", "BTXH", "CT", "NCC", "LT1", "LT2", "DD", "KHAC"]
TTHC_RELATIONS = (
    *relations(
        "TTHC", ["TONG", *FIELDS],
        "B1: @.2 == @.3 + @.4 + @.5", "B2: @.6 == @.7 + @.8 + @.9", "B3: @.10 == @.11 + @.12",
        "B4: @.2 == @.6 + @.10",
    ),
    *relations(
        "TTHC", TTHC_COLUMNS.split(),
        "B5: TONG.@ == HT.@ + BTXH.@ + CT.@ + NCC.@ + LT1.@ + LT2.@ + DD.@ + KHAC.@",
    ),
)  # fmt: skip

# Xã Tùng Châu, 2023: three on land, one done, two open; by content and by time made up.
PAKN_COLUMNS = "3 4 5 6 7 8 9 10 11 12 13 14 15 16"
PAKN_ZERO = {f"PAKN.{row}.{c}": 0 for row in ["TONG", *FIELDS] for c in PAKN_COLUMNS.split()}
PAKN: Mapping[str, Given] = PAKN_ZERO | figures("PAKN", PAKN_COLUMNS, """
    TONG 3 2 1 1 2 1 1 0 1 0 2 1 1 1
    DD   3 2 1 1 2 1 1 0 1 0 2 1 1 1
""")  # fmt: skip
PAKN_RELATIONS = (
    *relations(
        "PAKN", ["TONG", *FIELDS],
        "P1: @.3 == @.4 + @.5", "P1a: @.3 == @.6 + @.7", "P2: @.8 == @.9 + @.10",
        "P2a: @.8 == @.11 + @.12", "P3: @.13 == @.14 + @.15", "P4: @.3 == @.8 + @.13",
        "P5: @.16 <= @.8", "P6: @.9 <= @.4", "P6a: @.10 <= @.5", "P6b: @.11 <= @.6",
        "P7: @.12 <= @.7",
    ),
    *relations(
        "PAKN", PAKN_COLUMNS.split(),
        "P8: TONG.@ == HT.@ + BTXH.@ + CT.@ + NCC.@ + LT1.@ + LT2.@ + DD.@ + KHAC.@",
    ),
)  # fmt: skip

# Thị trấn Bút Sơn, quý I/2022, as told; then with a zero where it says nothing.
CBCC_COLUMNS = "TS TDH DH CD TC SC LCC LTC LSC LCQ"
CBCC_TOLD = figures("CBCC", CBCC_COLUMNS, """
    TONG 33 . 31 . 2 . . 30 . .
    CB   10 . 10 . . . . 10 . .
    CC   23 . 21 . 2 . . 20 . .
""")  # fmt: skip
CBCC = figures("CBCC", CBCC_COLUMNS, """
    TONG 33 0 31 0 2 0 0 30 0 0
    CB   10 0 10 0 0 0 0 10 0 0
    CC   23 0 21 0 2 0 0 20 0 0
    KCT   5 0  2 0 3 0 0  3 0 2
""")  # fmt: skip
CBCC_RELATIONS = (
    *relations(
        "CBCC", ["TONG", "CB", "CC", "KCT"],
        "CB1: @.TS == @.TDH + @.DH + @.CD + @.TC + @.SC",
        "CB2: @.LCC + @.LTC + @.LSC + @.LCQ <= @.TS",
    ),
    *relations("CBCC", CBCC_COLUMNS.split(), "CB3: TONG.@ == CB.@ + CC.@"),
)  # fmt: skip

# Xã Tùng Châu, 01/01/2021 - 31/8/2023, as told; then with what follows from it for each year.
NAM_TOLD = figures("NAM", "Y1 Y2 Y3 C", """
    TN   62 70 333 .
    BHXH  2  .   . .
    DD    .  6  17 .
    HT    .  . 191 .
    BTXH 48 50  36 .
    NCC  12 14   6 .
    CT    .  .  83 .
    TT   62 70 333 .
    DG   62 70 333 465
    DH    .  .   . 464
    QH    .  .   . 1
    XL    .  .   . 1
    PK    0  0   3 .
    PKX   .  .   1 .
    PKD   .  .   2 .
    VB    9 12  32 .
    QP    .  .   0 .
    RS    .  .   . 189
""") | {"NAM.DANG.Y3": 0}  # fmt: skip
NAM = figures("NAM", "Y1 Y2 Y3 C", """
    TN   62 70 333 465
    BHXH  2  0   0   2
    DD    0  6  17  23
    HT    0  0 191 191
    BTXH 48 50  36 134
    NCC  12 14   6  32
    CT    0  0  83  83
    KHAC  0  0   0   0
    TT   62 70 333 465
    DG   62 70 333 465
    DH   62 70 332 464
    QH    0  0   1   1
    XL    0  0   1   1
    BC    0  0   0   0
    PK    0  0   3   3
    PKX   0  0   1   1
    PKD   0  0   2   2
    VB    9 12  32  53
    QP    0  0   0   0
    RS    0  0 189 189
""") | figures("NAM", "Y1 Y2 Y3", """
    KTR   0  0   0
    DANG  0  0   0
""")  # fmt: skip
YEARS = ["Y1", "Y2", "Y3"]
NAM_RELATIONS = (
    *relations(
        "NAM", [*YEARS, "C"],
        "NM1: TN.@ == BHXH.@ + CT.@ + DD.@ + HT.@ + BTXH.@ + NCC.@ + KHAC.@",
        "NM3: DG.@ == DH.@ + QH.@", "NM4: PK.@ == PKX.@ + PKD.@", "NM5: TT.@ <= TN.@",
        "NM7: XL.@ >= QH.@",
    ),
    *relations("NAM", YEARS, "NM2: TN.@ + KTR.@ == DG.@ + DANG.@"),
    *relations(
        "NAM",
        [code.split(".")[1] for code in NAM if code.endswith(".C")],
        "NM6: @.C == @.Y1 + @.Y2 + @.Y3",
    ),
    *relations("NAM", [""], "NM8: KTR.Y2 == DANG.Y1", "NM9: KTR.Y3 == DANG.Y2"),
)  # fmt: skip

KNOWN: Mapping[str, tuple[Mapping[str, Given], tuple[Relation, ...]]] = {
    "TTHC": (TTHC, TTHC_RELATIONS),
    "PAKN": (PAKN, PAKN_RELATIONS),
    "CBCC": (CBCC, CBCC_RELATIONS),
    "NAM": (NAM, NAM_RELATIONS),
}
