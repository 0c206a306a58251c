Attribute VB_Name = "CchcSeam"
' The one place that reaches outside: Python, dialogs, the caller of a function, the machine.
' What people read stands in the hidden sheet of texts: VBA source keeps no Vietnamese letters.
Option Explicit

Private Const BUTTONS As String = "cchc_xl.excel.buttons"
Private Const FUNCTIONS As String = "cchc_xl.excel.functions"
Private Const FOLDER_PICKER As Long = 4
Private Const INFORMATION As Long = 64
Private Const COUNTRY As Long = 2
Private Const DECIMAL_SEPARATOR As Long = 3
Private Const TRUSTED As String = "\Excel\Security\Trusted Locations\"
Private Const MOST_LOCATIONS As Long = 30

' ---- A click --------------------------------------------------------------------------------

Public Sub CchcClick(ByVal action As String)
    Dim busy As String
    If Not HasName("CCHC_FORM") Then
        Say TextOf("not_ours")
        Exit Sub
    End If
    busy = TextOf("busy." & action)
    Application.StatusBar = busy
    RunButton action
    ' Python says its own sentence there; where it was not reached, ours still stands.
    If CStr(Application.StatusBar) = busy Then Say TextOf("absent")
    Application.StatusBar = False
End Sub

Private Sub RunButton(ByVal action As String)
    ' Late-bound: a copy without xlwings' module compiles, and the click says what to install.
    On Error Resume Next
    Application.Run MacroOf("RunPython"), PythonCommand(action)
End Sub

Private Function PythonCommand(ByVal action As String) As String
    ' Where cchc-xl is not installed this does nothing, instead of showing a traceback.
    PythonCommand = "import importlib.util as u; u.find_spec('cchc_xl') and __import__('" & _
        BUTTONS & "', fromlist=['" & action & "'])." & action & "()"
End Function

Private Function MacroOf(ByVal name As String) As String
    MacroOf = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & name
End Function

' ---- Functions in cells ---------------------------------------------------------------------

Public Function CallPython(ByVal name As String, ByVal arguments As Variant) As Variant
    Dim server As Object
    Set server = Application.Run(MacroOf("XLPy"))
    CallPython = server.CallUDF(FUNCTIONS, name, arguments, TargetBook(), Application.Caller)
End Function

Public Sub DescribeFunctions()
    Dim known As Variant, row As Long, column As Long, last As Long
    Dim described() As String
    known = ThisWorkbook.Names("CCHC_FUNCTIONS").RefersToRange.Value
    For row = 1 To UBound(known, 1)
        last = 0
        ReDim described(1 To UBound(known, 2))
        For column = 3 To UBound(known, 2)
            If CStr(known(row, column)) <> "" Then
                last = last + 1
                described(last) = CStr(known(row, column))
            End If
        Next column
        If last > 0 Then
            ReDim Preserve described(1 To last)
            Application.MacroOptions Macro:=CStr(known(row, 1)), _
                Description:=CStr(known(row, 2)), Category:="CCHC", _
                ArgumentDescriptions:=described
        Else
            Application.MacroOptions Macro:=CStr(known(row, 1)), _
                Description:=CStr(known(row, 2)), Category:="CCHC"
        End If
    Next row
End Sub

' ---- Workbooks, texts, dialogs --------------------------------------------------------------

Private Function TargetBook() As Workbook
    ' A master works on itself, the add-in on the workbook in front.
    If LCase$(Right$(ThisWorkbook.Name, 5)) = ".xlam" Then
        Set TargetBook = ActiveWorkbook
    Else
        Set TargetBook = ThisWorkbook
    End If
End Function

Private Function HasName(ByVal name As String) As Boolean
    Dim book As Workbook
    Set book = TargetBook()
    If book Is Nothing Then Exit Function
    On Error Resume Next
    HasName = Len(book.Names(name).RefersTo) > 0
End Function

