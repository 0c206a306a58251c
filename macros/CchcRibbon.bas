Attribute VB_Name = "CchcRibbon"
' What the buttons of the ribbon do: the same as those of the master, on the active workbook.
Option Explicit

Public Sub CchcOnAction(ByVal control As Object)
    Select Case control.ID
        Case "cchcCheck": CchcClick "check"
        Case "cchcRatios": CchcClick "ratios"
        Case "cchcRollUp": CchcClick "roll_up"
        Case "cchcReturnSlips": CchcClick "return_slips"
        Case "cchcDraft": CchcClick "draft"
        Case "cchcProofread": CchcClick "proofread"
        Case "cchcCheckFigures": CchcClick "check_figures"
        Case "cchcExportWord": CchcClick "export_word"
        Case "cchcUndo": CchcClick "undo"
        Case "cchcChooseFolder": PickFolder
        Case "cchcCheckMachine": TellOfMachine
    End Select
End Sub
