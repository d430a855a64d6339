"""Rules on the words of the documents: filled, clean, each in its language, no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from ...documents import DESCRIPTOR, Document, Documents, Place
from ...report import Failure
from .. import Rule

RULE = Rule(
    "wording",
    "structure",
    "Titles and descriptions are clean, differ, and are each in their language",
    "people who read the documentation in either language",
)
# Syllables that Vietnamese writes without marks as well as with them.
_BARE = """
an anh ba ban bao cao cha chi chung con cu dan danh dao do du gia giai giang giao hai hay hoa khai
khi khoa kim la lai lan lao linh long mang minh nam nay nga ngang nghi nhau pha phi phong phu qua
quan quang ra sang sao sau sinh so song ta tai tam tan tay tham thanh thay theo thi thu tin tinh to
trang tranh trao tri trong trung tu va vai van vi vinh xa xu xung y
"""
_MARKS = "ăâđêôơưàáãèéìíòóõùúýĩũ"
_VIETNAMESE = re.compile(f"[{_MARKS}\u1ea0-\u1ef9]", re.I)
_FOREIGN = re.compile(f"[^ -~{_MARKS}{_MARKS.upper()}\u1ea0-\u1ef9–’“”]")
_UNCLEAN = (
    (re.compile(r"^\s|\s$"), "has blanks around it", "remove them"),
    (re.compile(r"\s\s"), "has two blanks together", "leave one"),
    (re.compile(r"[^\S ]"), "has a blank of another kind", "write a plain blank"),
    (re.compile(r"[\ufffd?](?=\w)|\w[\ufffd]"), "has lost a letter", "write the letter again"),
    (re.compile(r"Ã.|Â.|á[º»]|Ä[‘\x91]|Æ[°¡]"), "was read in a wrong encoding", "write it again"),
    (re.compile(r"<\w|</|&#?\w+;"), "has markup in it", "write plain text"),
)


def check(docs: Documents) -> Iterator[Failure]:
    bare = _bare_words(docs)
    if docs.descriptor:
        yield from _thing(docs.descriptor, (), docs.descriptor.content, bare)
        yield from _credits(docs.descriptor)
        for place, resource in docs.resources:
            yield from _thing(docs.descriptor, place, resource, bare)
            yield from _coverage(docs.descriptor, place, resource)
        yield from _no_two(docs.descriptor, ("resources",), [r for _, r in docs.resources])
    for place, resource, schema in docs.tables:
        is_its_own = schema.file == f"schemas/{resource['name']}.json"
        for name in ("title", "description"):
            one, other = resource[name], schema.content[name]
            if is_its_own and one != other:
                message = f"the {name} differs from that in"
                for document, where, here, there in (
                    (schema, (name,), other, DESCRIPTOR),
                    (docs.descriptor, (*place, name), one, schema.file),
                ):
                    yield _fail(document, where, f"{message} {there}", "let both agree", here)
    for schema in docs.schemas:
        fields = schema.content["fields"]
        for number, field in enumerate(fields):
            yield from _thing(schema, ("fields", number), field, bare)
        yield from _no_two(schema, ("fields",), fields)


def _thing(
    document: Document, place: Place, thing: dict[str, Any], bare: set[str]
) -> Iterator[Failure]:
    """The words for one thing: the package, a table or a column."""
    for name in ("title", "title_vi", "subtitle", "description", "unit"):
        text = thing.get(name, "")
        for message, advice in _wrong(name, text, bare):
            yield _fail(document, (*place, name), message, advice, text)
    said = thing.get("coverage", {}).get("description")
    for message, advice in _wrong("description", said, bare) if said else ():
        yield _fail(document, (*place, "coverage", "description"), message, advice, said)
    title = thing["title"].casefold()
    for name in ("title_vi", "description"):
        if thing[name].casefold().rstrip(".") == title:
            yield _fail(document, (*place, name), f"{name} only repeats the title", "say it anew")


def _coverage(document: Document, place: Place, resource: dict[str, Any]) -> Iterator[Failure]:
    """A coverage says of what it is, so that it cannot stand at another table."""
    thing, text = resource["name"].rpartition("_")[2], resource["coverage"]["description"]
    if resource["role"] != "derived" and thing[:5] not in text.casefold():
        message, advice = "the coverage is not of this table", f"name what it covers: {thing}"
        yield _fail(document, (*place, "coverage", "description"), message, advice, text)


def _credits(descriptor: Document) -> Iterator[Failure]:
    content = descriptor.content
    texts = {("keywords", n): text for n, text in enumerate(content["keywords"])}
    for key in ("contributors", "sources"):
        texts |= {(key, n, "title"): each["title"] for n, each in enumerate(content[key])}
    for place, text in texts.items():
        for message, advice in _wrong("", text, set()):
            yield _fail(descriptor, place, message, advice, text)


def _wrong(name: str, text: str, bare: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a text, and what would be right."""
    if not unicodedata.is_normalized("NFC", text):
        yield "the letters are not composed (NFC)", "write them composed"
    elif found := next((w for pattern, *w in _UNCLEAN if pattern.search(text)), None):
        yield f"the text {found[0]}", found[1]
    elif any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn") for c in text):
        yield "a character of the text cannot be seen", "remove it"
    elif any(c.isalpha() and not unicodedata.name(c, "").startswith("LATIN") for c in text):
        yield "a letter is of another alphabet", "write the Latin letter"
    elif name == "title_vi":
        yield from _not_vietnamese(text, bare)
    elif name == "title" and _VIETNAMESE.search(text):
        yield "the title is Vietnamese", "write it in English; title_vi is Vietnamese"
    elif name == "description":
        words = text.split()
        if 3 * sum(bool(_VIETNAMESE.search(word)) for word in words) > len(words):
            yield "the description is Vietnamese", "write it in English"
        elif text.isupper():
            yield "the description is in capitals", "write capitals at the beginning only"
        elif not text.endswith("."):
            yield "the description is no sentence to its end", "end it with a full stop"
    if name in ("title", "title_vi") and text:
        if not (text[0].isupper() or text[0].isdigit()):
            yield "the title begins small", "begin with a capital letter"
        elif text.isupper() and text.replace(" ", "").isalpha():
            yield "the title is in capitals", "write capitals at the beginning only"
        elif text.endswith((".", ",", ":", ";")):
            yield "the title ends as a sentence does", "remove the sign at its end"


