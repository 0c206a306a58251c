"""cchc-xl: check, merge and draft administrative-reform reports without leaving Excel."""

__version__ = "0.1.0"
