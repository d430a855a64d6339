"""The command `vfa`: one short function a command; heavy modules are imported where used."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import completion, output
from .arguments import Parser, address, megabytes, number, parameters, seconds, standard_input
from .endings import DIFFERENT, DONE, ended
from .package import Package, PackageError, package
from .terminal import complain, emit


def main(argv: list[str] | None = None) -> int:
    """Run a command; the exit status is one of those in `endings`."""

    def run() -> int | None:
        parser = _parser()
        completion.offer(parser)
        args = parser.parse_args(argv)
        return args.run(args)

    return ended(run)


def _tables(args: argparse.Namespace) -> None:
    import duckdb

    from . import sharing
    from .database import literal

    lines = [
        f"SELECT {literal(t.name)} AS table, {literal(t.role)} AS role, "
        f"{sharing.read(t.name).count('*').fetchall()[0][0]} AS rows, {len(t.fields)} AS fields, "
        f"{literal(t.title)} AS title, {literal(t.coverage.ends_on)} AS covers_until, "
        f"{t.coverage.complete} AS complete"
        for t in sharing.tables()
    ]
    output.write(duckdb.sql(" UNION ALL ".join(lines)), args.format)


def _show(args: argparse.Namespace) -> None:
    from .serving import connect
    from .sharing import read

    if args.name in {t.name for t in package().tables}:
        relation = read(args.name)
    else:
        con = connect()
        views = [
            r[0]
            for r in con.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        ]
        if args.name not in views:
            tables = ", ".join(t.name for t in package().tables)
            raise PackageError(
                f"there is no table or view {args.name!r}; the tables are {tables}; "
                f"the views are {', '.join(sorted(views))}"
            )
        relation = con.table(args.name)
    output.write(relation, args.format, args.limit, args.output)


def _query(args: argparse.Namespace) -> None:
    from . import questions
    from .serving import connect

    pkg = package()
    if not args.name:
        _list_queries(pkg)
        return
    question, given = questions.find(pkg, args.name), parameters(args.parameters)
    answer = questions.run(connect(), question, **given)
    output.write(answer, args.format, file=args.output)


def _list_queries(pkg: Package) -> None:
    from . import questions

    lines = []
    for query in questions.queries(pkg):
        lines.append(f"{query.name:36} {query.question}\n")
        lines += [f"{'':36}   {p.name}={p.default}  {p.description}\n" for p in query.parameters]
    emit("".join(lines))


def _run_sql(args: argparse.Namespace) -> None:
    import duckdb

    from .database import lock
    from .serving import connect

    sql = standard_input() if args.sql == "-" else args.sql
    con = connect()
    lock(con)
    try:
        kinds = [statement.type for statement in con.extract_statements(sql)]
        if not set(kinds) <= {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}:
            raise PackageError("vfa sql reads only: write SELECT, FROM or EXPLAIN")
        if len(kinds) != 1:
            raise PackageError(f"vfa sql runs one statement at a time, and this is {len(kinds)}")
        output.write(con.sql(sql), args.format, file=args.output)
    except duckdb.Error as error:
        raise PackageError(str(error)) from None


def _validate(args: argparse.Namespace) -> int:
    from .asked import asked
    from .validation import validate

    with asked(args.path) as (pkg, file, words):
        report = validate(pkg, quick=args.quick)
    if file:
        report = report.of_file(file)
    if words:
        complain(words)
    is_json = args.format == "json"
    emit((report.to_json() if is_json else report.to_text()) + "\n", exact=is_json)
    return DONE if report.valid else DIFFERENT


def _correct(args: argparse.Namespace) -> None:
    from .publishing import corrections
    from .publishing.opening import opened

    pkg = package()
    since = args.since or f"v{corrections.published_version(pkg)}"
    with opened(since) as old:
        added = corrections.correct(old, pkg, args.tables, args.why, args.release)
    emit(f"{added} corrections added to tables/{corrections.TABLE}.csv; look through them\n")


def _release(args: argparse.Namespace) -> None:
    from .publishing.release import release

    emit(f"release {release(package())} is in the ledger\n")


def _rules(args: argparse.Namespace) -> None:
    from .validation.rules import catalogue

    rules = catalogue(package())
    if args.format == "json":
        import json

        found = [rule._asdict() for rule in rules]
        emit(json.dumps(found, ensure_ascii=False, indent=2) + "\n", exact=True)
        return
    emit("".join(f"{rule.level:11} {rule.id:36} {rule.title}\n" for rule in rules))


def _cite(args: argparse.Namespace) -> None:
    from .citation import cite
    from .sharing import table

    emit(cite(package(), args.style, table(args.table) if args.table else None) + "\n")


def _mcp(args: argparse.Namespace) -> None:
    from .conversion import needs

    with needs("mcp", "vfa mcp"):
        from .assistant.server import serve

        serve(package(), args.http)


def _build(args: argparse.Namespace) -> None:
    from .publishing.build import build

    build(package(), args.output)


def _diff(args: argparse.Namespace) -> int:
    from .publishing import diff
    from .publishing.opening import opened

    with opened(args.old) as old, opened(args.new) as new:
        found = diff.compare(old, new)
    emit(diff.FORMATS[args.format](found) + "\n", exact=args.format != "text")
    return DIFFERENT if found else DONE


def _at(args: argparse.Namespace) -> None:
    from .publishing.history import Limits, answer
    from .publishing.opening import opened

    with opened(args.release) as pkg:
        if not args.name:
            _list_queries(pkg)
            return
        limits = Limits(args.timeout, args.memory)
        format = output.format_of(args.format, args.output)
        found = answer(pkg, args.name, parameters(args.parameters), format, limits)
        output.put(found, format, args.output)


def _format(args: argparse.Namespace) -> None:
    from .publishing.tidy import tidy

    done = tidy(package(), args.files)
    lines = [f"formatted {path}: {', '.join(changes)}\n" for path, changes in done.items()]
    emit("".join(lines) or "nothing to do: everything is in order\n")


def _docs(args: argparse.Namespace) -> int:
    from . import documentation

    return getattr(documentation, args.what)(package())


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="vfa",
        description="Viet Nam's foreign relations as an open data package that checks itself.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {package().version}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run, help: str, formats: tuple[str, ...] = output.FORMATS):
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        if formats:
            sub.add_argument(
                "--format", choices=formats, default=formats[0], help=f"default: {formats[0]}"
            )
        return sub

    def answering(name: str, run, help: str):
        """A command whose answer is rows, which may go to a file."""
        sub = command(name, run, help, ())
        sub.add_argument(
            "--format", choices=output.FORMATS, help="default: that of the file's name, or table"
        )
        sub.add_argument("--output", type=Path, metavar="FILE", help="write the answer to a file")
        return sub

    command("tables", _tables, "List the tables with their rows and coverage.")
    show = answering("show", _show, "Show a table or a view.")
    shown = show.add_argument("name", help="name of a table or view")
    shown.completer = completion.shown
    show.add_argument("--limit", type=number, help="show at most this many rows")
    query = answering("query", _query, "Answer a named question; without a name, list them.")
    asked = query.add_argument("name", nargs="?", help="name of the question")
    asked.completer = completion.queries
    query.add_argument(
        "parameters", nargs="*", metavar="PARAMETER=VALUE", help="for example day=2024-12-31"
    )
    sql = answering("sql", _run_sql, "Run SQL that reads, with access to files and network off.")
    sql.add_argument("sql", help="the SQL, or - to read it from standard input")
    check = command(
        "validate", _validate, "Check the package against every rule.", ("text", "json")
    )
    check.add_argument(
        "path",
        nargs="?",
        type=Path,
        help="a package folder, its datapackage.json, the zip of a release, or a CSV file",
    )
    check.add_argument("--quick", action="store_true", help="leave out what frictionless says")
    correct = command(
        "correct",
        _correct,
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
    command("release", _release, "Put the package as it is into the ledger of releases.", ())
    command("rules", _rules, "List the rules that validation applies.", ("text", "json"))
    cite = command("cite", _cite, "Say how to cite the package.", ())
    cite.add_argument("--style", choices=("text", "bibtex", "apa", "ris"), default="text")
    cited = cite.add_argument("--table", metavar="NAME", help="cite one table")
    cited.completer = completion.tables
    mcp = command("mcp", _mcp, "Serve an assistant: Model Context Protocol on standard input.", ())
    mcp.add_argument("--http", type=address, metavar="HOST:PORT", help="serve over HTTP")
    build = command("build", _build, "Build everything that users download.", ())
    build.add_argument("--output", type=Path, default=Path("dist"), help="folder (default: dist)")
    diff = command(
        "diff",
        _diff,
        "Say what changed between two releases; the exit status is 1 if anything did.",
        ("text", "csv", "markdown", "changelog"),
    )
    for name in ("old", "new"):
        diff.add_argument(name, help="a package folder, the zip of a release, or a git tag")
    at = answering("at", _at, "Ask an earlier release, for example: vfa at OLD.zip query partners.")
    at.add_argument("release", help="the zip of a release, a package folder, or a git tag")
    at.add_argument("what", choices=("query",), help="what to ask: query")
    at.add_argument("name", nargs="?", help="name of a question of that release")
    at.add_argument("parameters", nargs="*", metavar="PARAMETER=VALUE", help="its parameters")
    at.add_argument("--timeout", type=seconds, default=60.0, metavar="SECONDS", help="default: 60")
    at.add_argument("--memory", type=megabytes, default=1000, metavar="SIZE", help="default: 1GB")
    tidy = command(
        "format", _format, "Restore the order and quoting of tables; values stay as they are.", ()
    )
    tidy.add_argument("files", nargs="*", type=Path, help="CSV files (default: all tables)")
    docs = command("docs", _docs, "Build or serve the documentation site.", ())
    docs.add_argument("what", choices=("build", "serve"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
