"""SQL of a stranger: it selects from the package's own tables, and that is all that it can do."""

from __future__ import annotations

import json
import subprocess
import sys

import duckdb
import pytest

from tests.strangers.conftest import ANSWER, HEAD, SECRET, Parts, World
from vietnam_foreign_affairs import cli
from vietnam_foreign_affairs.package import PackageError
from vietnam_foreign_affairs.publishing import locked
from vietnam_foreign_affairs.publishing.opening import opened

DEFINES = "may define views and macros, and select"
ONE = "a question is one SELECT"
CLOSED = "Permission Error"


def question(sql: str):
    return lambda made: made.files.update({"scripts/sql/queries/what.sql": HEAD + sql})


def view(sql: str):
    return lambda made: made.files.update({"scripts/sql/views/seen.sql": sql})


def asked_here(root, world: World) -> str:
    """What is said where SQL is refused, without the time that a process of its own takes."""
    before = world.seen()
    with opened(root) as pkg, pytest.raises((PackageError, duckdb.Error)) as caught:
        locked.ask(locked.connect(), pkg.root, "what", {}, 1000)
    assert world.seen() == before
    assert SECRET not in str(caught.value)
    return str(caught.value)


# SQL of a question: words of the sentence, or none where an answer is fine too, if it gives nothing
# away; what it is differs between versions of DuckDB.
QUESTIONS = {
    "FROM read_csv('{base}/here/x.csv')": CLOSED,
    "FROM read_csv('x.csv')": CLOSED,
    "FROM read_csv('.tmp/x.csv')": CLOSED,
    "FROM '.env'": "",
    "FROM 'x.csv'": CLOSED,
    "FROM read_text('/etc/passwd')": CLOSED,
    "FROM read_blob('/proc/self/environ')": CLOSED,
    "FROM read_json('{base}/here/sub/datapackage.json')": CLOSED,
    "FROM read_csv('tables/things.csv')": CLOSED,
    "FROM glob('*')": CLOSED,
    "FROM glob('/**')": CLOSED,
    "FROM sniff_csv('/etc/passwd')": CLOSED,
    "FROM parquet_metadata('x.csv')": CLOSED,
    "FROM read_csv('http://127.0.0.1:9/x.csv')": "",
    "FROM read_csv('https://example.org/x.csv')": "",
    "FROM query('FROM read_text(''/etc/passwd'')')": CLOSED,
    "FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''/etc/passwd'')'))": "",
    "SELECT getenv('HOME')": "",
    "FROM duckdb_secrets()": "",
    "FROM duckdb_extensions()": "",
    "SELECT name, value FROM duckdb_settings() WHERE value LIKE '/%'": None,
    "FROM duckdb_temporary_files()": None,
    "FROM asked": "",  # a name of the Python that runs it
    "FROM con": "",
    "FROM enable_logging(storage='file', storage_path='{base}/here/log')": None,
    "FROM pandas_scan(NULL)": "",  # ends the process before DuckDB 2
    "FROM pandas_scan(1::POINTER)": "",
    "FROM arrow_scan(NULL, NULL, NULL)": "",
    "SELECT error('said by the package')": "said by the package",
    "COPY (SELECT 1) TO '{base}/here/written.csv'": ONE,
    "COPY things FROM '{base}/here/x.csv'": ONE,
    "ATTACH '{base}/here/written.db'": ONE,
    "EXPORT DATABASE '{base}/here/written'": ONE,
    "IMPORT DATABASE '{base}/here'": "",
    "PRAGMA import_database('{base}/here')": "",
    "INSTALL httpfs": ONE,
    "LOAD httpfs": ONE,
    "LOAD '{base}/here/x.csv'": ONE,
    "SET enable_external_access = true": ONE,
    "RESET ALL": "",
    "SET threads = 1": ONE,
    "CALL enable_logging()": ONE,
    "CALL enable_profiling(save_location='{base}/here/written')": "",
    "PRAGMA enable_profiling = 'json'": ONE,
    "CREATE SECRET (TYPE http)": "",
    "CREATE TABLE t AS SELECT 1": ONE,
    "/* SELECT */ CREATE TABLE t AS SELECT 1": ONE,
    "UPDATE things SET words = 'another'": ONE,
    "DROP TABLE things": ONE,
    "SELECT 1; SELECT 2": ONE,
    "SELECT 1; COPY (SELECT 1) TO '{base}/here/written.csv'": ONE,
    "EXPLAIN ANALYZE FROM things": ONE,
    "": ONE,
    "SELECT": "Parser Error",
    "SELECT " + "(" * 20_000 + "1" + ")" * 20_000: "Parser Error",
    "SELECT " + "1 + " * 20_000 + "1": "Parser Error",
    "SELECT '\x1b[2J\u202e'": None,
}


