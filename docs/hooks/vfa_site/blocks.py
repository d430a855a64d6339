"""Markdown taken apart into what is said, so that a page can be said in another language.

A template is written in English and in one file. `translated` hands every paragraph, heading, item
and line of a table or of HTML to a function, and puts what it answers in the place; code, tags of
Jinja that stand alone, comments and blank lines stay. Values (`{{ ... }}`) belong to the message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from markdown.extensions.toc import slugify

Say = Callable[[str], str]

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.S)
_NAMED = re.compile(r"(title|description): (.+)")
_FENCE = re.compile(r"\s*(```|~~~)")
# A line that is a tag, a value, a comment, a rule of a table or an element, and says nothing.
_ALONE = re.compile(
    r"\s*(\{%(?:[^%]|%(?!\}))*%\}|<!--.*-->|\|[-:| ]+\||=== .*|\{\{[^}]*\}\}|</?[a-z][^>]*>)?\s*"
)
_MARK = re.compile(r"\s*(?:#{1,6} |[-*] |\d+\. |> |: {3}|(?:!!!|\?\?\?\+?) \w+ )?")
_VALUES = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{[#.:][^}]*\}|<[^>]*>|`[^`]*`|\]\([^)]*\)|https?://\S+"
)
_WHOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|`[^`]*`")
_WORD = re.compile(r"[^\W\d_]{2}")


def translated(source: str, say: Say) -> str:
    """The Markdown with its words in another language; `say` is asked for each message."""
    front = _FRONT.match(source)
    head = "".join(_named(line, say) for line in front[1].splitlines(True)) if front else ""
    body = "".join(_body(source[front.end() :] if front else source, say))
    return f"---\n{head}---\n{body}" if front else body


def _named(line: str, say: Say) -> str:
    match = _NAMED.match(line)
    words = match[2].strip('"') if match else ""
    if not has_words(words):
        return line
    return f"{match[1]}: {json.dumps(say(words), ensure_ascii=False)}\n"


def _body(text: str, say: Say) -> Iterator[str]:
    lines = text.splitlines()
    i = 0
    while i < len(lines):
        line = lines[i]
        i += 1
        if _FENCE.match(line):
            while i < len(lines) and not _FENCE.match(lines[i]):
                line += f"\n{lines[i]}"
                i += 1
            line += f"\n{lines[i]}" if i < len(lines) else ""
            i += 1
            yield f"{line}\n"
            continue
        if _ALONE.fullmatch(line):
            yield f"{line}\n"
            continue
        if line.lstrip().startswith("|"):
            yield f"{_cells(line, say)}\n"
            continue
        mark = _MARK.match(line)[0]
        words = line[len(mark) :]
        while i < len(lines) and _goes_on(line, lines[i]):
            words += f" {lines[i].strip()}"
            i += 1
        yield f"{mark}{_said(mark, words, say)}\n"


def _cells(line: str, say: Say) -> str:
    """A line of a table, cell by cell; a bar in a value or in code divides nothing."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    def back(text: str) -> str:
        return re.sub("\0(\\d+)\0", lambda m: kept[int(m[1])], text)

    cells = map(back, _WHOLE.sub(keep, line).split("|"))
    return "|".join(re.sub(r"\S.*\S|\S", lambda m: _said("", m[0], say), c) for c in cells)


def _goes_on(first: str, line: str) -> bool:
    """Whether a line belongs to the paragraph that the one before it began."""
    if first.lstrip().startswith(("|", "#", "<")) or _ALONE.fullmatch(line) or _FENCE.match(line):
        return False
    return not _MARK.match(line)[0].strip() and not line.lstrip().startswith(("|", "<", "#"))


def _said(mark: str, words: str, say: Say) -> str:
    if not has_words(words):
        return words
    found = say(words)
    # Links lead to a heading by the name that it has in English.
    if "#" in mark and found != words and "{#" not in words and "{{" not in words:
        found = f"{found} {{#{slugify(re.sub('{.*?}', '', words).strip(), '-')}}}"
    return found


def has_words(text: str) -> bool:
    """Whether something remains to be said once values, tags and code are taken away."""
    return bool(_WORD.search(_VALUES.sub(" ", text)))
