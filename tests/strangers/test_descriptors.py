"""What a descriptor or a schema may say: anything else is one sentence that names the place."""

from __future__ import annotations

import pytest

from tests.strangers.conftest import ANSWER, SECRET, Parts, World
from vietnam_foreign_affairs.package import Package, PackageError


def resource(**properties):
    def edit(made: Parts) -> None:
        made.descriptor["resources"][0].update(properties)

    return edit


def descriptor(**properties):
    return lambda made: made.descriptor.update(properties)


def schema(**properties):
    return lambda made: made.schema.update(properties)


def field(**properties):
    return lambda made: made.schema["fields"][1].update(properties)


def coverage(**properties):
    return lambda made: made.descriptor["resources"][0]["coverage"].update(properties)


def raw(name: str, content: bytes):
    return lambda made: made.files.update({name: content})


def nowhere(name: str, key: str):
    def edit(made: Parts) -> None:
        del (made.descriptor if name == "descriptor" else made.descriptor["resources"][0])[key]

    return edit


D, S = "datapackage.json", "schemas/things.json"
INJECTION = "1); COPY (SELECT 1) TO 'written.csv'; --"
KEY = {"fields": "words", "reference": {"resource": "", "fields": "thing_id"}}

# name: (edit, words of the sentence)
PATHS = {
    "absolute": "/etc/passwd",
    "above": "../here/x.csv",
    "above, on a detour": "tables/../../here/x.csv",
    "address": "https://example.org/things.csv",
    "address of a file": "file:///etc/passwd",
    "bucket": "s3://bucket/things.csv",
    "a pattern": "tables/*.csv",
    "a class of letters": "tables/[t]hings.csv",
    "one letter left open": "tables/thing?.csv",
    "back slashes": "tables\\things.csv",
    "a drive": "C:things.csv",
    "a device": "/dev/zero",
    "standard input": "/dev/stdin",
    "a device of Windows": "tables/NUL",
    "home": "~/things.csv",
    "a line break": "tables/things.csv\n",
    "a NUL": "tables/things.csv\0",
    "blank": "",
    "the folder itself": ".",
    "a folder": "tables",
    "too long": "t" * 5000,
    "a number": 7,
    "null": None,
    "several": ["tables/things.csv", "/etc/passwd"],
}
CASES = {
    **{f"path: {name}": (resource(path=path), "path") for name, path in PATHS.items()},
    **{f"schema: {name}": (resource(schema=path), "schema|path") for name, path in PATHS.items()},
    "path: of a derived table": (resource(path="/etc/passwd", role="derived"), "path '/etc/pass"),
    "schema: inline": (resource(schema={"fields": []}), "'schema' is .*, not a text"),
    "schema: not there": (resource(schema="schemas/none.json"), "does not exist"),
    "nothing": (raw(D, b""), "not JSON"),
    "no JSON": (raw(D, b"{"), "not JSON"),
    "no object": (raw(D, b"[]"), "not a JSON object"),
    "a text": (raw(D, b'"x"'), "not a JSON object"),
    "nested": (raw(D, b"[" * 200_000), "nested too deeply"),
    "nested objects": (raw(D, b'{"a":' * 200_000), "nested too deeply"),
    "huge": (raw(D, b" " * (5 << 20)), "5,242,880 bytes"),
    "a key twice": (raw(D, b'{"name": 1, "name": 2}'), "'name' stands twice"),
    "NaN": (raw(D, b'{"name": NaN}'), "NaN is no number"),
    "infinity": (raw(D, b'{"name": -Infinity}'), "-Infinity is no number"),
    "beyond all numbers": (raw(D, b'{"name": 1e999}'), "not JSON"),
    "ten thousand digits": (raw(D, b'{"name": ' + b"7" * 10_000 + b"}"), "not JSON"),
    "half a letter": (raw(D, b'{"name": "\\ud800"}'), "not JSON"),
    "another encoding": (raw(D, b'{"name": "\xe9"}'), "not JSON"),
    "UTF-16": (raw(D, '{"name": "x"}'.encode("utf-16")), "not JSON"),
    "no name": (nowhere("descriptor", "name"), "lacks 'name'"),
    "no resources": (nowhere("descriptor", "resources"), "lacks 'resources'"),
    "resources are an object": (descriptor(resources={}), "'resources' is .*, not a list"),
    "resources are texts": (descriptor(resources=["things"]), "'things' stands where an object"),
    "resources are lists": (descriptor(resources=[[]]), "stands where an object must"),
    "name is a number": (descriptor(name=7), "'name' is 7, not a text"),
    "version is a number": (descriptor(version=1.0), "'version' is 1.0, not a text"),
    "resource without a name": (nowhere("resource", "name"), "lacks 'name'"),
    "resource with a list for a name": (resource(name=["things"]), "'name' is .*, not a text"),
    "title is an object": (resource(title={}), "'title' is .*, not a text"),
    "no licences": (resource(licenses=[]), "'licenses' is empty"),
    "licences are texts": (resource(licenses=["CC0"]), "'CC0' stands where"),
    "coverage is a text": (resource(coverage="all"), "'coverage' is 'all', not an object"),
    "coverage.complete is SQL": (coverage(complete=INJECTION), "'complete' is .*, not true or f"),
    "coverage.from is SQL": (coverage(**{"from": INJECTION}), "'from' is .*, not a day"),
    "coverage.to is no day": (coverage(to="2020-02-30"), "'to' is '2020-02-30', not a day"),
    "schema is no JSON": (raw(S, b"{"), f"{S} is not JSON"),
    "schema is a list": (raw(S, b"[]"), f"{S} is not a JSON object"),
    "schema is nested": (raw(S, b"[" * 200_000), f"{S} is nested too deeply"),
    "schema has a key twice": (raw(S, b'{"fields": [], "fields": []}'), f"{S}.*twice"),
    "fields are an object": (schema(fields={}), "'fields' is .*, not a list"),
    "a field is a text": (schema(fields=["thing_id"]), "'thing_id' stands where an object"),
    "a field twice": (field(name="thing_id"), "two fields have the name 'thing_id'"),
    "a type that is none": (field(type="blob"), "words: the type 'blob' is not supported"),
    "a type that is SQL": (field(type=f"string; {INJECTION}"), "is not supported"),
    "a type that is a list": (field(type=["string"]), "'type' is .*, not a text"),
    "minLength is SQL": (
        field(constraints={"minLength": INJECTION}),
        "'minLength' is .*, not a w",
    ),
    "pattern is a list": (field(constraints={"pattern": []}), "'pattern' is .*, not a text"),
    "constraints are a list": (field(constraints=[]), "'constraints' is .*, not an object"),
    "no primary key": (schema(primaryKey=[]), "'primaryKey' is .*, not a list of names"),
    "a primary key of numbers": (schema(primaryKey=[1]), "'primaryKey' is .*, not a list of names"),
    "a primary key of no field": (schema(primaryKey=["x"]), "a key names 'x', which is no field"),
    "a foreign key of two": (
        schema(foreignKeys=[{**KEY, "fields": ["words", "locator"]}]),
        "of several fields is not supported",
    ),
    "a foreign key without an end": (schema(foreignKeys=[{"fields": "words"}]), "'reference'"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_descriptor_is_what_it_must_be_or_one_sentence(name: str, world: World, attack):
    edit, words = CASES[name]
    root = world.make(edit)
    with pytest.raises(PackageError, match=words) as caught:
        _ = Package(root).tables
    assert len(str(caught.value)) < 1000
    assert "\n" not in str(caught.value)
    assert D in str(caught.value)
    if "path" in name.split(":")[0] or "schema" in name.split(":")[0]:
        assert "resource things" in str(caught.value)
    for args in (("diff", root, world.good), ("diff", world.good, root)):
        done = attack(*args)
        assert done.status == 2
        assert str(root) in done.err


def test_a_descriptor_that_only_looks_strange_is_read(world: World, attack):
    def edit(made: Parts) -> None:
        made.schema["primaryKey"] = "thing_id"  # the standard allows a name for a list of one
        made.schema["foreignKeys"] = [KEY]

    (table,) = Package(world.make(edit)).tables
    assert table.primary_key == ("thing_id",)
    assert table.foreign_keys[0].table == "things"
    assert attack("at", world.evil, "query", "what").status == 0


def test_names_of_a_stranger_are_shown_and_not_obeyed(world: World, attack):
    root = world.make(resource(name="a\u001b[2J\u202e", title=7))
    done = attack("at", root, "query", "what")
    assert done.status == 2
    assert "\\u001b[2J\\u202e" in done.err
    assert "\x1b" not in done.err


def test_the_watch_sees_what_it_watches(world: World, attack):
    """The tests above can fail: a package that is none of these things is answered."""
    done = attack("at", world.good, "query", "what")
    assert done.status == 0
    assert ANSWER in done.out
    assert SECRET in (world.here / "x.csv").read_text()
