// node_modules -> docs/assets/vendor and tests/site/vendor, with sums and licences. See `refresh`.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { build } from "esbuild";

const root = path.resolve(process.argv[2]);
const site = path.join(root, "docs/assets/vendor");
const tests = path.join(root, "tests/site/vendor");
const modules = (...names) => path.join("node_modules", ...names);
const read = (...names) => fs.readFileSync(modules(...names));

function write(folder, files) {
  fs.rmSync(folder, { recursive: true, force: true });
  const names = Object.keys(files).sort();
  for (const name of names) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, files[name]);
  }
  const sum = (name) => createHash("sha256").update(fs.readFileSync(path.join(folder, name))).digest("hex");
  fs.writeFileSync(path.join(folder, "SHA256SUMS"), names.map((n) => `${sum(n)}  ${n}\n`).join(""));
}

// A TopoJSON topology -> { ISO numeric code: [longitude, latitude] of the largest ring's middle }.
function middles(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const ring = (indexes) => indexes.flatMap((i) => (i < 0 ? [...arcs[~i]].reverse() : arcs[i]));
  const area = (points) => {
    let sum = 0, cx = 0, cy = 0;
    points.forEach(([x1, y1], i) => {
      const [x2, y2] = points[(i + 1) % points.length], cross = x1 * y2 - x2 * y1;
      sum += cross; cx += (x1 + x2) * cross; cy += (y1 + y2) * cross;
    });
    // A ring rounded down to a point (the Holy See) has no area.
    return { size: Math.abs(sum), middle: sum ? [cx / (3 * sum), cy / (3 * sum)] : points[0] };
  };
  const found = {};
  for (const shape of topology.objects.countries.geometries) {
    if (!shape.id || !shape.arcs) continue;
    const polygons = shape.type === "Polygon" ? [shape.arcs] : shape.arcs;
    const best = polygons.map((p) => area(ring(p[0]))).sort((a, b) => b.size - a.size)[0];
    found[shape.id] ??= best.middle.map((n) => Math.round(n * 100) / 100);
  }
  return found;
}

const coarse = JSON.parse(read("world-atlas", "countries-110m.json"));
const drawn = new Set(coarse.objects.countries.geometries.map((g) => g.id));
const points = Object.entries(middles(JSON.parse(read("world-atlas", "countries-10m.json"))));
const small = Object.fromEntries(points.filter(([id]) => !drawn.has(id)).sort());

const duckdb = await build({
  entryPoints: [modules("@duckdb/duckdb-wasm/dist/duckdb-browser.mjs")],
  bundle: true, format: "esm", minify: true, legalComments: "none", write: false,
});
const worker = read("@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js")
  .toString().replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
const duckdbLicence = `@duckdb/duckdb-wasm ${JSON.parse(read("@duckdb/duckdb-wasm/package.json")).version}

MIT License

Copyright (c) 2020 The DuckDB-Wasm authors; Copyright 2018-2025 Stichting DuckDB Foundation

${fs.readFileSync(path.join(root, "LICENSE"), "utf8").split("\n\n").slice(2).join("\n\n")}
duckdb.mjs also holds Apache Arrow (APACHE-ARROW-LICENSE.txt, APACHE-ARROW-NOTICE.txt).
`;
const atlasLicence = `world-atlas ${JSON.parse(read("world-atlas/package.json")).version} (countries-110m.json), ISC licence:

${read("world-atlas", "LICENSE")}
The shapes, and the points of small-states.json, are made with Natural Earth, which is in the public
domain. Boundaries are Natural Earth's and serve orientation only.
`;

write(site, {
  "duckdb/duckdb.mjs": duckdb.outputFiles[0].contents,
  "duckdb/duckdb-browser-eh.worker.js": worker,
  "duckdb/duckdb-eh.wasm.gz": zlib.gzipSync(read("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), { level: 9 }),
  "duckdb/LICENSE.txt": duckdbLicence,
  "duckdb/APACHE-ARROW-LICENSE.txt": read("apache-arrow", "LICENSE.txt"),
  "duckdb/APACHE-ARROW-NOTICE.txt": read("apache-arrow", "NOTICE.txt"),
  "world/countries-110m.json": read("world-atlas", "countries-110m.json"),
  "world/small-states.json": JSON.stringify(small).replaceAll("],", "],\n") + "\n",
  "world/LICENSE.txt": atlasLicence,
});
write(tests, {
  "axe.min.js": read("axe-core", "axe.min.js"),
  "LICENSE.txt": read("axe-core", "LICENSE"),
  "LICENSE-3RD-PARTY.txt": read("axe-core", "LICENSE-3RD-PARTY.txt"),
});
