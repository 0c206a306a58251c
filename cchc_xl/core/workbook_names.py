"""The names and words by which our own files are known again."""

# Defined names for the id of the form, the unit, its code and the period. The first tells that a
# workbook is ours; the unit and the period are read beside their labels, because a copied sheet
# and some programs leave names behind.
FORM_NAME = "CCHC_FORM"
UNIT_NAME = "CCHC_UNIT"
UNIT_CODE_NAME = "CCHC_UNIT_CODE"
PERIOD_NAME = "CCHC_PERIOD"

# The hidden sheet of settings in all our workbooks.
SETTINGS_SHEET = "_cchc"

# The words beside the unit, its code and the period on the form's sheet.
UNIT_LABEL = "Đơn vị báo cáo"
UNIT_CODE_LABEL = "Mã đơn vị (nếu có)"
PERIOD_LABEL = "Kỳ báo cáo"
PANEL_LABELS = (UNIT_LABEL, UNIT_CODE_LABEL, PERIOD_LABEL)

# Stands in the properties of a Word report as its author; Word keeps it when people edit.
WORD_AUTHOR = "cchc-xl (dự thảo tự động)"
# When a draft says that it was made and last changed: a fixed day, so that two drafts are equal.
DRAFT_DATE = "2022-01-01T00:00:00Z"

# Stands in a parent unit's workbook.
PARENT_NAME = "CCHC_PARENT"

# Stand in the master workbook: what an official chooses and reads on its start page.
ROLE_NAME = "CCHC_ROLE"
FOLDER_NAME = "CCHC_FOLDER"
STATUS_NAME = "CCHC_STATUS"
# The table of `Tổng hợp` and the map to the source cells, for the functions in cells.
TOTALS_NAME = "CCHC_TONGHOP"
SOURCES_NAME = "CCHC_NGUON"

REPORTING_ROLE = "Đơn vị báo cáo"
PARENT_ROLE = "Đơn vị tổng hợp"

# The set of forms that a reporting unit fills in unless it is told otherwise.
DEFAULT_SET = "bo-bieu-xa"
