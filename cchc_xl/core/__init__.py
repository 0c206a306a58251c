"""The pure core: no file, no Excel, no print."""
