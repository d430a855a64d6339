"""Step 6: each text is written as texts are: all cells of text in one query, whatever their table.

A cell is read again only where its table changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import cache
from ..engine import broken_checks
from ..messages import IMPORT, cause_of_letters
from ..plans import plan_of_texts
from ..report import Failure
from ..rules.text_cells import COLUMNS, cells
from ..rules.texts import RULES
from ..state import State, file_name

LETTERS = "whole_letters"


def check(state: State) -> Iterator[Failure]:
    plan = plan_of_texts(state.package)
    keys = {
        table.name: cache.key_of(cache.code(), plan, state.files[table.name].digest)
        for table in state.sound()
    }
    changed = [t for t in state.sound() if cache.get("texts", keys[t.name]) is None]
    if not changed:
        return
    found = " UNION ALL ".join(map(cells, changed))
    state.con.execute(f"CREATE TABLE cell ({COLUMNS}); INSERT INTO cell {found}")
    rules = {rule.id: rule for rule in RULES}
    files = {table.name: file_name(table) for table in changed}
    columns, rows = state.bad_rows(plan, "tables")
    broken = set()
    for name, row in broken_checks(plan, columns, rows):
        rule = rules[name]
        broken.add(row["table_name"])
        cause = cause_of_letters(row["text"]) if name == LETTERS else ""
        yield Failure(
            rule.id,
            "domain",
            f"{rule.title[0].lower()}{rule.title[1:]}{cause and f' ({cause})'}",
            f"{rule.advice}{cause and f'; {IMPORT}'}",
            files[row["table_name"]],
            row["_line"],
            row["_row"] or "",
            row["field"],
            row["text"],
        )
    for name in files.keys() - broken:
        cache.put("texts", keys[name])
    state.con.execute("DROP TABLE cell")
