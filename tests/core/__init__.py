"""The pure core: no file of an official, no Excel; milliseconds."""
