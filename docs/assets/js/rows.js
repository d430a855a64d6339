// Tables of rows: sort by a column, filter by words (marks may be left out) and by the values of a
// vocabulary. Of a large table the page holds the first rows; the rest comes when it is asked for,
// and is shown a page at a time.

const A_PAGE = 200;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const number = (text) => (/^[-−]?[\d,]*\.?\d+$/.test(text) ? Number(text.replace("−", "-").replaceAll(",", "")) : NaN);
const vietnamese = document.documentElement.lang === "vi";
const count = (n) => n.toLocaleString(vietnamese ? "vi" : "en");

for (const box of document.querySelectorAll(".rows")) setUp(box);

function setUp(box) {
  const body = box.querySelector("tbody");
  const pager = box.querySelector(".rows-pager");
  const size = pager ? A_PAGE : Infinity;
  const total = Number(box.dataset.total ?? body.rows.length);
  let rows = [...body.rows], chosen = rows, first = 0;

  const all = memo(async () => {
    if (!box.dataset.rest) return;
    const rest = await (await fetch(box.dataset.rest)).json();
    // The rows are HTML that the build made with the template of those in the page.
    const page = new DOMParser().parseFromString(`<table>${rest.join("")}</table>`, "text/html");
    rows = chosen = [...rows, ...page.querySelectorAll("tbody > tr")];
    const part = box.querySelector(".rows-part");
    if (part) part.hidden = true;
  });

  function draw() {
    body.replaceChildren(...chosen.slice(first, first + size));
    if (!pager) return;
    const last = Math.min(first + size, chosen.length);
    pager.querySelector("output").textContent = chosen.length ? `${count(first + 1)}–${count(last)} of ${count(chosen.length)}` : "";
    const [back, on] = pager.querySelectorAll("button");
    back.disabled = first === 0;
    on.disabled = last === chosen.length;
  }

  async function turn(by) {
    await all();
    first = Math.max(0, first + by * size);
    draw();
    box.querySelector(".scroll").scrollTop = 0;
  }
  pager?.querySelectorAll("button").forEach((button, i) => button.addEventListener("click", () => turn(i ? 1 : -1)));

  for (const head of box.querySelectorAll("thead th")) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", async () => {
      await all();
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of box.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows = sorted(rows, head.cellIndex, down ? -1 : 1);
      choose();
    });
  }

  const filter = box.querySelector("input[type=search]");
  const facets = [...box.querySelectorAll("select")];
  function choose() {
    const words = fold(filter?.value ?? "").split(/\s+/).filter(Boolean);
    const wanted = facets.filter((facet) => facet.value).map((facet) => [Number(facet.dataset.column), facet.value]);
    chosen = rows.filter((row) => {
      row.folded ??= fold(`${row.textContent} ${row.dataset.words ?? ""}`);
      return words.every((word) => row.folded.includes(word)) && wanted.every(([column, value]) => key(row, column) === value);
    });
    first = 0;
    box.querySelector(".rows-bar output").textContent = `${count(chosen.length)} ${vietnamese ? "dòng" : chosen.length === 1 ? "row" : "rows"}`;
    draw();
  }
  const ask = debounced(async () => {
    await all();
    choose();
  });
  filter?.addEventListener("input", ask);
  for (const facet of facets) facet.addEventListener("change", ask);

  const toHash = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id) || !pager) return;
    await all();
    const place = rows.findIndex((row) => row.id === id);
    if (place < 0) return;
    chosen = rows;
    first = place - (place % size);
    draw();
    document.getElementById(id).scrollIntoView();
    location.replace(location.hash); // so that :target applies
  };
  addEventListener("hashchange", toHash);
  toHash();
  if (pager && body.rows.length < total) pager.querySelector("output").textContent = `1–${count(body.rows.length)} of ${count(total)}`;
}

// What a cell is sorted and chosen by: its name, without the sources beneath it.
function key(row, column) {
  const cell = row.cells[column];
  return cell.dataset.key ?? (cell.querySelector(".name") ?? cell).textContent.trim();
}

function sorted(rows, column, sign) {
  const pairs = rows.map((row) => [row, key(row, column)]);
  pairs.sort(([, a], [, b]) => {
    if (!a || !b) return Boolean(b) - Boolean(a); // blanks last, either way
    const difference = number(a) - number(b);
    return sign * (Number.isNaN(difference) ? a.localeCompare(b, "vi") : difference);
  });
  return pairs.map(([row]) => row);
}

function debounced(act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, 120);
  };
}

function memo(make) {
  let made;
  return () => (made ??= make());
}
