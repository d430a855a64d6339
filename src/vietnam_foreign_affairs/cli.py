"""The command `vfa`: what it takes; what it does is the function of the same name in `commands`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import commands, completion, output
from .arguments import Parser, address, megabytes, number, seconds
from .endings import ended
from .package import package


def main(argv: list[str] | None = None) -> int:
    """Run a command; the exit status is one of those in `endings`."""

    def run() -> int | None:
        parser = _parser()
        completion.offer(parser)
        args = parser.parse_args(argv)
        return args.run(args)

    return ended(run)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="vfa",
        description="Viet Nam's foreign relations as an open data package that checks itself.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {package().version}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, help: str, formats: tuple[str, ...] = output.FORMATS):
        sub = subparsers.add_parser(name, help=help, description=help)
        sub.set_defaults(run=getattr(commands, name))
        if formats:
            sub.add_argument(
                "--format", choices=formats, default=formats[0], help=f"default: {formats[0]}"
            )
        return sub

    def answering(name: str, help: str):
        """A command whose answer is rows, which may go to a file."""
        sub = command(name, help, ())
        sub.add_argument(
            "--format", choices=output.FORMATS, help="default: that of the file's name, or table"
        )
        sub.add_argument("--output", type=Path, metavar="FILE", help="write the answer to a file")
        return sub

    command("tables", "List the tables with their rows and coverage.")
    show = answering("show", "Show a table or a view.")
    shown = show.add_argument("name", help="name of a table or view")
    shown.completer = completion.shown
    show.add_argument("--limit", type=number, help="show at most this many rows")
    query = answering("query", "Answer a named question; without a name, list them.")
    asked = query.add_argument("name", nargs="?", help="name of the question")
    asked.completer = completion.queries
    query.add_argument(
        "parameters", nargs="*", metavar="PARAMETER=VALUE", help="for example day=2024-12-31"
    )
    sql = answering("sql", "Run SQL that reads, with access to files and network off.")
    sql.add_argument("sql", help="the SQL, or - to read it from standard input")
    check = command("validate", "Check the package against every rule.", ("text", "json"))
    check.add_argument(
        "path",
        nargs="?",
        type=Path,
        help="a package folder, its datapackage.json, the zip of a release, or a CSV file",
    )
    check.add_argument("--quick", action="store_true", help="leave out what frictionless says")
    check.add_argument(
        "--timeout",
        type=seconds,
        default=300.0,
        metavar="SECONDS",
        help="for the SQL of the package (default: 300)",
    )
    check.add_argument(
        "--memory",
        type=megabytes,
        default=400,
        metavar="SIZE",
        help="of the database, before it spills to disk (default: 400MB)",
    )
    correct = command(
        "correct",
        "Write down what changed since the last release, for you to finish.",
        (),
    )
    correct.add_argument("tables", nargs="*", metavar="TABLE", help="tables (default: all)")
    correct.add_argument("--why", required=True, help="why it changed, in a sentence")
    correct.add_argument(
        "--since",
        help="what was published: a git tag or commit, a zip, a folder (default: the tag)",
    )
    correct.add_argument("--release", metavar="VERSION", help="the release that holds the change")
    command("release", "Put the package as it is into the ledger of releases.", ())
    command("rules", "List the rules that validation applies.", ("text", "json"))
    cite = command("cite", "Say how to cite the package.", ())
    cite.add_argument("--style", choices=("text", "bibtex", "apa", "ris"), default="text")
    cited = cite.add_argument("--table", metavar="NAME", help="cite one table")
    cited.completer = completion.tables
    mcp = command("mcp", "Serve an assistant: Model Context Protocol on standard input.", ())
    mcp.add_argument("--http", type=address, metavar="HOST:PORT", help="serve over HTTP")
    build = command("build", "Build everything that users download.", ())
    build.add_argument("--output", type=Path, default=Path("dist"), help="folder (default: dist)")
    diff = command(
        "diff",
        "Say what changed between two releases; the exit status is 1 if anything did.",
        ("text", "csv", "markdown", "changelog"),
    )
    for name in ("old", "new"):
        diff.add_argument(name, help="a package folder, the zip of a release, or a git tag")
    at = answering("at", "Ask an earlier release, for example: vfa at OLD.zip query partners.")
    at.add_argument("release", help="the zip of a release, a package folder, or a git tag")
    at.add_argument("what", choices=("query",), help="what to ask: query")
    at.add_argument("name", nargs="?", help="name of a question of that release")
    at.add_argument("parameters", nargs="*", metavar="PARAMETER=VALUE", help="its parameters")
    at.add_argument("--timeout", type=seconds, default=60.0, metavar="SECONDS", help="default: 60")
    at.add_argument("--memory", type=megabytes, default=1000, metavar="SIZE", help="default: 1GB")
    tidy = command(
        "format", "Restore the order and quoting of tables; values stay as they are.", ()
    )
    tidy.add_argument("files", nargs="*", type=Path, help="CSV files (default: all tables)")
    docs = command("docs", "Build or serve the documentation site.", ())
    docs.add_argument("what", choices=("build", "serve"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
