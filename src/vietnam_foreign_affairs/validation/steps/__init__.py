"""The way of a package through validation, in order; a module a step, one job each.

A step is a function `check(state)` that takes what the steps before it made and yields failures. To
add one, write its module and put it in the list.

1. `descriptor`: the JSON documents follow their profiles and the rules on them
   (`../rules/of_documents`). It goes before all else, for the others read what the documents say,
   and nothing if that is not sound.
2. `bytes`: the tables are there; encoding, line ends, NUL bytes; each is read once, in pieces.
3. `shape`: header, cells a row, quoting, blanks, order of rows; DuckDB reads the file, and where it
   cannot, `../broken_shape.py` names the line.
4. `ledger.read`: what was published and what the corrections say of it is loaded.
5. `types`: each cell is of the type of its field. Then the connection is closed to files for good.
6. `texts`: every cell of text is written as texts are: one query for all tables.
7. `rules`: what a schema demands (`../constraints.py`: required, unique, enum, pattern, keys,
   references) and the domain rules on one table (`../rules`): one query a table.
8. `schema_claims`: the schemas say of the columns all that holds.
9. `sql_checks`: the views of scripts/sql/checks on several tables, and the discrepancies that
   account for them.
10. `ledger.check`: what the last release published is there, or a correction says why it is not.

A step keeps its failures under a key of all that it read (`../cache.py` of the package, the key of
the code in `cache.py` here), and does nothing where it has them already.
Beside them runs `../second_opinion.py`: what frictionless says of the same files.
"""

from __future__ import annotations

from . import bytes as bytes_
from . import descriptor, ledger, rules, schema_claims, shape, sql_checks, texts, types

FIRST = descriptor.check
STEPS = (
    bytes_.check,
    shape.check,
    ledger.read,
    types.check,
    texts.check,
    rules.check,
    schema_claims.check,
    sql_checks.check,
    ledger.check,
)
