// Tables of rows: sort by a column, filter by words (marks may be left out), and for large tables
// the rows that are not in the page, from the CSV.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const number = (text) => (/^[-−]?[\d,]*\.?\d+$/.test(text) ? Number(text.replace("−", "-").replaceAll(",", "")) : NaN);

for (const box of document.querySelectorAll(".rows")) setUp(box);

function setUp(box) {
  const body = box.querySelector("tbody");
  const filter = box.querySelector("input[type=search]");
  const output = box.querySelector("output");
  const vietnamese = document.documentElement.lang === "vi";
  const all = memo(async () => (box.dataset.csv ? load(box, body) : undefined));

  [...box.querySelectorAll("thead th")].forEach((head, column) => {
    if ("unsorted" in head.dataset) return;
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", async () => {
      await all();
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of box.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(body, column, down ? -1 : 1);
    });
  });

  let timer;
  filter?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await all();
      const words = fold(filter.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of body.rows) {
        row.folded ??= fold(`${row.textContent} ${row.dataset.words ?? ""}`);
        row.hidden = !words.every((word) => row.folded.includes(word));
        shown += !row.hidden;
      }
      output.textContent = `${shown.toLocaleString(vietnamese ? "vi" : "en")} ${vietnamese ? "dòng" : shown === 1 ? "row" : "rows"}`;
    }, 120);
  });

  box.querySelector(".rows-part button")?.addEventListener("click", all);
  const toHash = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id) || !box.dataset.csv) return;
    await all();
    document.getElementById(id)?.scrollIntoView();
    location.replace(location.hash); // so that :target applies
  };
  addEventListener("hashchange", toHash);
  toHash();
}

function sort(body, column, sign) {
  const rows = [...body.rows].map((row) => [row, row.cells[column].textContent.trim()]);
  rows.sort(([, a], [, b]) => {
    if (!a || !b) return Boolean(b) - Boolean(a); // blanks last, either way
    const difference = number(a) - number(b);
    return sign * (Number.isNaN(difference) ? a.localeCompare(b, "vi") : difference);
  });
  body.append(...rows.map(([row]) => row));
}

async function load(box, body) {
  const { csv, columns, root, links, key, report } = box.dataset;
  const [header, ...lines] = parse(await (await fetch(csv)).text());
  const target = Object.fromEntries(links.trim().split(/\s+/).map((pair) => pair.split("=")));
  const known = new Set([...body.rows].map((row) => row.id));
  const added = document.createDocumentFragment();
  for (const line of lines) {
    const row = Object.fromEntries(header.map((name, i) => [name, line[i]]));
    const id = key.split(" ").map((name) => row[name]).join("/");
    if (known.has(id)) continue;
    const tr = document.createElement("tr");
    tr.id = id;
    columns.split(" ").forEach((name, i) => {
      const cell = document.createElement(i ? "td" : "th");
      if (!i) cell.scope = "row";
      cell.append(i ? content(name, row, target, root) : link(`#${id}`, row[name]));
      tr.append(cell);
    });
    const cell = document.createElement("td");
    cell.append(link(report + encodeURIComponent(id), "Report"));
    cell.firstChild.setAttribute("aria-label", `Report an error in ${id}`);
    tr.children[0].after(cell);
    added.append(tr);
  }
  body.append(added);
  box.querySelector(".rows-part").hidden = true;
}

function content(name, row, target, root) {
  const value = row[name];
  if (!value) return "";
  if (target[name]) return link(`${root}tables/${target[name]}/#${value}`, value);
  if (name === "row_id" && row.table_name) return link(`${root}tables/${row.table_name}/#${value}`, value);
  return /^https?:\/\//.test(value) ? link(value, value.split("/")[2]) : value;
}

function link(href, words) {
  return Object.assign(document.createElement("a"), { href, textContent: words });
}

// RFC 4180.
function parse(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i], row = rows.at(-1);
    if (quoted && c === '"' && text[i + 1] === '"') { row[row.length - 1] += c; i++; }
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else row[row.length - 1] += c;
  }
  return rows.filter((row) => row.length > 1);
}

function memo(make) {
  let made;
  return () => (made ??= make());
}
