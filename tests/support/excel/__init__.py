"""Excel without Excel: xlwings' own Windows engine and the VBA of our workbooks, run in memory.

xlwings' Windows code is imported over stub pywin32 modules (`windows_stubs`); the COM objects that
it talks to (`com_objects`) forward to pyOpenVBA's object model of Excel (`excel_model`), and every
call is counted as one round trip. Macros run in pyOpenVBA's interpreter; `macro_host` answers what
stands outside of it. Tests use `memory_book` and `udfs` only: all that is private of the two
libraries stays in this package, both are pinned exactly.
"""
