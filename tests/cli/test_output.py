"""Answers as table, CSV and JSON: every type, every stream, and files written whole or not."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from vietnam_foreign_affairs.formatting import to_text
from vietnam_foreign_affairs.output import write
from vietnam_foreign_affairs.values import names
from vietnam_foreign_affairs.visible import visible

NOT_FOR_TERMINALS = "\x1b\x07\x7f\x9b\xad\u200b\u200d\u202e\u2066\u2028\ufeff\U000e0041"
VALUES = [  # SQL, in JSON, in CSV
    ("1.5", 1.5, "1.5"),
    ("12345678901234567.89::DECIMAL(19, 2)", "12345678901234567.89", "12345678901234567.89"),
    ("170141183460469231731687303715884105727", 2**127 - 1, str(2**127 - 1)),
    ("3.0::DOUBLE", 3.0, "3"),
    ("1e300", 1e300, "1e+300"),
    ("'nan'::DOUBLE", "NaN", "NaN"),
    ("'-inf'::FLOAT", "-Infinity", "-Infinity"),
    ("true", True, "true"),
    ("NULL", None, ""),
    ("''", "", ""),
    ("DATE '2024-12-31'", "2024-12-31", "2024-12-31"),
    ("DATE 'infinity'", "infinity", "infinity"),
    ("DATE '0044-03-15 (BC)'", "0044-03-15 (BC)", "0044-03-15 (BC)"),
    ("TIMESTAMP '2024-12-31 10:00:00'", "2024-12-31 10:00:00", "2024-12-31 10:00:00"),
    ("TIMESTAMP_NS '2024-12-31 00:00:00.000000009'", *2 * ["2024-12-31 00:00:00.000000009"]),
    ("TIME '12:00:01'", "12:00:01", "12:00:01"),
    ("TIMETZ '12:00:00+02'", "12:00:00+02", "12:00:00+02"),
    ("INTERVAL '1 month 3 days'", "1 month 3 days", "1 month 3 days"),
    ("'47183823-2574-4bfd-b411-99ed177d3e43'::UUID", *2 * ["47183823-2574-4bfd-b411-99ed177d3e43"]),
    ("'\\xAA'::BLOB", "\\xAA", "\\xAA"),
    ("'101'::BIT", "101", "101"),
    ("'a'::ENUM ('a', 'b')", "a", "a"),
    ("union_value(n := 1)", "1", "1"),
    ("'{\"a\": 1}'::JSON", '{"a": 1}', '{"a": 1}'),
    ("['LAO', NULL]", ["LAO", None], '["LAO", null]'),
    ("[1, 2]::INTEGER[2]", [1, 2], "[1, 2]"),
    ("[DATE '2024-12-31']", ["2024-12-31"], '["2024-12-31"]'),
    (
        "{'d': DATE '2024-12-31', 'a \"b\"': [INTERVAL 1 DAY, NULL]}",
        {"d": "2024-12-31", 'a "b"': ["1 day", None]},
        '{"d": "2024-12-31", "a \\"b\\"": ["1 day", null]}',
    ),
    ("{'n': ['nan'::DOUBLE, 1.5]}", {"n": ["NaN", 1.5]}, '{"n": ["NaN", 1.5]}'),
    ("MAP {1: DATE '2024-12-31'}", {"1": "2024-12-31"}, '{"1": "2024-12-31"}'),
    ("MAP {[1]: 2}", {"key": [[1]], "value": [2]}, '{"key": [[1]], "value": [2]}'),
    ("row(1, DATE '2024-12-31')", "(1, 2024-12-31)", "(1, 2024-12-31)"),
]


CON = duckdb.connect()


def asked(sql: str, format: str) -> str:
    """What a command writes, without a process for each question."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    before, sys.stdout = sys.stdout, out
    try:
        write(CON.sql(sql), format)
    finally:
        sys.stdout = before
    return out.buffer.getvalue().decode("utf-8")


@pytest.mark.parametrize(("sql", "in_json", "in_csv"), VALUES, ids=[v[0] for v in VALUES])
def test_every_type_has_a_form_in_json_and_csv(sql, in_json, in_csv):
    def refuse(constant):
        raise AssertionError(f"{constant} is not JSON")

    (record,) = json.loads(asked(f"SELECT {sql} AS x", "json"), parse_constant=refuse)
    assert record == {"x": in_json}
    rows = list(csv.reader(io.StringIO(asked(f"SELECT {sql} AS x, 1 AS n", "csv"), newline="")))
    assert rows == [["x", "n"], [in_csv, "1"]]
    assert "x" in asked(f"SELECT {sql} AS x", "table")


