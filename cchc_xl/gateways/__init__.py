"""The modules that own a library or the file system."""
