"""Faults of the system: what is written is whole, whatever happens. They need a POSIX system."""

import sys

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []
