"""The way of a package through validation, in order; a module a step, one job each.

A step is a function `check(state)` that takes what the steps before it made and yields failures. To
add one, write its module and put it in the list.

1. `descriptor`: the JSON documents follow their profiles and the rules on them. It goes before
   all else, for the others read what the documents say, and nothing if that is not sound.
2. `bytes`: encoding, line ends, NUL bytes; each file is read once, in pieces.
3. `shape`: header, cells a row, quoting, blanks, order of rows; DuckDB reads the file, and where it
   cannot, `slow_reader` names the line. Then the connection is closed to files for good.
4. `types`: each cell is of the type of its field.
5. `texts`: every cell of text is written as texts are: one query for all tables.
6. `rules`: keys, constraints, references and domain rules: one query a table.
7. `claims`: the schemas say of the columns all that holds.
8. `relations`: the views of scripts/sql/checks, and the discrepancies that account for them.
9. `ledger`: what the last release published is there, or a correction says why it is not.

Beside them runs `../second_opinion.py`: what frictionless says of the same files.
"""

from __future__ import annotations

from . import bytes as bytes_
from . import claims, descriptor, ledger, relations, rules, shape, texts, types

FIRST = descriptor.check
STEPS = (
    bytes_.check,
    shape.check,
    ledger.read,
    types.check,
    texts.check,
    rules.check,
    claims.check,
    relations.check,
    ledger.check,
)
