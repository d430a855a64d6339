// Charts are drawn at build time. This adds what a still picture cannot do: labels of marks by
// pointer and by arrow keys, a legend that singles a series out, the map's slider.

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
  const { names, steps } = JSON.parse(figure.querySelector(".states").textContent);
  const vietnamese = document.documentElement.lang === "vi";
  const input = figure.querySelector("input[type=range]");
  const output = figure.querySelector(".slider output");
  const titles = Object.fromEntries([...figure.querySelectorAll(".legend button")].map((b) => [b.dataset.s, b.textContent]));
  const counted = ["csp", "sp", "cp"];
  // The counted framework at the end of the year, or else the special relationship.
  const at = (iso3, year) => {
    const inForce = (steps[iso3] ?? []).filter(([since, until]) => since.slice(0, 4) <= year && !(until && until.slice(0, 4) <= year));
    return inForce.find((s) => counted.includes(s[2])) ?? inForce[0];
  };
  figure.describe = (mark) => {
    const [english, native] = names[mark.dataset.l] ?? [mark.dataset.l];
    const name = (vietnamese && native) || english;
    const state = at(mark.dataset.l, input.value);
    return state ? `${name}: ${titles[state[2]].toLowerCase()}, ${vietnamese ? "từ" : "since"} ${state[0]}` : name;
  };
  const draw = () => {
    const year = input.value, count = { csp: 0, sp: 0, cp: 0 };
    for (const iso3 of Object.keys(steps)) {
      const tier = at(iso3, year)?.[2];
      if (tier in count) count[tier] += 1;
    }
    for (const mark of figure.querySelectorAll("svg [data-l]")) {
      const tier = at(mark.dataset.l, year)?.[2] ?? "none";
      mark.dataset.s = tier;
      mark.setAttribute("fill", `var(--c-${tier === "none" ? "land" : tier})`);
    }
    const total = counted.reduce((sum, tier) => sum + count[tier], 0);
    output.textContent = vietnamese
      ? `${year}: ${total} đối tác (${count.csp} chiến lược toàn diện, ${count.sp} chiến lược, ${count.cp} toàn diện)`
      : `${year}: ${total} partners (${count.csp} comprehensive strategic, ${count.sp} strategic, ${count.cp} comprehensive)`;
    input.setAttribute("aria-valuetext", output.textContent);
    figure.single();
  };
  input.addEventListener("input", draw);
  draw();
}
