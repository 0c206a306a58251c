"""Makes the workbooks that officials open, from `schemas/` and `macros/`."""