@pytest.mark.parametrize("sql", QUESTIONS, ids=lambda sql: ascii(sql)[1:60])
def test_a_question_reaches_nothing_but_its_tables(sql: str, world: World, attack):
    root = world.make(question(sql.replace("{base}", str(world.base))))
    words = QUESTIONS[sql]
    if words in (CLOSED, ONE):
        assert words in asked_here(root, world)
        return
    done = attack("at", root, "query", "what")
    assert done.status == 2 or words is None
    assert (words or "") in done.err
    assert "\x1b" not in done.out + done.err
    assert "\u202e" not in done.out + done.err


VIEWS = {
    "COPY (SELECT 1) TO '{base}/here/written.csv';": DEFINES,
    "CREATE VIEW seen AS FROM read_text('{base}/here/.env');": CLOSED,
    "CREATE VIEW seen AS SELECT (SELECT content FROM read_text('/etc/passwd')) AS words;": CLOSED,
    "CREATE TABLE seen AS FROM read_csv('x.csv');": DEFINES,
    "CREATE VIEW seen AS FROM things; INSTALL httpfs;": DEFINES,
    "CREATE VIEW seen AS FROM things; DROP TABLE things;": DEFINES,
    "CREATE VIEW seen AS FROM things; ALTER TABLE things RENAME TO others;": DEFINES,
    "CREATE SECRET (TYPE http);": DEFINES,
    "CREATE SEQUENCE seen;": DEFINES,
    "SET memory_limit = '100GB';": DEFINES,
    "PRAGMA import_database('{base}/here');": "",
    "SELECT * FROM pandas_scan(NULL);": "",
    "/* CREATE VIEW */ CREATE TABLE seen AS SELECT 1;": DEFINES,
    "CREATE /* VIEW */ TABLE seen AS SELECT 1;": DEFINES,
    "CREATE VIEW seen AS FROM seen;": "",
    "CREATE VIEW seen AS FROM what_else;": "what_else",
    "CREATE MACRO f(x) AS f(x); CREATE VIEW seen AS SELECT f(1);": "",
    "no SQL at all": "Parser Error",
}


@pytest.mark.parametrize("sql", VIEWS, ids=lambda sql: sql[:60])
def test_a_view_reaches_nothing_but_its_tables(sql: str, world: World, attack):
    root = world.make(view(sql.replace("{base}", str(world.base))))
    words = VIEWS[sql]
    if words in (CLOSED, DEFINES):
        assert words in asked_here(root, world)
        return
    done = attack("at", root, "query", "what")
    assert done.status == 2
    assert words in done.err


def test_views_that_need_each_other_are_one_sentence(world: World, attack):
    def edit(made: Parts) -> None:
        view("CREATE VIEW seen AS FROM other;")(made)
        made.files["scripts/sql/views/other.sql"] = "CREATE VIEW other AS FROM seen;"

    assert "views need each other: " in attack("at", world.make(edit), "query", "what").err


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(range) FROM range(1000000000000000)",
        "WITH RECURSIVE r AS (SELECT 1 a UNION ALL SELECT a + 1 FROM r) SELECT count(*) FROM r",
    ],
)
def test_a_query_without_an_end_is_ended(sql: str, world: World, attack):
    done = attack("at", "--timeout", "1", world.make(question(sql)), "query", "what")
    assert "cannot answer what in 1 seconds; --timeout gives it more" in done.err


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list(range) FROM range(1000000000)",
        "SELECT repeat('x', 100000000) FROM range(100)",
        "SELECT format('{:<2000000000}', 'x')",
    ],
)
def test_a_query_without_measure_gets_the_memory_that_is_its_due(sql: str, world: World, attack):
    done = attack("at", "--memory", "200MB", world.make(question(sql)), "query", "what")
    assert done.status == 2
    assert "it needs more than 200 MB of memory; --memory gives it more" in done.err


