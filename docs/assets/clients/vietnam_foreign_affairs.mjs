// Reads the tables of a release, typed by their schemas, in Node and in browsers; needs nothing else.
//
//   import { tables, read } from ".../assets/clients/vietnam_foreign_affairs.mjs";
//   const upgrades = await read("partnership_upgrades");
//
// `base` is the address of a release: its folder with datapackage.json.

export const RELEASE = "https://vietnam-foreign-affairs.github.io/vietnam-foreign-affairs/release/";

const TYPES = {
  string: (cell) => cell,
  integer: Number,
  number: Number,
  year: Number,
  boolean: (cell) => cell === "true",
  date: (cell) => new Date(`${cell}T00:00:00Z`), // a day: read it with getUTC...
};

/** The descriptors of the tables, as datapackage.json has them. */
export async function tables({ base = RELEASE } = {}) {
  return (await json(new URL("datapackage.json", folder(base)))).resources;
}

/** The rows of one table as objects; a blank cell is null. Throws for an unknown name or type. */
export async function read(name, { base = RELEASE } = {}) {
  const resources = await tables({ base });
  const resource = resources.find((candidate) => candidate.name === name);
  if (!resource) {
    throw new Error(`there is no table ${name}; the tables are ${resources.map((r) => r.name).join(", ")}`);
  }
  const [schema, text] = await Promise.all([
    json(new URL(resource.schema, folder(base))),
    fetched(new URL(resource.path, folder(base))),
  ]);
  const [header, ...rows] = cells(text);
  const fields = schema.fields;
  const names = fields.map((field) => field.name);
  if (header.join() !== names.join()) throw new Error(`${resource.path}: the columns are not those of its schema`);
  const types = fields.map((field) => {
    if (!(field.type in TYPES)) throw new Error(`${name}.${field.name}: unknown type ${field.type}`);
    return TYPES[field.type];
  });
  return rows.map((row) =>
    Object.fromEntries(names.map((column, i) => [column, row[i] === "" ? null : types[i](row[i])])),
  );
}

/** CSV as rows of cells (RFC 4180). */
function cells(text) {
  const rows = [];
  let row = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let found; pattern.lastIndex < text.length && (found = pattern.exec(text)); ) {
    row.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    if (found[3] !== ",") {
      rows.push(row);
      row = [];
    } else if (pattern.lastIndex === text.length) {
      rows.push([...row, ""]);
    }
  }
  return rows;
}

function folder(base) {
  return base.endsWith("/") ? base : `${base}/`;
}

async function json(url) {
  return JSON.parse(await fetched(url));
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${answer.statusText}`);
  return answer.text();
}
