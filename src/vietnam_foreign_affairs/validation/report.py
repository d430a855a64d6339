"""What a validation found: failures that name file, row, column, value and rule."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, replace

SHOWN = 20  # failures of one kind, in text


@dataclass(frozen=True)
class Failure:
    """One broken rule at one place.

    `line` is the line of the file, the header being line 1; None where the rule is about more
    than one row. `advice` says what would be right.
    """

    rule: str
    level: str
    message: str
    advice: str = ""
    file: str = ""
    line: int | None = None
    row: str = ""
    column: str = ""
    value: str | None = None

    def __str__(self) -> str:
        place = self.file + (f", line {self.line}" if self.line else "")
        if self.row:
            place += f" ({self.row})"
        if self.column:
            place += f", column {self.column}"
        shown = "" if self.value is None else f" [{self.value or 'blank'}]"
        advice = f"\n    {self.advice}" if self.advice else ""
        return f"{place}{shown}: {self.message} (rule {self.rule}){advice}"


@dataclass
class Report:
    """The outcome of one pass over a package: `valid`, every failure, what was checked.

    `unlisted` counts, by file, rows with failures beyond those that are listed; `unread` names
    files of which some rules could not be checked, because a table that they read is broken.
    """

    package: str
    version: str
    tables: dict[str, int] = field(default_factory=dict)
    rules: int = 0
    failures: list[Failure] = field(default_factory=list)
    known: int = 0
    unlisted: dict[str, int] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    elsewhere: int = 0

    @property
    def valid(self) -> bool:
        return not self.failures and not self.elsewhere

    def of_file(self, file: str) -> Report:
        """The part of the report that is about one file, for example `tables/events.csv`.

        What fails in other files is counted: an edit of one file may break another.
        """
        here = [f for f in self.failures if f.file == file]
        unlisted = {name: n for name, n in self.unlisted.items() if name == file}
        elsewhere = len(self.failures) - len(here)
        return replace(self, failures=here, unlisted=unlisted, elsewhere=elsewhere)

    def to_text(self) -> str:
        """The report for people: one paragraph a failure, then a line that sums up.

        Of many failures of one kind the first are shown and the rest counted.
        """
        order = sorted(self.failures, key=lambda f: (f.file, f.line or 0, f.column, f.rule))
        of_kind: Counter[tuple[str, str, str]] = Counter()
        lines = []
        for failure in order:
            kind = (failure.file, failure.column, failure.rule)
            of_kind[kind] += 1
            if of_kind[kind] <= SHOWN:
                lines.append(str(failure))
        for (file, column, rule), number in of_kind.items():
            if number > SHOWN:
                where = f"{file}, column {column}" if column else file
                lines.append(f"{where}: {number - SHOWN:,} more of this kind (rule {rule})")
        lines += [f"{file}: {n:,} more rows fail" for file, n in sorted(self.unlisted.items())]
        if self.unread:
            lines.append(f"not checked in full before that is mended: {', '.join(self.unread)}")
        return "\n".join([*lines, self._sum()])

    def _sum(self) -> str:
        rows = sum(self.tables.values())
        checked = f"{len(self.tables)} tables, {rows:,} rows, {self.rules} rules"
        if self.valid:
            return f"valid: {checked}, {self.known} documented discrepancies"
        number = len(self.failures)
        here = f"{number} failure{'s' * (number != 1)}"
        there = f", and {self.elsewhere} in other files" if self.elsewhere else ""
        return f"not valid: {here} in {checked}{there}"

    def to_json(self) -> str:
        """The same for machines."""
        return json.dumps(
            {
                "package": self.package,
                "version": self.version,
                "valid": self.valid,
                "tables": self.tables,
                "rules": self.rules,
                "documented_discrepancies": self.known,
                "unlisted": self.unlisted,
                "unread": self.unread,
                "failures_elsewhere": self.elsewhere,
                "failures": [asdict(f) for f in self.failures],
            },
            ensure_ascii=False,
            indent=2,
        )