def test_a_process_that_dies_is_one_sentence(world: World, attack, monkeypatch):
    dying = world.base / "dying"
    dying.write_text("#!/bin/sh\necho xyzzy; kill -9 $$\n")
    dying.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dying))
    done = attack("at", world.good, "query", "what")
    assert "cannot answer what: its SQL ended the process (status -9)" in done.err


def test_the_process_that_runs_sql_can_write_no_file(world: World, attack):
    """The second wall: where DuckDB's own lock would fail, the system's limit stands."""
    script = (
        "from vietnam_foreign_affairs.publishing.locked import _limit; _limit(9, 500);"
        "open('written', 'w').write('x' * 100_000)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=world.base / "tmp", capture_output=True
    )
    assert done.returncode != 0
    assert (world.base / "tmp/written").stat().st_size == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--timeout", "nan"), "not from 0 to"),
        (("--timeout", "0"), "not from 0 to"),
        (("--timeout", "soon"), "invalid"),
        (("--memory", "1TB"), "500MB or 2GB"),
        (("--memory", "-1GB"), "expected one argument|500MB or 2GB"),
        (("--memory", "1GB; SET x"), "500MB or 2GB"),
    ],
)
def test_a_limit_that_is_none_is_wrong_use(options, words, world: World, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["at", *options, str(world.good), "query", "what"])
    assert caught.value.code == 2
    assert any(word in capsys.readouterr().err for word in words.split("|"))


@pytest.mark.parametrize(
    "value", ["' OR 1=1 --", "'); COPY (SELECT 1) TO 'written.csv'; --", "\x1b[2J", "\\", "a''b"]
)
def test_a_parameter_is_a_value(value: str, world: World, attack):
    sql = "SELECT coalesce(getvariable('x'), 'y') AS said"
    root = world.make(question(f"-- param x: any\n{sql}"))
    done = attack("at", root, "query", "what", f"x={value}", "--format", "json")
    assert done.status == 0
    assert json.loads(done.out) == [{"said": value}]


def test_questions_are_listed_without_what_could_steer_a_terminal(world: World, attack):
    root = world.make(
        lambda made: made.files.update(
            {
                "scripts/sql/queries/what.sql": HEAD.replace("What?", "\x1b[2JWhat\u202e?")
                + "FROM seen"
            }
        )
    )
    done = attack("at", root, "query")
    assert "\\u001b[2JWhat\\u202e?" in done.out


@pytest.mark.parametrize("text", ["SELECT 1", "-- title: t\nSELECT 1", "-- param x: y\nSELECT 1"])
def test_a_question_without_its_header_is_one_sentence(text: str, world: World, attack):
    root = world.make(lambda made: made.files.update({"scripts/sql/queries/what.sql": text}))
    for words in (("query",), ("query", "what")):
        assert attack("at", root, *words).status == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("thing_id\na\n", "the header must read"),
        ("", "the header must read"),
        (b"\xff\xfea\0", "line 1: not UTF-8"),
        ("{header}\na,caf\xe9,,,,\n".encode("latin-1"), "line 2: not UTF-8"),
        ("{header}\na,b\n", "line 2: 2 cells, not 6"),
        ('{header}\na,"b,,,,\n', "line 2"),
        ("{header}\na,b,soon,day,s1,p\n", "soon"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_sentence(content, words, world: World, attack):
    header = "thing_id,words,seen_on,seen_on_precision,source_id,locator"
    if isinstance(content, bytes):
        content = content.replace(b"{header}", header.encode())
    else:
        content = content.replace("{header}", header)
    root = world.make(lambda made: made.files.update({"tables/things.csv": content}))
    done = attack("at", root, "query", "what")
    assert done.status == 2
    assert words in done.err
    assert "things.csv" in done.err
    if words != "soon":  # a value of a wrong type is text like another to `diff`
        assert words in attack("diff", root, world.good).err
        assert words in attack("diff", world.good, root).err


def test_the_answer_is_whole(world: World, attack):
    for format in ("table", "csv", "json"):
        done = attack("at", world.good, "query", "what", "--format", format)
        assert done.status == 0
        assert ANSWER in done.out
        assert SECRET not in done.out
