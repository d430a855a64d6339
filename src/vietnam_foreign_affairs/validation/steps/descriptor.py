"""Step 1: the descriptor and the schemas follow their profiles and the rules on them.

Where they do not, so that the tables could not be read as they say, validation ends here.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import PackageError
from .. import cache, documents
from ..documents import DESCRIPTOR, Documents
from ..report import Failure
from ..rules.of_documents import CHECKS, HARMLESS
from ..rules.of_documents.descriptor import check_files, files
from ..state import State


def check(state: State) -> Iterator[Failure]:
    found: list[Failure] = []
    docs = state.documents = documents.read(state.package.root, found)
    key = _key_of(docs)
    if found or cache.get("documents", key) is None:
        found += _failures(docs)
        if not found:
            cache.put("documents", key)
    else:
        docs.sound |= docs.files.keys()
    yield from found
    state.is_halted = any(failure.rule not in HARMLESS for failure in found)
    if not state.is_halted:
        try:
            _ = state.package.tables
        except PackageError as error:
            state.is_halted = True
            if not found:
                yield Failure("descriptor", "structure", str(error), "mend it", DESCRIPTOR)


def _key_of(docs: Documents) -> str:
    """Of all that the rules read: the documents and the names of files."""
    texts = [(name, document.text) for name, document in docs.files.items()]
    return cache.key_of(cache.code(), texts, files(docs.root), check_files(docs.root))


def _failures(docs: Documents) -> Iterator[Failure]:
    """What is wrong with each document, then with what they say together."""
    for name, document in docs.files.items():
        key = cache.key_of(cache.code(), name == DESCRIPTOR, document.text)
        if cache.get("document", key) is None:
            from .. import profiles

            found = list(profiles.failures(document))
            yield from found
            if found:
                continue
            cache.put("document", key)
        docs.sound.add(name)
    for rules in CHECKS:
        yield from rules(docs)