def _not_vietnamese(text: str, bare: set[str]) -> Iterator[tuple[str, str]]:
    lost = sorted(word for word in _words(text) if word in bare)
    if found := _FOREIGN.search(text):
        yield f"{found[0]} is no letter of Vietnamese", "write the Vietnamese letter"
    elif " " in text and not _VIETNAMESE.search(text):
        yield "the Vietnamese title has no Vietnamese letter", "write it with its marks"
    elif lost:
        yield f"{lost[0]} is written with marks in other titles", "write its marks"


def _bare_words(docs: Documents) -> set[str]:
    """Words that some Vietnamese title writes with marks, in the form that has lost them."""
    things = [r for _, r in docs.resources]
    things += [field for schema in docs.schemas for field in schema.content["fields"]]
    words = {word for thing in things for word in _words(thing["title_vi"])}
    return {_fold(word) for word in words if _fold(word) != word} - set(_BARE.split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _fold(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _no_two(document: Document, place: Place, things: list[dict[str, Any]]) -> Iterator[Failure]:
    """No two tables of the package, or columns of a table, have the same words."""
    for name in ("title", "title_vi", "description"):
        seen: dict[str, str] = {}
        for number, thing in enumerate(things):
            other = seen.setdefault(thing[name].casefold(), thing["name"])
            if other != thing["name"]:
                message = f"{other} has the same {name}"
                yield _fail(document, (*place, number, name), message, "say what differs")


def _fail(
    document: Document, place: Place, message: str, advice: str, value: object = None
) -> Failure:
    return document.fail(RULE.id, place, message, advice, value)
