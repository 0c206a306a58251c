"""What holds for all tests: none of them writes into the log of whoever runs them."""

from __future__ import annotations

import os

# Before any test, so that it holds in processes of their own too; a test of the log says where.
os.environ["CCHC_LOG"] = "off"
