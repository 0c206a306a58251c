"""`python -m cchc_xl` is the command `cchc-xl`."""

from cchc_xl.cli import main

raise SystemExit(main())
