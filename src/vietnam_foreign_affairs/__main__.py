"""`python -m vietnam_foreign_affairs`: the command `vfa` where the script is not on the path."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
