"""The face in Excel: what the buttons and the functions of the master call."""
