"""`python -m kith` is the command `kith`."""

from kith.cli import main

raise SystemExit(main())
