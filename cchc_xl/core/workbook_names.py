"""The defined names by which our own workbooks are known again, whatever moved in them."""

# Where the id of the form, the unit, its code and the period stand.
FORM_NAME = "CCHC_FORM"
UNIT_NAME = "CCHC_UNIT"
UNIT_CODE_NAME = "CCHC_UNIT_CODE"
PERIOD_NAME = "CCHC_PERIOD"

# The words beside the unit, its code and the period on the form's sheet.
UNIT_LABEL = "Đơn vị báo cáo"
UNIT_CODE_LABEL = "Mã đơn vị (nếu có)"
PERIOD_LABEL = "Kỳ báo cáo"
PANEL_LABELS = (UNIT_LABEL, UNIT_CODE_LABEL, PERIOD_LABEL)

# Stands in a parent unit's workbook.
PARENT_NAME = "CCHC_PARENT"
