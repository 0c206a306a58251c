Attribute VB_Name = "CchcFunctions"
' Written by cchc-xl build from cchc_xl/excel/functions.py: changes here are lost.
Option Explicit

Public Function CCHC_SO(vung As Variant) As Variant
    On Error GoTo failed
    CCHC_SO = CallPython("numbers", Array(vung))
    Exit Function
failed:
    CCHC_SO = CVErr(xlErrValue)
End Function

Public Function CCHC_VIET(so As Variant, Optional so_le As Variant) As Variant
    On Error GoTo failed
    CCHC_VIET = CallPython("written", Array(so, so_le))
    Exit Function
failed:
    CCHC_VIET = CVErr(xlErrValue)
End Function

Public Function CCHC_TYLE(tu_so As Variant, mau_so As Variant) As Variant
    On Error GoTo failed
    CCHC_TYLE = CallPython("percents", Array(tu_so, mau_so))
    Exit Function
failed:
    CCHC_TYLE = CVErr(xlErrValue)
End Function

Public Function CCHC_CHITIEU(ma As Variant, Optional gi As Variant) As Variant
    On Error GoTo failed
    CCHC_CHITIEU = CallPython("indicators", Array(ma, gi))
    Exit Function
failed:
    CCHC_CHITIEU = CVErr(xlErrValue)
End Function

Public Function CCHC_KIEMTRA(ma As Variant, so_lieu As Variant, Optional bieu As Variant) As Variant
    On Error GoTo failed
    CCHC_KIEMTRA = CallPython("findings", Array(ma, so_lieu, bieu))
    Exit Function
failed:
    CCHC_KIEMTRA = CVErr(xlErrValue)
End Function

Public Function CCHC_GIAITHICH(ma As Variant, tong_hop As Variant, nguon As Variant) As Variant
    On Error GoTo failed
    CCHC_GIAITHICH = CallPython("explanation", Array(ma, tong_hop, nguon))
    Exit Function
failed:
    CCHC_GIAITHICH = CVErr(xlErrValue)
End Function

Public Function CCHC_CAU(muc As Variant, ma As Variant, so_lieu As Variant, don_vi As Variant, ky As Variant) As Variant
    On Error GoTo failed
    CCHC_CAU = CallPython("sentences", Array(muc, ma, so_lieu, don_vi, ky))
    Exit Function
failed:
    CCHC_CAU = CVErr(xlErrValue)
End Function

Public Function CCHC_SOATLOI(vung As Variant) As Variant
    On Error GoTo failed
    CCHC_SOATLOI = CallPython("faults", Array(vung))
    Exit Function
failed:
    CCHC_SOATLOI = CVErr(xlErrValue)
End Function
