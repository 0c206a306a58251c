"""One module for each thing an official wants done; the faces call these."""
