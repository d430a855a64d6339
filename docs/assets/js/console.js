// The SQL console: DuckDB in the page. Tables, views and macros are loaded on the first query;
// then the engine is locked: no file, no network, no extension, no setting. Each query has a
// connection and a transaction of its own that reads only, so that none changes what others show.

const root = new URL("../../", import.meta.url);
const vendor = new URL("assets/vendor/duckdb/", root);
const SHOWN = 500;
const SECONDS = 60; // a query may take; data-seconds on the console sets another limit
const LOCK = ["autoinstall_known_extensions = false", "autoload_known_extensions = false",
  "enable_external_access = false", "lock_configuration = true"];
const words = {
  en: {
    fetching: (a, b) => `Fetching the engine: ${a} of ${b} MB`, loading: "Loading the tables…", running: "Running…",
    rows: (n, ms) => `${n.toLocaleString("en")} row${n === 1 ? "" : "s"} in ${ms} ms`, part: `, the first ${SHOWN} shown`,
    failed: "The query did not run.", copied: "The link is copied.", result: "Query result",
    stopped: "Stopped.", late: (n) => `Stopped after ${n} s.`, reset: "As it was at first.", own: "What you typed last",
  },
  vi: {
    fetching: (a, b) => `Đang tải công cụ truy vấn: ${a} / ${b} MB`, loading: "Đang nạp các bảng…", running: "Đang chạy…",
    rows: (n, ms) => `${n.toLocaleString("vi")} dòng trong ${ms} ms`, part: `, hiện ${SHOWN} dòng đầu`,
    failed: "Câu lệnh không chạy được.", copied: "Đã sao chép liên kết.", result: "Kết quả truy vấn",
    stopped: "Đã dừng.", late: (n) => `Đã dừng sau ${n} giây.`, reset: "Đã trở lại như ban đầu.", own: "Câu lệnh bạn nhập gần nhất",
  },
}[document.documentElement.lang === "vi" ? "vi" : "en"];

async function get(path) {
  const response = await fetch(new URL(path, root));
  if (!response.ok) throw new Error(`${response.status} for ${path}`);
  return response;
}

// The engine travels gzipped, so that it is small on any host.
async function unzipped(path, type, progress) {
  const response = await get(path);
  const total = Number(response.headers.get("content-length"));
  let seen = 0;
  const counter = new TransformStream({
    transform(chunk, controller) { progress((seen += chunk.length), total); controller.enqueue(chunk); },
  });
  const stream = response.body.pipeThrough(counter).pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": type } }).blob();
}

async function open(progress) {
  const { AsyncDuckDB, VoidLogger } = await import(new URL("duckdb.mjs", vendor));
  const texts = get("console/package.json").then((r) => r.json()).then(async (pkg) => ({
    pkg, files: await Promise.all(pkg.tables.map(async (path) => [path, await (await get(path)).text()])),
  }));
  const [wasm, script] = await Promise.all([
    unzipped("assets/vendor/duckdb/duckdb-eh.wasm.gz", "application/wasm", progress),
    get("assets/vendor/duckdb/duckdb-browser-eh.worker.js").then((r) => r.blob()),
  ]);
  // A worker made of a blob is under this page's content security policy: only this site.
  const urls = [wasm, new Blob([script], { type: "text/javascript" })].map((b) => URL.createObjectURL(b));
  const db = new AsyncDuckDB(new VoidLogger(), (worker = new Worker(urls[1])));
  await db.instantiate(urls[0]);
  urls.forEach((url) => URL.revokeObjectURL(url));
  await db.open({ query: { castDecimalToDouble: true } });
  const { pkg, files } = await texts;
  await Promise.all(files.map(([path, text]) => db.registerFileText(path, text)));
  const connection = await db.connect();
  await connection.query(pkg.load);
  await connection.query(pkg.derived);
  await Promise.all(files.map(([path]) => db.dropFile(path)));
  for (const setting of LOCK) await connection.query(`SET ${setting}`);
  return db;
}

let engine, worker; // one a page, made on first use
let isReading = false; // the worker is at a query
let giveUp = () => {}; // ends the wait for an answer
let report = () => {}; // whoever waits for it now
function start(progress) {
  report = progress;
  return (engine ??= open((...news) => report(...news)).catch((error) => { engine = undefined; throw error; }));
}

// A query cannot be interrupted in the worker: it goes with the worker, and the next one makes another.
// An engine that is still being fetched goes on: whoever asks next needs it.
function stop(reason) {
  if (isReading) {
    worker.terminate();
    engine = worker = undefined;
    isReading = false;
  }
  giveUp(Object.assign(new Error(reason), { stopped: true }));
}

