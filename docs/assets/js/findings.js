// The page of differences: what differs by outcome, topic and year; the counts lead to what they count.

const form = document.querySelector(".findings-bar");
if (form) {
  const groups = [...document.querySelectorAll(".findings")];
  const headings = [...document.querySelectorAll("h3")];
  const lines = groups.flatMap((group) => [...group.querySelectorAll(".finding-line")]);
  const choose = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    for (const line of lines) line.hidden = !wanted.every(([name, value]) => line.dataset[name] === value);
    for (const group of groups) group.hidden = !group.querySelector(".finding-line:not([hidden])");
    // A part of which nothing is left has no heading.
    for (const heading of headings) {
      let next = heading.nextElementSibling, any = false;
      for (; next && !/^H[23]$/.test(next.tagName); next = next.nextElementSibling) any ||= next.matches(".findings:not([hidden])");
      heading.hidden = !any;
      if (heading.nextElementSibling?.matches("p:not([class])")) heading.nextElementSibling.hidden = !any;
    }
    form.querySelector("output").textContent = `${lines.filter((line) => !line.hidden).length} / ${lines.length}`;
  };
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const count of document.querySelectorAll("a[data-status]")) {
    if (count.dataset.status !== "agrees") {
      count.addEventListener("click", () => { form.reset(); form.elements.status.value = count.dataset.status; choose(); });
    }
  }
  choose();
}

// A link into what is folded unfolds it.
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target?.closest("details");
  if (folded) folded.open = true;
};
addEventListener("hashchange", unfold);
unfold();