def test_the_time_has_a_form_with_duckdb_alone(vfa):
    done = vfa("sql", "SELECT current_timestamp AS now, now() AS n", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["now"].startswith("20")


def test_columns_of_one_name_are_told_apart(vfa):
    sql = "SELECT 1 AS x, 2 AS x, 3 AS x_2, 4 AS x"
    assert asked(sql, "csv") == "x,x_3,x_2,x_4\n1,2,3,4\n"
    assert json.loads(asked(sql, "json")) == [{"x": 1, "x_3": 2, "x_2": 3, "x_4": 4}]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.text(max_size=3)))
def test_names_are_all_different_and_kept_where_they_were(columns):
    made = names(columns)
    assert len(set(made)) == len(columns)
    assert [name for name in made if name in columns] == list(dict.fromkeys(columns))


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=500, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(texts, min_size=n, max_size=n))))
def test_any_text_comes_back_from_csv(rows):
    assert list(csv.reader(io.StringIO(to_text(rows), newline=""), strict=True)) == rows


rows_of_three = st.tuples(texts, st.integers(-(2**63), 2**63 - 1), st.floats())


@settings(max_examples=500, deadline=None)
@given(st.lists(rows_of_three, min_size=1, max_size=5))
def test_any_row_comes_back_from_json_and_csv(rows):
    literals = ", ".join(
        f"({quoted(a)}, '{b}'::BIGINT, '{c}'::DOUBLE, [{quoted(a)}])" for a, b, c in rows
    )
    sql = f"FROM (VALUES {literals}) AS t (a, b, c, l)"
    found = json.loads(asked(sql, "json"))
    wanted = [(a, b, c + 0.0, [a]) for a, b, c in rows]
    assert repr([(r["a"], r["b"], float(r["c"]) + 0.0, r["l"]) for r in found]) == repr(wanted)
    cells = list(csv.reader(io.StringIO(asked(sql, "csv"), newline="")))[1:]
    again = [(a, int(b), float(c) + 0.0, json.loads(one)) for a, b, c, one in cells]
    assert repr(again) == repr(wanted)


def quoted(text: str) -> str:
    """An SQL expression for any text, by its bytes."""
    return f"decode(from_hex('{text.encode().hex()}'))"


def test_limits(vfa):
    assert asked("FROM range(100)", "table").count("\n") < 75
    shown = vfa("show", "sources", "--limit", "100").stdout
    assert shown.count("\n") > 100
    assert "0 rows" in vfa("show", "countries", "--limit", "0").stdout
    assert json.loads(vfa("show", "countries", "--limit", "0", "--format", "json").stdout) == []
    assert vfa("show", "leaders", "--limit", 10**30, "--format", "csv").returncode == 0


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_machines_get_utf_8_and_people_what_their_terminal_has(vfa, encoding):
    def ask(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "vietnam_foreign_affairs", *arguments],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        )

    for format in ("csv", "json"):
        done = ask("show", "countries", "--format", format)
        assert done.returncode == 0, done.stderr
        assert "Hàn Quốc" in done.stdout.decode("utf-8")
    done = ask("sql", "SELECT iso3, name_vi FROM countries WHERE iso3 = 'KOR'")
    assert done.returncode == 0, done.stderr
    assert "H?n Qu?c" in done.stdout.decode(encoding).replace("à", "?")
    assert "| KOR" in done.stdout.decode(encoding)
    assert ask("query").returncode == 0


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_no_cell_steers_a_terminal(format):
    sql = "SELECT " + " || ".join(f"chr({ord(char)})" for char in NOT_FOR_TERMINALS) + " AS x"
    seen = on_terminal("sql", sql, "--format", format)
    assert "\\u202e" in seen
    assert [char for char in NOT_FOR_TERMINALS if char in seen] == []
    if format == "json":
        assert json.loads(seen)[0]["x"] == NOT_FOR_TERMINALS, "the escapes mean the same"


