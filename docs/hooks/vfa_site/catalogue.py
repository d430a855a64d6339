"""Brings the catalogues of messages up to date: `scripts/messages`.

New messages come in without a translation, those that nothing shows any longer go. Where a
template, a chart, a schema or a table says what pages show, it is found here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po

from vietnam_foreign_affairs.validation import sql_checks

from . import blocks, messages, portraits
from .charts import SAID
from .model import Model
from .render import Renderer
from .site import BY_HAND

ENGLISH = {"table.md.j2", "views.md.j2", "rules.md.j2", "mutation.md.j2"}  # in one language
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
# What SQL finds of the words that pages show and that stand in the data.
SHOWN = """
SELECT DISTINCT word, 'tables/' || place FROM (
    SELECT region AS word, 'countries.csv' AS place FROM countries
    UNION ALL SELECT subregion, 'countries.csv' FROM countries
    UNION ALL SELECT explanation, 'discrepancies.csv' FROM discrepancies
    UNION ALL SELECT definition, 'indicators.csv' FROM indicators
    UNION ALL SELECT unit, 'indicators.csv' FROM indicators
    UNION ALL SELECT definition, 'qualifiers.csv' FROM qualifiers
    UNION ALL SELECT definition, 'partnership_tiers.csv' FROM partnership_tiers
    UNION ALL SELECT locator, 'highlights.csv' FROM highlights
    UNION ALL SELECT upper(locator[1]) || locator[2:], 'highlights.csv' FROM highlights
    UNION ALL SELECT theme, 'highlights.csv' FROM highlights
    UNION ALL SELECT summary, 'highlights.csv' FROM highlights
) WHERE word IS NOT NULL
"""
_HEAD = re.compile(rb'^"(POT-|PO-|Last-|Language-T|Generated|Project|Report)[^\n]*\n', re.M)
Message = tuple[Any, str]  # what is said (two forms where it counts), and where


def found(model: Model) -> Iterator[Message]:
    """Every message of the site, with the file that it is from."""
    root, renderer = model.pkg.root, Renderer(model)
    docs = root / "docs"
    by_hand = [path for pattern in BY_HAND for path in sorted(docs.glob(pattern))]
    for path in [*sorted((docs / "templates").rglob("*.j2")), *by_hand]:
        for message in _of_template(path, renderer):
            yield message, path.relative_to(root).as_posix()
    for path in sorted((docs / "hooks").rglob("*.py")):
        with path.open("rb") as file:
            for _line, name, said, _ in extract_python(file, KEYWORDS, [], {"encoding": "utf-8"}):
                yield _message(name, said), path.relative_to(root).as_posix()
    for path in sorted((docs / "charts").iterdir()):
        for message in _of_chart(path):
            yield message, path.relative_to(root).as_posix()
    for message in _of_navigation(root / "mkdocs.yml"):
        yield message, "mkdocs.yml"
    yield from _of_package(model)


def _of_template(path: Path, renderer: Renderer) -> Iterator[Any]:
    source = path.read_text(encoding="utf-8")
    is_page = "fragments" not in path.parts
    if is_page and path.name not in ENGLISH:
        said: list[str] = []
        blocks.translated(source, lambda message: said.append(message) or message)
        yield from said
    environment = renderer.markdown if is_page else renderer.html
    for _line, name, message in environment.extract_translations(source):
        yield _message(name, message)


def _message(name: str, said: Any) -> Any:
    """What a call says: of its arguments the texts, of which only a count has two."""
    texts = [text for text in (said if isinstance(said, tuple) else [said]) if text]
    return tuple(texts[:2]) if name == "ngettext" else texts[0] if texts else ""


def _of_chart(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        for match in SAID.finditer(text):
            for literal in re.findall(r"'((?:[^']|'')*)'", match[1]):
                if blocks.has_words(literal):
                    yield literal.replace("''", "'")
    elif path.name.endswith(".vl.json"):
        spec = yaml.safe_load(text)
        meta = spec.pop("usermeta")
        legend = [entry["en"] for entry in meta["legend"]]
        yield from [meta["title"], meta["caption"], meta.get("unit", ""), *legend]
        yield from meta["columns"].values()
        yield from _titles(spec)


def _titles(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _titles(child)
    elif isinstance(node, dict):
        for key, child in node.items():
            if key == "title" and isinstance(child, str):
                yield child
            else:
                yield from _titles(child)


def _of_navigation(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    yield yaml.safe_load(text)["copyright"]
    yield from re.findall(r"^ +- ([^:\n]+):", text[text.index("\nnav:") :], re.M)


def _of_package(model: Model) -> Iterator[Message]:
    pkg = model.pkg
    yield model.descriptor["description"], "datapackage.json"
    for table in pkg.tables:
        yield table.description, "datapackage.json"
        yield table.coverage.description, "datapackage.json"
        for field in table.fields:
            # Who stated a figure is a name, as the page gives it.
            for word in field.constraints.get("enum", []) if field.name != "stated_by" else []:
                if blocks.has_words(str(word)):
                    yield str(word).replace("_", " "), f"schemas/{table.name}.json"
    yield from ((word, "docs/hooks/vfa_site/portraits.py") for word in portraits.GROUPS.values())
    yield from (
        (c.rule.title, f"scripts/sql/checks/{c.rule.id}.sql") for c in sql_checks.checks(pkg)
    )
    yield from model.con.execute(SHOWN).fetchall()
    for office in model.con.execute("SELECT DISTINCT office FROM leader_terms").fetchall():
        yield office[0].replace("_", " "), "tables/leader_terms.csv"


def updated(lang: str, model: Model) -> bytes:
    """The catalogue of a language with all that there is to say, and no more."""
    known = messages.words(lang).catalogue
    fresh = Catalog(lang, project=model.descriptor["name"], fuzzy=False, header_comment=HEADER)
    for message, place in found(model):
        if message and message not in fresh:  # one place is enough to find it by
            fresh.add(message, locations=[(place, 0)])
    for message in fresh:
        old = known.get(message.id if isinstance(message.id, str) else message.id[0])
        if message.id and old and type(old.id) is type(message.id):
            message.string = old.string
        message.flags -= {"python-format", "python-brace-format"}
    out = BytesIO()
    write_po(out, fresh, width=0, include_lineno=False)
    # Who translated when is on record with the changes of the file.
    return _HEAD.sub(b"", out.getvalue())


HEADER = "# Messages of the site. scripts/messages brings them up to date; translate msgstr."


def main() -> None:
    model = Model()
    for lang in messages.LANGUAGES[1:]:
        text = updated(lang, model)
        (messages.FOLDER / f"{lang}.po").write_bytes(text)
        catalogue = read_po(BytesIO(text), locale=lang)
        print(f"{lang}: {len(catalogue)} messages, {len(list(blank(catalogue)))} to translate")


def blank(catalogue: Catalog) -> Iterator[str]:
    """The messages that have no translation."""
    for message in catalogue:
        texts = [message.string] if isinstance(message.string, str) else message.string
        if message.id and not all(texts):
            yield message.id if isinstance(message.id, str) else message.id[0]


if __name__ == "__main__":
    sys.exit(main())
