"""How to cite the package, or one of its tables, from the descriptor."""

from __future__ import annotations

import re
from typing import NamedTuple

from .package import Package, PackageError, Table


class _Work(NamedTuple):
    """What is cited: `title` is that of the table, where `within` is that of the package."""

    key: str
    authors: list[str]
    title: str
    within: str
    day: str
    version: str
    url: str


def cite(pkg: Package, style: str = "text", table: Table | None = None) -> str:
    """A citation in one of `STYLES`, of a table or of the whole package.

    Raises `PackageError` for another style.
    """
    if style not in STYLES:
        raise PackageError(f"there is no citation style {style!r}; use {', '.join(STYLES)}")
    d = pkg.descriptor
    whole, day = f"{d['title']}: {d['subtitle']}", d["created"][:10]
    return STYLES[style](
        _Work(
            key="_".join([d["name"].replace("-", "_"), *([table.name] if table else []), day[:4]]),
            authors=[person["title"] for person in d["contributors"]],
            title=f"{table.title} ({table.name})" if table else whole,
            within=whole if table else "",
            day=day,
            version=d["version"],
            url=d["homepage"] + (page(table) if table else ""),
        )
    )


def page(table: Table) -> str:
    """The page of a table on the site, from its home."""
    if table.role == "derived":
        return f"reference/views/#{table.name}"
    return f"tables/{table.name}/"


def _text(work: _Work) -> str:
    title = f"{work.title}, in {work.within}" if work.within else work.title
    head = f"{'; '.join(work.authors)} ({work.day[:4]}). {title}"
    return f"{head} (version {work.version}) [Data set]. {work.url}"


def _apa(work: _Work) -> str:
    """The seventh edition; a work with a part has the part's title first."""
    *others, last = work.authors
    authors = f"{', '.join(others)}, & {last}" if others else last
    whole = f"{work.within or work.title} (Version {work.version})"
    what = f"{work.title} [Data table]. In {whole}" if work.within else f"{whole} [Data set]"
    return f"{authors}. ({work.day[:4]}). {what}. {work.url}"


def _bibtex(work: _Work) -> str:
    entries = {
        "author": f"{{{' and '.join(f'{{{_tex(name)}}}' for name in work.authors)}}}",
        "title": f"{{{{{_tex(work.title)}}}}}",
        **({"booktitle": f"{{{{{_tex(work.within)}}}}}"} if work.within else {}),
        "year": f"{{{work.day[:4]}}}",
        "version": f"{{{work.version}}}",
        "url": f"{{{work.url}}}",
    }
    lines = [f"  {name:9} = {value}" for name, value in entries.items()]
    return f"@misc{{{work.key},\n" + ",\n".join(lines) + "\n}"


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _ris(work: _Work) -> str:
    entries = [
        ("TY", "DATA"),
        *(("AU", f"{name},") for name in work.authors),  # the comma marks an organisation
        ("TI", work.title),
        *([("T2", work.within)] if work.within else []),
        ("PY", work.day[:4]),
        ("DA", work.day.replace("-", "/")),
        ("ET", work.version),
        ("UR", work.url),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {value}" for tag, value in entries)


STYLES = {"text": _text, "bibtex": _bibtex, "apa": _apa, "ris": _ris}