def test_a_message_does_not_steer_a_terminal_either():
    seen = on_terminal("show", f"no{NOT_FOR_TERMINALS}name")
    assert "there is no table or view" in seen
    assert [char for char in NOT_FOR_TERMINALS if char in seen] == []


def on_terminal(*arguments: str) -> str:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "vietnam_foreign_affairs", *arguments], stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    data = b""
    try:
        while part := os.read(ours, 65536):
            data += part
    except OSError:
        pass  # the other end is closed
    os.close(ours)
    process.wait()
    return data.decode("utf-8").replace("\r\n", "\n")


def test_a_pipe_gets_csv_and_json_exactly(vfa):
    sql = "SELECT " + " || ".join(f"chr({ord(char)})" for char in NOT_FOR_TERMINALS) + " AS x"
    assert vfa("sql", sql, "--format", "csv").stdout == f"x\n{NOT_FOR_TERMINALS}\n"
    assert NOT_FOR_TERMINALS[4:] in vfa("sql", sql, "--format", "json").stdout


@settings(max_examples=500, deadline=None)
@given(st.text())
def test_what_is_made_visible_is_printable(text):
    made = visible(text, keep="\n\t")
    assert all(c.isprintable() or c in "\n\t" for c in made)
    assert visible(made, keep="\n\t") == made


def test_vietnamese_is_visible_as_it_is():
    text = "Cộng hòa xã hội chủ nghĩa Việt Nam\tĐối tác chiến lược “toàn diện”\n"
    assert visible(text, keep="\n\t") == text


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "leaders"),
        ("query", "partners_as_of"),
        ("sql", "FROM leaders"),
        ("at", "tests-package", "query", "partners_as_of"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_answer_goes_to_a_file_in_the_format_of_its_name(vfa, tmp_path, workbook, arguments):
    arguments = [workbook.root if a == "tests-package" else a for a in arguments]
    file = tmp_path / "answer.json"
    done = vfa(*arguments, "--output", file)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert file.read_text("utf-8") == vfa(*arguments, "--format", "json").stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["answer.json", "package"]


def test_a_file_is_written_whole_or_not_at_all(vfa, tmp_path):
    file, link = tmp_path / "answer.csv", tmp_path / "link.csv"
    file.write_text("what was there")
    link.symlink_to(file)
    for arguments in (
        ["sql", "SELECT no"],
        ["show", "nothing"],
        ["query", "partners_as_of", "x=1"],
    ):
        assert vfa(*arguments, "--output", file).returncode == 2
        assert file.read_text() == "what was there"
    assert vfa("sql", "SELECT 1 AS n", "--output", link).returncode == 0
    assert link.is_symlink()
    assert file.read_text() == "n\n1\n"
    assert vfa("sql", "SELECT 1 AS n", "--output", file, "--format", "json").returncode == 0
    assert json.loads(file.read_text()) == [{"n": 1}]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["answer.csv", "link.csv"]


@pytest.mark.parametrize("file", ["", "no/folder/x.csv", "*" * 300])
def test_a_file_that_cannot_be_written_is_a_sentence(vfa, tmp_path, file):
    done = vfa("sql", "SELECT 1", "--output", tmp_path / file)
    assert done.returncode == 2
    assert done.stderr.startswith("vfa: ")
    assert done.stderr.count("\n") == 1


def test_a_device_is_written_to_and_not_replaced(vfa):
    done = vfa("sql", "SELECT 1 AS n", "--output", "/dev/stdout", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "n\n1\n")
    assert vfa("sql", "SELECT 1", "--output", "/dev/null").returncode == 0
    assert not os.path.isfile("/dev/null")


def test_no_cell_of_a_stranger_steers_a_terminal_through_a_report(vfa, workbook):
    workbook.change("events", lambda row: True, place=f"Hà{NOT_FOR_TERMINALS}Nội", starts_on="\x1b")
    for arguments in (["validate", workbook.root, "--quick"], ["diff", ROOT, workbook.root]):
        done = vfa(*arguments)
        assert done.returncode == 1
        assert "\\u001b" in done.stdout
        assert [char for char in NOT_FOR_TERMINALS if char in done.stdout] == []
    exact = vfa("diff", ROOT, workbook.root, "--format", "csv").stdout
    assert f"Hà{NOT_FOR_TERMINALS}Nội" in exact
