"""What the commands of `vfa` do: a function each; heavy modules are imported where used."""

from __future__ import annotations

import argparse

from . import output
from .arguments import parameters, standard_input
from .endings import DIFFERENT, DONE
from .package import Package, PackageError, package
from .terminal import complain, emit


def tables(args: argparse.Namespace) -> None:
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


def show(args: argparse.Namespace) -> None:
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


def query(args: argparse.Namespace) -> None:
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


def sql(args: argparse.Namespace) -> None:
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


def validate(args: argparse.Namespace) -> int:
    from .asked import asked
    from .validation import validate

    with asked(args.path) as (pkg, file, words):
        report = validate(pkg, quick=args.quick, seconds=args.timeout, megabytes=args.memory)
    if file:
        report = report.of_file(file)
    if words:
        complain(words)
    is_json = args.format == "json"
    emit((report.to_json() if is_json else report.to_text()) + "\n", exact=is_json)
    return DONE if report.valid else DIFFERENT


def correct(args: argparse.Namespace) -> None:
    from .publishing import corrections
    from .publishing.opening import opened

    pkg = package()
    since = args.since or f"v{corrections.published_version(pkg)}"
    with opened(since) as old:
        changed = corrections.correct(old, pkg, args.tables, args.why, args.release)
    emit(f"{changed} rows of tables/{corrections.TABLE}.csv changed; look through them\n")


def release(args: argparse.Namespace) -> None:
    from .publishing.release import release

    emit(f"release {release(package())} is in the ledger\n")


def rules(args: argparse.Namespace) -> None:
    from .validation.rules import catalogue

    rules = catalogue(package())
    if args.format == "json":
        import json

        found = [rule._asdict() for rule in rules]
        emit(json.dumps(found, ensure_ascii=False, indent=2) + "\n", exact=True)
        return
    emit("".join(f"{rule.level:11} {rule.id:36} {rule.title}\n" for rule in rules))


def cite(args: argparse.Namespace) -> None:
    from .citation import cite
    from .sharing import table

    emit(cite(package(), args.style, table(args.table) if args.table else None) + "\n")


def mcp(args: argparse.Namespace) -> None:
    from .conversion import needs

    with needs("mcp", "vfa mcp"):
        from .assistant.server import serve

        serve(package(), args.http)


def build(args: argparse.Namespace) -> None:
    from .publishing.build import build

    build(package(), args.output)


def diff(args: argparse.Namespace) -> int:
    from .publishing import diff
    from .publishing.opening import opened

    with opened(args.old) as old, opened(args.new) as new:
        found = diff.compare(old, new)
    emit(diff.FORMATS[args.format](found) + "\n", exact=args.format != "text")
    return DIFFERENT if found else DONE


def at(args: argparse.Namespace) -> None:
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


def format(args: argparse.Namespace) -> None:
    from .publishing.tidy import tidy

    done = tidy(package(), args.files)
    lines = [f"formatted {path}: {', '.join(changes)}\n" for path, changes in done.items()]
    emit("".join(lines) or "nothing to do: everything is in order\n")


def docs(args: argparse.Namespace) -> int:
    from . import documentation

    return getattr(documentation, args.what)(package())
