"""What would be right, in words, for a broken constraint of a Table Schema."""

from __future__ import annotations

from ..package import Field, Table


def advice_on(field: Field, constraint: str, table: Table) -> str:
    """Advice for whoever mends the cell; an empty string where the message says it all."""
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