// A value as text, as Python's str of it would be; null stays null.
function text(value, type) {
  if (value === null || value === undefined) return null;
  if (/^Date/.test(type)) return new Date(Number(value)).toISOString().slice(0, 10);
  if (/^Timestamp/.test(type)) return new Date(Number(value)).toISOString().slice(0, 19).replace("T", " ");
  if (typeof value === "object") return JSON.stringify(value, (_, x) => (typeof x === "bigint" ? Number(x) : x));
  return String(value);
}

// One statement in a transaction that reads only. What may hold several is prepared, which takes one.
async function read(db, sql) {
  const connection = await db.connect();
  try {
    await connection.query("BEGIN TRANSACTION READ ONLY");
    if (!sql.trim().replace(/;$/, "").includes(";")) return await connection.query(sql);
    const statement = await connection.prepare(sql);
    try { return await statement.query(); } finally { await statement.close(); }
  } finally {
    await connection.query("ROLLBACK").catch(() => {}); // already rolled back by an error, or by itself
    await connection.close();
  }
}

async function answer(sql, progress, isStopped) {
  const db = await start(progress);
  if (isStopped()) return null; // while it was fetched
  progress();
  isReading = true;
  try { return await read(db, sql); } finally { isReading = false; }
}

// `progress(seen, total)` hears of bytes of the engine, and of nothing when the query begins.
export async function ask(sql, progress = () => {}) {
  let isStopped = false;
  const stopped = new Promise((_, fail) => { giveUp = (why) => { isStopped = true; fail(why); }; });
  const result = await Promise.race([answer(sql, progress, () => isStopped), stopped]);
  const types = result.schema.fields.map((field) => String(field.type));
  const columns = result.schema.fields.map((field) => field.name);
  const vectors = columns.map((_, i) => result.getChildAt(i));
  const rows = Array.from({ length: result.numRows }, (_, r) => vectors.map((v, i) => text(v.get(r), types[i])));
  return { columns, types, rows };
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// An address leads to its page, the code of a country to the page of the country.
function shown(value, column, countries) {
  if (/^https?:\/\/\S+$/.test(value)) return element("a", { href: value, rel: "noopener", textContent: value });
  if (/iso3$/.test(column) && /^[A-Z]{3}$/.test(value)) return element("a", { href: `${countries}${value}/`, textContent: value });
  return value;
}

// The answer as a table, sorted by a column when its head is pressed; blanks come last.
function tableOf({ columns, types, rows }, countries) {
  const numeric = types.map((type) => /^(Int|Uint|Float|Decimal)/i.test(type));
  const cell = (value, i) => {
    const made = element("td", { className: `${numeric[i] ? "num" : ""} ${value === null ? "null" : ""}` });
    made.append(value === null ? "NULL" : shown(value, columns[i], countries));
    return made;
  };
  const body = element("tbody");
  const draw = (sorted) => body.replaceChildren(...sorted.slice(0, SHOWN).map((row) => element("tr", {}, ...row.map(cell))));
  const heads = columns.map((column, i) => {
    const head = element("th", { scope: "col", className: numeric[i] ? "num" : "" }, element("button", { type: "button", textContent: column }));
    head.firstChild.addEventListener("click", () => {
      const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
      draw([...rows].sort(([...a], [...b]) => {
        if (a[i] === null || b[i] === null) return (a[i] === null) - (b[i] === null);
        return sign * (numeric[i] ? Number(a[i]) - Number(b[i]) : a[i].localeCompare(b[i], "vi"));
      }));
    });
    return head;
  });
  draw(rows);
  return element("table", {},
    element("caption", { textContent: words.result, hidden: true }), element("thead", {}, element("tr", {}, ...heads)), body);
}

// What somebody typed is kept in the browser, for when another question took its place.
const OWN = "vietnam-foreign-affairs-sql";
const kept = { get: () => { try { return localStorage.getItem(OWN); } catch { return null; } },
  set: (sql) => { try { localStorage.setItem(OWN, sql); } catch { /* no storage, nothing kept */ } } };

function csvOf({ columns, rows }) {
  const cell = (value) => (value === null ? "" : /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function setUp(box) {
  const [pick, sql] = [box.querySelector("select"), box.querySelector("textarea")];
  const [status, output] = [box.querySelector(".console-status"), box.querySelector(".console-result")];
  const button = Object.fromEntries([...box.querySelectorAll("[data-do]")].map((b) => [b.dataset.do, b]));
  const example = sql.value;
  const fields = box.querySelector(".console-params");
  const options = [...pick.options];
  // The question that stands in the box as it is, if one does.
  const named = () => options.find((o) => o.dataset.name && o.value === sql.value);

  // A field for each parameter of the question; what it holds goes into the SQL when it runs.
  function askFor(values = {}) {
    const parameters = JSON.parse(named()?.dataset.parameters ?? "[]");
    fields.replaceChildren(...parameters.map(({ name, kind, default: value, about }) => {
      const type = { date: "date", integer: "number" }[kind] ?? "text";
      const input = element("input", { type, name, value: values[name] ?? value, title: about });
      if (kind === "country") input.setAttribute("list", "console-countries");
      return element("label", {}, `${name} `, input);
    }));
  }
  const given = () => Object.fromEntries([...fields.querySelectorAll("input")].map((input) => [input.name, input.value]));
  const filled = () => sql.value.replace(/getvariable\('(\w+)'\)/g, (whole, name) => {
    const input = fields.querySelector(`input[name="${name}"]`);
    if (!input?.value) return whole;
    const text = `'${input.value.replaceAll("'", "''")}'`;
    return { date: `DATE ${text}`, number: String(Number(input.value)) }[input.type] ?? text;
  });
  // A question that is asked as it is has a short address; everything else has its SQL in it.
  const address = () => (named() ? new URLSearchParams({ ask: named().dataset.name, ...given() }) : `q=${encodeURIComponent(sql.value)}`);
  let last, count = 0;

  async function run() {
    if (!button.stop.disabled) stop(words.stopped); // what runs still
    const number = ++count, megabytes = (n) => (n / 1e6).toFixed(1);
    const news = (message) => { if (number === count) status.textContent = message; };
    button.csv.disabled = button.link.disabled = true;
    button.stop.disabled = false;
    const seconds = Number(box.dataset.seconds || SECONDS);
    let clock;
    output.replaceChildren();
    news(words.loading);
    history.replaceState(null, "", `#${address()}`);
    try {
      let began;
      const result = await ask(filled(), (seen, total) => {
        if (seen !== undefined) return news(seen < total ? words.fetching(megabytes(seen), megabytes(total)) : words.loading);
        if (number !== count) return;
        news(words.running);
        began = performance.now();
        clock = setTimeout(() => stop(words.late(seconds)), seconds * 1000);
      });
      if (number !== count) return;
      last = result;
      output.append(tableOf(result, box.dataset.countries));
      news(words.rows(result.rows.length, Math.round(performance.now() - began)) + (result.rows.length > SHOWN ? words.part : ""));
      button.csv.disabled = false;
    } catch (error) {
      if (number !== count) return;
      if (error.stopped) { news(error.message); return; }
      const message = String(error.message ?? error).replace(/\n\nPlease try installing[\s\S]*/, "");
      const shown = element("pre", { className: "console-error", textContent: message });
      shown.setAttribute("role", "alert");
      output.append(shown);
      news(words.failed);
    } finally {
      clearTimeout(clock);
      if (number === count) { button.stop.disabled = true; button.link.disabled = false; }
    }
  }

  pick.addEventListener("change", () => { if (pick.value) { sql.value = pick.value; askFor(); run(); } });
  sql.addEventListener("input", () => { kept.set(sql.value); askFor(given()); });
  if (kept.get()) pick.append(new Option(words.own, kept.get()));
  sql.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  button.run.addEventListener("click", run);
  button.stop.addEventListener("click", () => stop(words.stopped));
  button.reset.addEventListener("click", () => {
    stop(words.stopped);
    count += 1;
    [sql.value, pick.value] = [example, ""];
    askFor();
    output.replaceChildren();
    button.csv.disabled = button.link.disabled = button.stop.disabled = true;
    history.replaceState(null, "", location.pathname);
    status.textContent = words.reset;
  });
  button.csv.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob(["\ufeff", csvOf(last)], { type: "text/csv" }));
    element("a", { href: url, download: "result.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  button.link.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(location.href);
    status.textContent = words.copied;
  });
  const fromLink = () => {
    const { q, ask: name, ...values } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const asked = q ?? options.find((o) => o.dataset.name === name)?.value;
    if (!asked || `#${address()}` === location.hash && sql.value === asked && last) return;
    sql.value = asked;
    askFor(values);
    run();
  };
  addEventListener("hashchange", fromLink);
  button.run.disabled = false;
  fromLink();
}

for (const box of document.querySelectorAll(".console")) setUp(box);
