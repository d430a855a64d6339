"""Every rule on the documents themselves, a module a theme."""

from __future__ import annotations

from . import columns, descriptor, keys, wording

CHECKS = (descriptor.check, keys.check, columns.check, wording.check)
CATALOGUE = (
    descriptor.NAMES,
    descriptor.FILES,
    descriptor.CLAIMS,
    keys.RULE,
    columns.CONSTRAINTS,
    columns.COLUMNS,
    wording.RULE,
)
# What others find makes it unsafe, or senseless, to read the tables.
HARMLESS = {wording.RULE.id, descriptor.FILES.id}
