Attribute VB_Name = "CchcButtons"
' One macro for each button of the master; all of them go through the seam.
Option Explicit

Public Sub CchcCheck()
    CchcClick "check"
End Sub

Public Sub CchcRatios()
    CchcClick "ratios"
End Sub

Public Sub CchcRollUp()
    CchcClick "roll_up"
End Sub

Public Sub CchcReturnSlips()
    CchcClick "return_slips"
End Sub

Public Sub CchcDraft()
    CchcClick "draft"
End Sub

Public Sub CchcProofread()
    CchcClick "proofread"
End Sub

Public Sub CchcCheckFigures()
    CchcClick "check_figures"
End Sub

Public Sub CchcExportWord()
    CchcClick "export_word"
End Sub

Public Sub CchcUndo()
    CchcClick "undo"
End Sub

Public Sub CchcChooseFolder()
    PickFolder
End Sub

Public Sub CchcCheckMachine()
    TellOfMachine
End Sub