Public Function TextOf(ByVal key As String) As String
    Dim texts As Variant, row As Long
    texts = ThisWorkbook.Names("CCHC_TEXTS").RefersToRange.Value
    TextOf = key
    For row = 1 To UBound(texts, 1)
        If CStr(texts(row, 1)) = key Then TextOf = CStr(texts(row, 2))
    Next row
End Function

Public Sub Say(ByVal text As String)
    ' MsgBox would turn Vietnamese letters into question marks.
    Dim shell As Object
    Set shell = CreateObject("WScript.Shell")
    shell.Popup text, 0, "cchc-xl", INFORMATION
End Sub

Public Sub PickFolder()
    Dim dialog As Object
    If Not HasName("CCHC_FOLDER") Then
        Say TextOf("only_master")
        Exit Sub
    End If
    Set dialog = Application.FileDialog(FOLDER_PICKER)
    dialog.Title = TextOf("choose_folder")
    If dialog.Show <> -1 Then Exit Sub
    TargetBook().Names("CCHC_FOLDER").RefersToRange.Value = dialog.SelectedItems(1)
End Sub

' ---- The machine ----------------------------------------------------------------------------

Public Sub TellOfMachine()
    Dim facts As Range, row As Long
    Application.StatusBar = TextOf("busy.check_machine")
    Set facts = ThisWorkbook.Names("CCHC_FACTS").RefersToRange
    For row = 1 To facts.Rows.Count
        facts.Cells(row, 2).Value = Fact(CStr(facts.Cells(row, 1).Value))
    Next row
    Application.StatusBar = False
    Application.Calculate
    Say CStr(ThisWorkbook.Names("CCHC_MACHINE").RefersToRange.Value)
End Sub

Private Function Fact(ByVal key As String) As String
    On Error Resume Next
    Select Case key
        Case "macros": Fact = "1"
        Case "python": Fact = PythonAnswer()
        Case "settings": Fact = YesNo(Dir(Environ("USERPROFILE") & "\.xlwings\xlwings.conf") <> "")
        Case "trusted": Fact = YesNo(IsTrusted(TargetBook().Path))
        Case "web": Fact = YesNo(LCase$(Left$(TargetBook().FullName, 4)) = "http")
        Case "bits": Fact = Bits()
        Case "version": Fact = "v" & Application.Version
        Case "decimal": Fact = "x" & Application.International(DECIMAL_SEPARATOR)
        Case "country": Fact = CStr(Application.International(COUNTRY))
    End Select
End Function

Private Function YesNo(ByVal fine As Boolean) As String
    YesNo = IIf(fine, "1", "0")
End Function

Private Function PythonAnswer() As String
    ' The button "ping" leaves its version and its interpreter in the status bar.
    Dim busy As String
    busy = CStr(Application.StatusBar)
    RunButton "ping"
    If CStr(Application.StatusBar) <> busy Then PythonAnswer = CStr(Application.StatusBar)
    Application.StatusBar = busy
End Function

Private Function Bits() As String
    #If Win64 Then
        Bits = "64"
    #Else
        Bits = "32"
    #End If
End Function

Private Function IsTrusted(ByVal folder As String) As Boolean
    Dim number As Long
    If folder = "" Then Exit Function
    IsTrusted = IsBelow(folder, TrustedPath("cchc-xl"))
    For number = 0 To MOST_LOCATIONS
        If IsBelow(folder, TrustedPath("Location" & number)) Then IsTrusted = True
    Next number
End Function

Private Function TrustedPath(ByVal location As String) As String
    Dim shell As Object
    On Error Resume Next
    Set shell = CreateObject("WScript.Shell")
    TrustedPath = shell.ExpandEnvironmentStrings(shell.RegRead( _
        "HKCU\Software\Microsoft\Office\" & Application.Version & TRUSTED & location & "\Path"))
End Function

Private Function IsBelow(ByVal folder As String, ByVal place As String) As Boolean
    If place = "" Then Exit Function
    If Right$(place, 1) <> "\" Then place = place & "\"
    IsBelow = LCase$(Left$(folder & "\", Len(place))) = LCase$(place)
End Function
