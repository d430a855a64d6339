"""The search index: named rows, Vietnamese without marks, loaded when a reader searches."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from .messages import LANGUAGES
from .model import LABELS, Model, Row

# Pages of their own (countries) or too many to be found by words (sources, evidence, figures).
_UNLISTED_ROLES = ("provenance", "links")


def fold(text: str) -> str:
    """Latin letters without marks: 'đối tác' is 'doi tac'. Other scripts stay as they are."""
    letters = []
    for letter in text.replace("đ", "d").replace("Đ", "D"):
        base = unicodedata.normalize("NFD", letter)[0]
        letters.append(base if base.isascii() else letter)
    return "".join(letters)


def complete(site: Path, model: Model) -> None:
    """Add an entry for every row that has a name, and folded words to every entry."""
    path = site / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] += _rows(model)
    index["config"]["fields"]["tags"]["boost"] = index["config"]["fields"]["title"]["boost"]
    for doc in index["docs"]:
        doc["title"], doc["text"] = _tags(doc["title"]), _tags(doc["text"])
        country = re.fullmatch(r"(?:vi/)?countries/([A-Z]{3})/", doc["location"])
        if country:  # found by each of its names, before pages that merely mention it
            english, vietnamese, *others = model.country_names[country[1]]
            doc["title"] = _html(" · ".join(dict.fromkeys((english, vietnamese))))
            doc["text"] = _html(model.by_id["countries"][country[1]]["subregion"])
            names = dict.fromkeys([english, vietnamese, *others, country[1]])
            doc |= {"tags": [*map(_html, names)], "boost": 1000}
        said = " ".join([doc["title"], doc["text"], *doc.get("tags", ())])
        text = html.unescape(re.sub(r"<[^>]*>", " ", said))
        words = dict.fromkeys(f for w in text.split() if (f := fold(w)) != w)
        if words:  # folding makes '<' of some other letters: escaped after it, not before
            doc["text"] += f" <small>{_html(' '.join(words))}</small>"
    _write(path, index)


def divide(site: Path) -> None:
    """An index for each language; in the others stands besides what there is in English only."""
    path = site / "search" / "search_index.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    docs = whole["docs"]
    for lang in LANGUAGES[1:]:
        own = [doc for doc in docs if doc["location"].startswith(f"{lang}/")]
        docs = [doc for doc in docs if not doc["location"].startswith(f"{lang}/")]
        pages = {doc["location"].partition("#")[0].removeprefix(f"{lang}/") for doc in own}
        found = [doc | {"location": doc["location"].removeprefix(f"{lang}/")} for doc in own]
        found += [
            doc | {"location": f"../{doc['location']}"}
            for doc in docs
            if doc["location"].partition("#")[0] not in pages
        ]
        _write(site / lang / "search" / path.name, whole | {"docs": found})
    _write(path, whole | {"docs": docs})


def _write(path: Path, index: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")


def wait_for_reader(site: Path) -> None:
    """Let the theme fetch the index when the search is opened, not on every first visit.

    The theme does so already for pages read from files; this makes it the rule.
    """
    eager = r'\(location\.protocol!=="file:"\),(\w+\("search"\))'
    _change(site / "assets" / "javascripts", "bundle.*.min.js", (eager, r"(!1),\1"))


def put_names_first(site: Path) -> None:
    """Let what is called just as a reader typed it stand before what begins so: UK, not Ukraine."""
    # Patterns for `re.sub`, in which a backslash is two.
    folded = (
        r't=>t.normalize("NFD").replace(/\\p{M}/gu,"").replace(/[đĐ]/g,"d").toLowerCase().trim()'
    )
    called_so = rf"(this.map.get(\1).tags||[]).some(t=>({folded})(t)===typed)?1e9:1"
    _change(
        site / "assets" / "javascripts" / "workers",
        "search.*.min.js",
        (r"search\((\w+)\)\{if\(", rf"search(\1){{let typed=({folded})(\1);if("),
        (
            r"\{ref:(\w+),score:(\w+),(.*?)score:\2\*",
            rf"{{ref:\1,score:\2,\3score:\2*({called_so})*",
        ),
    )


def _change(folder: Path, pattern: str, *changes: tuple[str, str]) -> None:
    """Change the one script of the theme that is called so, each place once."""
    (script,) = folder.glob(pattern)
    text = script.read_text(encoding="utf-8")
    for before, after in changes:
        text, found = re.subn(before, after, text)
        if found != 1:
            raise RuntimeError(f"the theme has changed: {pattern} has {found} of {before}")
    script.write_text(text, encoding="utf-8")


def _html(words: str) -> str:
    return html.escape(words, quote=False)


def _tags(text: str) -> str:
    """HTML of the theme's index: tags without attributes, nothing else that a browser may read."""
    parts = re.split(r"(</?(?:p|code|pre|li|ol|ul|sub|sup)>)", text)
    return "".join(p if i % 2 else _html(html.unescape(p)) for i, p in enumerate(parts))


def _rows(model: Model) -> list[dict[str, Any]]:
    entries = []
    for table in model.tables.values():
        named = any(name in table.field_names for name in LABELS)
        if table.role in _UNLISTED_ROLES or table.name == "countries" or not named:
            continue
        for row in model.rows[table.name]:
            row_id = model.row_id(table, row)
            entries.append(
                {
                    "location": model.row_url(table.name, row_id, ""),
                    "title": _html(model.label(table.name, row_id)),
                    "text": _html(f"{table.title}: {_words(row, table.primary_key)}"),
                    "tags": [_html(fold(model.label(table.name, row_id)))],
                }
            )
    return entries


def _words(row: Row, key: tuple[str, ...]) -> str:
    """The cells that hold words rather than ids."""
    skip = {*key, "source_id", "locator"}
    texts = (v for k, v in row.items() if v and k not in skip and not k.endswith("_precision"))
    return ", ".join(texts)
