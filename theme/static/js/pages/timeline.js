/*
 * Filters the timeline in place. All entries stand in the page already; this hides those that are
 * not asked for and keeps what is asked for in the address. It holds no words of its own:
 * they come from the form's data attributes, and names of cities from the entries.
 */

const FIELDS = ["t", "k", "c", "p", "i", "o"];

const form = document.querySelector(".sieve");
const time = document.querySelector(".time");
const status = form.querySelector(".said");
const entries = [...time.querySelectorAll("li[data-k]")];
const lists = [time, ...time.querySelectorAll(".years-of, .year > ul")];
const jumps = new Map(
  [...document.querySelectorAll(".jump.years a")].map((link) => [link.hash.slice(1), link.parentElement]),
);
const fields = new Map(FIELDS.map((name) => [name, form.elements.namedItem(name)]).filter(([, field]) => field));
const ids = (entry, name) => (entry.dataset[name] ?? "").split(" ").filter(Boolean);

let turned = false;

/** Name every city of the page in the filter, in the order of the page's language. */
function nameCities() {
  const cities = new Map();
  for (const entry of entries) {
    const links = entry.querySelectorAll(".cities a");
    for (const [at, id] of ids(entry, "p").entries()) cities.set(id, links[at].textContent);
  }
  const order = new Intl.Collator(document.documentElement.lang);
  const sorted = [...cities].sort((one, other) => order.compare(one[1], other[1]));
  fields.get("p").append(...sorted.map(([id, name]) => new Option(name, id)));
}

/** Read the address; returns what it asks for that is not among the choices. */
function read() {
  const asked = new URLSearchParams(location.search);
  const unknown = [];
  for (const [name, field] of fields) {
    const value = asked.get(name) ?? "";
    const known = [...field.options].find((option) => option.value.toLowerCase() === value.toLowerCase());
    field.value = known ? known.value : "";
    if (!known) unknown.push(value);
  }
  return unknown;
}

function write() {
  const parts = [...fields].filter(([, field]) => field.value).map(([name, field]) => `${name}=${field.value}`);
  history.replaceState(null, "", `${location.pathname}${parts.length ? `?${parts.join("&")}` : ""}${location.hash}`);
}

const say = (message, values) => message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** Show what is asked for; years and decades without any of it are hidden with it. */
function show(unknown = []) {
  const asked = [...fields].filter(([name, field]) => name !== "o" && field.value);
  const city = fields.get("p").value;
  let shown = 0;
  for (const entry of entries) {
    entry.hidden = !asked.every(([name, field]) => ids(entry, name).includes(field.value));
    if (!entry.hidden) shown += 1;
    const places = ids(entry, "p");
    entry.querySelectorAll(".cities a").forEach((link, at) => {
      link.classList.toggle("meant", city !== "" && places[at] === city && places.length > 1);
    });
  }
  for (const year of time.querySelectorAll(".year")) {
    year.hidden = !year.querySelector("li:not([hidden])");
    const jump = jumps.get(year.querySelector("h3").id);
    if (jump) jump.hidden = year.hidden;
  }
  for (const decade of time.querySelectorAll(".decade")) decade.hidden = !decade.querySelector("li:not([hidden])");
  if ((fields.get("o").value === "old") !== turned) turn();
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const said = [say(form.dataset.count, { shown: numbers.format(shown), all: numbers.format(entries.length) })];
  if (unknown.length) said.push(say(form.dataset.unknown, { what: unknown.join(", ") }));
  status.textContent = said.join(" ");
}

/** Turn the order round: decades, their years, the entries of a year, and the links to the years. */
function turn() {
  turned = !turned;
  for (const list of lists) list.append(...[...list.children].reverse());
  const links = [...jumps].filter(([anchor]) => anchor.startsWith("y-")).map(([, item]) => item);
  const order = turned ? links.reverse() : links;
  order[0]?.parentElement.prepend(...order);
}

nameCities();
form.hidden = false;
form.addEventListener("change", () => {
  write();
  show();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  form.reset();
  write();
  show();
});
addEventListener("popstate", () => show(read()));
show(read());
