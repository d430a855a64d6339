"""What a shell completes: commands, and the names in the package, read without its database."""

from __future__ import annotations

import argparse
import os

from .package import package


def offer(parser: argparse.ArgumentParser) -> None:
    """Answer the shell and leave, where it is the shell that asks (see `argcomplete`)."""
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete

        argcomplete.autocomplete(parser)


def tables(**_: object) -> list[str]:
    from .publishing.derived import published_views

    return [
        *(table.name for table in package().tables),
        *(view.name for view in published_views(package())),
    ]


def shown(**_: object) -> list[str]:
    return sorted({*tables(), *package().sql_of("views")})


def queries(**_: object) -> list[str]:
    return list(package().sql_of("queries"))
