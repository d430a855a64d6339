"""The table of all cells of text, whatever their table, as SQL."""

from __future__ import annotations

from ...package import Field, Table
from ...sql import literal, quote

COLUMNS = (
    "table_name VARCHAR, _line BIGINT, _row VARCHAR, field VARCHAR, language VARCHAR, "
    "text VARCHAR, words VARCHAR[]"
)
WORDS_OF_OTHERS = {
    "evidence": ("stated_value",),
    "indicators": ("derivation",),
    "legal_instruments": ("number",),
    "observations": ("phrase",),
    "organizations": ("abbreviation",),
    "sources": ("origin_group", "publisher", "publisher_group"),
    "trade_agreements": ("abbreviation",),
}
# What is checked elsewhere, or was wrong and says so.
LEFT_OUT = {
    "corrections": ("became", "field", "row_id", "was"),
    "discrepancies": ("subject",),
    "evidence": ("row_id",),
}


def cells(table: Table) -> str:
    """SQL: the cells of text of a table, of `COLUMNS`, blank ones left out."""
    references = {key.field for key in table.foreign_keys} | {*LEFT_OUT.get(table.name, ())}
    found = [f for f in table.fields if _is_text(f) and f.name not in references]
    columns = (
        ", ".join(map(literal, (f.name for f in found))),
        ", ".join(_language(table.name, f.name) for f in found),
        ", ".join(quote(f.name) for f in found),
    )
    field, language, text = (f"unnest([{column}])" for column in columns)
    return (
        "SELECT *, CASE WHEN language <> '' THEN str_split(lower(text), ' ') END FROM ("
        f"SELECT {literal(table.name)}, _line, _row, {field}, {language} AS language, "
        f"{text} AS text FROM {quote(table.name)}) WHERE text IS NOT NULL"
    )


def _is_text(field: Field) -> bool:
    return field.type == "string" and not field.constraints.keys() & {"enum", "pattern"}


def _language(table: str, field: str) -> str:
    if (table, field) == ("sources", "title"):
        return "language"
    if field in WORDS_OF_OTHERS.get(table, ()):
        return "NULL"
    return literal("vi" if field.endswith("_vi") else "en")
