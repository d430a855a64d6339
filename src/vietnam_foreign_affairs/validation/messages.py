"""What would be right, in words, for whoever mends a cell."""

from __future__ import annotations

from ..package import Field, Table

FORMS = {
    "integer": "a whole number such as 25",
    "number": "a number such as 786.29",
    "boolean": "true or false",
    "date": "a day that exists, as YYYY-MM-DD",
    "year": "a year as YYYY",
}


def message_of(constraint: str, columns: list[str]) -> str:
    """What is wrong where a constraint of a Table Schema is broken."""
    return {
        "required": "the cell is blank",
        "unique": "another row has the same " + " and ".join(columns),
        "foreign key": "there is no such row",
    }.get(constraint, f"the value breaks the constraint {constraint}")


def advice_on(field: Field, constraint: str, table: Table) -> str:
    """Advice on a broken constraint; an empty string where the message says it all."""
    value = field.constraints.get(constraint)
    words = {
        "required": "fill the cell in",
        "enum": f"use one of {', '.join(map(str, value))}" if constraint == "enum" else "",
        "pattern": f"write it in the form {value}",
        "minimum": f"at least {value}",
        "maximum": f"at most {value}",
        "minLength": f"at least {value} characters",
        "maxLength": f"at most {value} characters",
        "unique": "give each row its own value",
    }
    if constraint == "foreign key":
        key = next(k for k in table.foreign_keys if k.field == field.name)
        return f"use a value of {key.references} in tables/{key.table}.csv, or add the row there"
    return words.get(constraint, "")
