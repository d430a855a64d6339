"""The published package in the reader of the first generation, which npm has."""

from __future__ import annotations

import json

import pytest

READ = """
const { Package } = require("datapackage");
(async () => {
  const found = await Package.load(process.argv[2]);
  const rows = {};
  for (const resource of found.resources) {
    if (resource.tabular) rows[resource.name] = (await resource.read()).length;
  }
  console.log(JSON.stringify({ valid: found.valid, errors: found.errors.map(String), rows }));
})().catch((error) => { console.error(error); process.exit(1); });
"""


@pytest.mark.parametrize("where", ["zip", "folder"])
def test_the_reader_of_npm_opens_it_and_reads_every_row(where, node, dist, published):
    archive = dist / f"{published.name}-{published.version}.zip"
    path = archive if where == "zip" else dist / "datapackage.json"
    found = json.loads(node(READ, path, packages=("datapackage@1.1.10",)))
    assert found["errors"] == []
    assert found["valid"]
    assert found["rows"] == {r["name"]: r["rows"] for r in published.descriptor["resources"]}


def test_each_resource_says_in_both_generations_that_it_is_a_table(published):
    """frictionless for R 1.2 reads no resource without the profile, later ones go by $schema."""
    for resource in published.descriptor["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        assert resource["$schema"] == "https://datapackage.org/profiles/2.0/dataresource.json"
        assert resource["type"] == "table"
