"""A small workbook with macros, on which the Excel in memory itself is proven."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from pyopenvba import ExcelFile

FORM = "Phụ lục 01b"
BUTTONS = """Option Explicit
Public Sub Click()
    Dim shell As Object
    Application.StatusBar = "busy"
    On Error Resume Next
    Application.Run "'" & ThisWorkbook.Name & "'!RunPython", "import clicked; clicked.main()"
    On Error GoTo 0
    If Application.StatusBar = "busy" Then
        Set shell = CreateObject("WScript.Shell")
        shell.Popup ThisWorkbook.Names("TEXTS").RefersToRange.Cells(1, 2).Value, 0, "CCHC", 48
    End If
    Application.StatusBar = False
End Sub
Public Function Doubled(a, Optional b)
    On Error GoTo failed
    Doubled = XLPy.CallUDF("harness_udfs", "doubled", Array(a, b), ThisWorkbook, Application.Caller)
    Exit Function
failed:
    Doubled = CVErr(xlErrValue)
End Function
Public Function InCell()
    InCell = TypeOf Application.Caller Is Range
End Function
"""
OPENING = """Private Sub Workbook_Open()
    Application.MacroOptions Macro:="Doubled", Description:="two times", Category:="CCHC"
End Sub
"""


def small_workbook(folder: Path) -> Path:
    """Write a workbook with three sheets, one of them hidden, a button's macro and functions.

    The result of its formula in `B1` is wrong in the file.
    """
    path = folder / "nhỏ.xlsm"
    book = xlsxwriter.Workbook(path)
    start, form, texts = (book.add_worksheet(name) for name in ("Bắt đầu", FORM, "_cchc"))
    texts.hide()
    texts.write_row("A1", ["absent", "Chưa có Python."])
    book.define_name("TEXTS", "='_cchc'!$A$1:$B$1")
    form.write("A1", 2)
    form.write_formula("B1", "=A1*10", None, 999)
    form.write("C1", 0.5, book.add_format({"num_format": "0%"}))
    form.write_formula("D1", '=CELL("format",C1)', None, "")
    start.activate()
    book.close()
    with ExcelFile(path) as file:
        project = file.add_vba_project()
        project.add_module("Buttons", BUTTONS.replace("\n", "\r\n"))
        file.set_module("ThisWorkbook", OPENING.replace("\n", "\r\n"))
        file.save()
    return path
