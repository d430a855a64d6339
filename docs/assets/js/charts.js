// Charts are drawn at build time. This adds what a still picture cannot do: labels of marks by
// pointer and by arrow keys, a legend that singles a series out, the map's slider.

const vietnamese = document.documentElement.lang === "vi";
const phone = matchMedia("(max-width: 44rem)");

for (const figure of document.querySelectorAll("figure.chart")) {
  narrow(figure);
  labels(figure);
  legend(figure);
  if (figure.querySelector(".states")) slider(figure);
}

// On a phone a drawing that was made for its width takes the place of the wide one.
async function narrow(figure) {
  if (!figure.dataset.narrow || !phone.matches) return;
  const answer = await fetch(figure.dataset.narrow);
  if (!answer.ok) return;
  const drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  figure.querySelector("svg").replaceWith(document.importNode(drawing, true));
  figure.classList.add("narrow");
  figure.single?.();
}

function labels(figure) {
  const tip = figure.querySelector(".chart-tip");
  const view = figure.querySelector(".chart-view");
  const marks = () => [...figure.querySelectorAll("svg [data-l]")].filter((m) => m.dataset.l);
  let current = -1;
  const show = (mark) => {
    figure.querySelector("svg .current")?.classList.remove("current");
    mark?.classList.add("current");
    const words = mark ? (figure.describe ?? ((m) => m.dataset.l))(mark) : "";
    if (tip.textContent !== words) tip.textContent = words;
  };
  view.addEventListener("pointerover", (event) => {
    const mark = event.target.closest("[data-l]");
    if (mark?.dataset.l) show(mark);
  });
  view.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const all = marks();
    if (!step || !all.length) return;
    event.preventDefault();
    current = (current + step + all.length) % all.length;
    show(all[current]);
  });
}

function legend(figure) {
  const buttons = [...figure.querySelectorAll(".legend button")];
  const single = (key) => {
    figure.classList.toggle("single", Boolean(key));
    for (const mark of figure.querySelectorAll("svg [data-s]")) mark.classList.toggle("on", mark.dataset.s === key);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.s === key));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => single(button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.s));
  }
  figure.single = () => single(buttons.find((b) => b.getAttribute("aria-pressed") === "true")?.dataset.s ?? "");
}

function slider(figure) {
  const { names, steps, days } = JSON.parse(figure.querySelector(".states").textContent);
  const input = figure.querySelector("input[type=range]");
  const date = figure.querySelector("input[type=date]");
  const output = figure.querySelector(".slider output");
  const titles = Object.fromEntries([...figure.querySelectorAll(".legend button")].map((b) => [b.dataset.s, b.textContent]));
  const counted = ["csp", "sp", "cp"];
  const order = [...counted, "special"];
  // The counted framework on the day, or else the special relationship. What is known to the year
  // or month counts from its first day.
  const at = (iso3, day) => {
    const inForce = (steps[iso3] ?? []).filter(([since, until]) => since <= day && !(until && until <= day));
    return inForce.find((s) => counted.includes(s[2])) ?? inForce[0];
  };
  figure.describe = (mark) => {
    const name = names[mark.dataset.l] ?? mark.dataset.l;
    const state = at(mark.dataset.l, date.value);
    return state ? `${name}: ${titles[state[2]].toLowerCase()}, ${vietnamese ? "từ" : "since"} ${written(state[0])}` : name;
  };
  const draw = () => {
    const day = date.value, count = { csp: 0, sp: 0, cp: 0 };
    for (const iso3 of Object.keys(steps)) {
      if (iso3 === "EUU") continue; // a partner that is no state: officials do not count it
      const tier = at(iso3, day)?.[2];
      if (tier in count) count[tier] += 1;
    }
    for (const mark of figure.querySelectorAll("svg [data-l]")) {
      const tier = at(mark.dataset.l, day)?.[2] ?? "none";
      mark.dataset.s = tier;
      mark.setAttribute("fill", `var(--c-${tier === "none" ? "land" : tier})`);
    }
    const total = counted.reduce((sum, tier) => sum + count[tier], 0);
    list(day);
    output.textContent = vietnamese
      ? `${written(day)}: ${total} nước đối tác (${count.csp} chiến lược toàn diện, ${count.sp} chiến lược, ${count.cp} toàn diện)`
      : `${day}: ${total} partner states (${count.csp} comprehensive strategic, ${count.sp} strategic, ${count.cp} comprehensive)`;
    input.setAttribute("aria-valuetext", output.textContent);
    figure.single();
  };
  // The partners of the day by tier and name; each leads to its page, where the sources stand.
  const list = (day) => {
    const found = Object.keys(steps).map((iso3) => [iso3, at(iso3, day)]).filter(([, state]) => state);
    found.sort(([a, x], [b, y]) => order.indexOf(x[2]) - order.indexOf(y[2]) || names[a].localeCompare(names[b], "vi"));
    figure.querySelector(".on-day ul").replaceChildren(...found.map(([iso3, state]) => {
      const link = Object.assign(document.createElement("a"), { href: `${figure.dataset.countries}${iso3}/#partnership`, textContent: names[iso3] });
      const item = document.createElement("li");
      item.append(link, `, ${titles[state[2]].toLowerCase()}, ${vietnamese ? "từ" : "since"} ${written(state[0])}`);
      return item;
    }));
  };
  // The slider goes from change to change; the field beside it takes any day.
  input.addEventListener("input", () => {
    date.value = first(days[input.value]);
    draw();
  });
  date.addEventListener("input", () => {
    if (!date.value) return;
    input.value = Math.max(0, days.findLastIndex((day) => first(day) <= date.value));
    draw();
  });
  draw();
  // A country leads to its page.
  const view = figure.querySelector(".chart-view");
  const open = (mark) => { if (mark && mark.dataset.l in names) location.assign(`${figure.dataset.countries}${mark.dataset.l}/`); };
  view.addEventListener("click", (event) => open(event.target.closest("[data-l]")));
  view.addEventListener("keydown", (event) => { if (event.key === "Enter") open(view.querySelector(".current")); });
}

// A day as it is known, as a whole day: its first.
function first(day) {
  return day + "-01-01".slice(day.length - 4);
}

// A day in the words of the page: 2023-09-10, in Vietnamese 10/9/2023.
function written(day) {
  return vietnamese ? day.split("-").reverse().map(Number).join("/") : day;
}
