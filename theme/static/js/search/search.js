/* The search. Pagefind finds, this page shows: its results are text, never HTML, every word it says comes
   from the page, and of the address it takes text for the field and ids that the atlas knows. */

import { json } from "../shared/load.js";
import { folded, Words } from "../shared/words.js";
import { fill, meets, named, nearest, shown } from "./text.js";

const PAGE = 10; // records shown at a time
const PARTS = 3; // claims of one record shown at a time
/** Where the first result is none of these, a name may be misspelt, or in a form that nobody recorded. */
const NAMED = ["city", "country", "topic", "network", "charter"];
const FEW = 5; // with fewer results, words are looked for in other cases as well
const LAST_LETTER = /(?<=\p{L}{5})\p{L}(?!\p{L})/gu; // of a word that is long enough to be known without it
const PAUSE = 120; // milliseconds without a key before a search starts
const LONGEST = 64; // characters of an address that are repeated to the reader
const FACETS = ["k", "c", "t", "s"];
/** Where an entry's record stands behind its facets, and the record that a claim is about. */
const [RECORD, ABOUT] = [4, 5];
const NOWHERE = 0.6; // what an action without a city counts: it is a plan of a network
/** What a reader most often means: the thing itself before claims about it, these before documents. */
const RANK = {
  city: 1.8,
  country: 1.8,
  topic: 1.8,
  network: 2,
  charter: 2,
  claim: 1.1,
  action: 1,
  obligation: 0.8,
  source: 0.6,
  page: 0.6,
};
/** Where words stand that count: in titles and names; an address or a code is no place to search. */
const WEIGHTS = { title: 3, names: 3, status: 1, href: 0, kind: 0, state: 0 };

const form = document.querySelector("form.find");
const [status, meant, answer] = [".said", ".meant", ".answer"].map((one) => form.querySelector(one));
const sieve = form.querySelector(".sieve");
const results = document.querySelector(".results");
const list = results.querySelector("ol");
const more = results.querySelector(".more-results");
const examples = document.querySelector(".examples");
const scriptless = document.querySelector(".scriptless");
const words = new Words(JSON.parse(form.dataset.words));
const field = form.elements.q;
const lang = document.documentElement.lang;

/** What a result shows, and the numbers of the words that were found; many entries share a file. */
async function dataOf({ hit: { id, words: locations }, of }) {
  const together = await json(`${form.dataset.index}results.${lang}.${of.at(-1)}.json`);
  return { ...together[id], locations };
}

class Search {
  constructor(engine, facets) {
    Object.assign(this, { engine, facets, hits: [], groups: [], turn: 0, timer: 0 });
    this.order = new Map([...form.querySelectorAll("select")].map((one) => [one.name, [...one.options].slice(1)]));
    form.addEventListener("input", ({ target }) => this.soon(target === field ? PAUSE : 0));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter();
    });
    form.addEventListener("reset", () => {
      this.soon(0);
      field.focus();
    });
    field.addEventListener("keydown", (event) => this.pressed(event));
    list.addEventListener("keydown", (event) => this.walked(event));
    more.addEventListener("click", () => this.show());
    examples?.addEventListener("click", (event) => this.example(event));
    addEventListener("popstate", () => {
      this.read();
      this.search();
    });
  }

  // The address

  /** Take what the address asks for; return what of it the atlas does not know. */
  read() {
    const asked = new URLSearchParams(location.search);
    field.value = (asked.get("q") ?? "").slice(0, field.maxLength);
    return FACETS.flatMap((name) => {
      const value = asked.get(name) ?? "";
      const select = form.elements[name];
      const known = [...select.options].find((option) => option.value.toLowerCase() === value.toLowerCase());
      select.value = known?.value ?? "";
      return known ? [] : [value.slice(0, LONGEST)];
    });
  }

  write() {
    const asked = new URLSearchParams();
    for (const name of ["q", ...FACETS])
      if (form.elements[name].value.trim()) asked.set(name, form.elements[name].value.trim());
    history.replaceState(null, "", location.pathname + (asked.size ? `?${asked}` : ""));
  }

  // Searching

  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.write();
      this.search();
    }, pause);
  }

  /** Search without waiting; the only record that is left is what was meant. */
  async enter() {
    clearTimeout(this.timer);
    this.write();
    await this.search();
    if (this.groups.length === 1) list.querySelector("h2 a")?.click();
  }

  async search(unknown = []) {
    const mine = ++this.turn;
    const asked = field.value.trim();
    const chosen = FACETS.filter((name) => form.elements[name].value);
    meant.hidden = true;
    answer.replaceChildren();
    if (!asked && !chosen.length) {
      this.hits = [];
      this.count(null);
      this.say(unknown, "");
      return this.show(true);
    }
    if (!this.hits.length) this.say(unknown, words.say("loading"));
    const found = await this.engine.search(asked || null);
    if (mine !== this.turn) return undefined;
    let ranked = await this.ranked(found.results, folded(asked));
    // Another case or number of a word, in a language that the index does not know: "uchodźcy", "uchodźców".
    const shorter = asked.replace(LAST_LETTER, "");
    if (asked && ranked.length < FEW && shorter !== asked) {
      const more = await this.ranked((await this.engine.search(shorter)).results, folded(shorter), 1);
      const known = new Set(ranked.map(({ hit }) => hit.id));
      ranked = [...ranked, ...more.filter(({ hit }) => !known.has(hit.id))];
    }
    if (mine !== this.turn) return undefined;
    this.count(ranked);
    this.hits = ranked.filter(({ of }) => chosen.every((name) => this.has(of, name, form.elements[name].value)));
    const none = asked ? words.say("none", { asked }) : words.say("none_so");
    this.say(unknown, this.hits.length ? words.count("found", this.hits.length) : `${none} ${words.say("few_words")}`);
    await this.show(true);
    const hit = ranked.length && NAMED.includes(this.facets.k[ranked[0].of[0]]);
    if (asked && !hit && mine === this.turn) await this.suggest(asked, mine);
    if (asked.includes(" ") && mine === this.turn) await this.reply(folded(asked), mine);
    return undefined;
  }

  /** What was found, best first; nothing where a word was only found by its first letters. */
  async ranked(results, asked, share) {
    const ranked = results
      .map((hit) => ({ hit, of: this.facets.of[hit.id] }))
      .filter(({ of }) => of)
      .map((one) => ({ ...one, score: one.hit.score * this.weight(one.of) }))
      .sort((one, other) => other.score - one.score);
    if (!asked || !ranked.length) return ranked;
    const best = await Promise.all(ranked.slice(0, PAGE).map(dataOf));
    const found = best.flatMap(({ content, locations }) => {
      const all = content.split(/\s+/);
      return locations.flatMap((at) => folded(all[at] ?? "").split(" "));
    });
    return meets(asked, found, lang === "en", share) ? ranked : [];
  }

  /** Hits by their records, each record where its best hit stood, and first in it the record itself. */
  grouped() {
    const groups = new Map();
    for (const hit of this.hits) {
      const group = groups.get(hit.of[RECORD]) ?? [];
      if (NAMED.includes(this.facets.k[hit.of[0]])) group.unshift(hit);
      else group.push(hit);
      groups.set(hit.of[RECORD], group);
    }
    return [...groups.values()];
  }

  weight([kind, countries]) {
    const name = this.facets.k[kind];
    return RANK[name] * (name === "action" && !countries.length ? NOWHERE : 1);
  }

  /** A search that names a city and a network or charter is a question: answer it from the table first. */
  async reply(asked, mine) {
    const names = await json(`${form.dataset.index}names.${lang}.json`).catch(() => []);
    const [cities, instruments] = [["city"], ["network", "charter"]].map((kinds) => named(asked, names, folded, kinds));
    const pairs = cities.flatMap((city) => instruments.map((instrument) => ({ city, instrument })));
    const all = Object.entries(this.facets.of);
    const said = await Promise.all(
      pairs.slice(0, PARTS).map(async ({ city, instrument }) => {
        const of = all.filter(([, one]) => one[RECORD] === city.record);
        const claims = of.filter(([, one]) => one[ABOUT] === instrument.record);
        const found = claims.length ? claims : of.filter(([, one]) => this.facets.k[one[0]] === "city");
        const results = await Promise.all(found.map(([id, one]) => dataOf({ hit: { id, words: [] }, of: one })));
        return results.map((result) => this.told(city, instrument, result));
      }),
    );
    if (mine !== this.turn || !said.length) return;
    answer.replaceChildren(...said.flat());
    // Beside "not checked", "nothing found" would read as a no.
    if (!this.hits.length) this.say([], "");
  }

  /** One answer: what the claim says, or that nobody has checked, and the way there. */
  told(city, instrument, { content, meta }) {
    const [head, first] = meta.shown.split(" ").map(Number);
    const claim = meta.kind === "claim";
    const what = claim
      ? content
          .split(/\s+/)
          .slice(head, head + first)
          .join(" ")
      : words.say("not_checked");
    const line = document.createElement("p");
    const sign = document.getElementById(`t-${claim ? meta.state : "unknown"}`)?.content.firstElementChild;
    const mark = sign?.querySelector("svg")?.cloneNode(true);
    const link = document.createElement("a");
    link.href = form.dataset.root + meta.href;
    // The sentence of a claim names both.
    link.textContent = claim
      ? what
      : words.say("answer", { city: city.name, instrument: instrument.name.split(": ")[0], said: what });
    line.append(...[mark, link].filter(Boolean));
    return line;
  }

  /** Whether an entry has a value of a facet. */
  has(of, name, value) {
    const at = of[FACETS.indexOf(name)];
    const number = this.facets[name].indexOf(value);
    return Array.isArray(at) ? at.includes(number) : at === number;
  }

  /** Say behind each choice how many results it would leave, given the other choices. */
  count(ranked) {
    const chosen = FACETS.some((name) => form.elements[name].value);
    sieve.hidden = !chosen && ranked?.length === 0; // nothing is left to narrow
    for (const [name, options] of this.order) {
      const others = FACETS.filter((other) => other !== name && form.elements[other].value);
      const left = ranked?.filter(({ of }) => others.every((other) => this.has(of, other, form.elements[other].value)));
      for (const option of options) {
        option.dataset.text ??= option.textContent;
        const number = left?.filter(({ of }) => this.has(of, name, option.value)).length;
        option.textContent = left ? `${option.dataset.text} (${words.number(number)})` : option.dataset.text;
        option.disabled = number === 0 && !option.selected;
      }
    }
  }

  say(unknown, text) {
    const strange = unknown.length ? [words.say("unknown", { what: unknown.join(", ") })] : [];
    status.textContent = [...strange, text].filter(Boolean).join(" ");
  }

  /** Offer names that come near, where a word may be misspelt. */
  async suggest(asked, mine) {
    const names = await json(`${form.dataset.index}names.${lang}.json`).catch(() => []);
    const found = nearest(folded(asked), names, folded);
    if (mine !== this.turn || !found.length) return;
    meant.querySelector("span").textContent = words.say("meant");
    meant.querySelector("ul").replaceChildren(
      ...found.map((name) => {
        const button = Object.assign(document.createElement("button"), {
          type: "button",
          className: "plain-link",
          textContent: name,
        });
        button.addEventListener("click", () => {
          field.value = name;
          field.focus();
          this.soon(0);
        });
        const item = document.createElement("li");
        item.append(button);
        return item;
      }),
    );
    meant.hidden = false;
  }

  // Results

  /** Show the next results, or the first ones of another search. */
  async show(anew = false) {
    const mine = this.turn;
    const from = anew ? 0 : list.children.length;
    if (anew) this.groups = this.grouped();
    const items = await Promise.all(this.groups.slice(from, from + PAGE).map((group) => this.record(group)));
    if (mine !== this.turn) return;
    if (anew) list.replaceChildren(...items);
    else list.append(...items);
    const left = this.groups.length - list.children.length;
    results.hidden = !this.hits.length;
    more.hidden = left <= 0;
    more.textContent = left > 0 ? words.count("more", Math.min(PAGE, left)) : "";
    if (examples) examples.hidden = Boolean(this.hits.length || field.value.trim());
    if (!anew) items[0]?.querySelector("a").focus();
  }

  /** A record with what was found of it: itself first, or the best of its claims. */
  async record([first, ...parts]) {
    const item = this.item(await dataOf(first), "t-result");
    if (!parts.length) return item;
    const inner = document.createElement("ul");
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "plain-link more-parts",
    });
    const add = async () => {
      const from = inner.children.length;
      const next = await Promise.all(parts.slice(from, from ? undefined : PARTS).map(dataOf));
      inner.append(...next.map((one) => this.item(one, "t-part")));
      const left = parts.length - inner.children.length;
      if (left) button.textContent = words.count("part", left);
      else button.remove();
      if (from) inner.children[from].querySelector("a").focus();
    };
    button.addEventListener("click", add);
    item.append(inner, button);
    await add();
    return item;
  }

  item(one, template) {
    const item = document.getElementById(template).content.firstElementChild.cloneNode(true);
    const { title, text } = shown(one);
    const { href, kind, state, status: said, lang: other } = one.meta;
    const link = item.querySelector("a");
    link.href = form.dataset.root + href;
    if (other) link.lang = other;
    fill(link, title);
    fill(item.querySelector(".text"), text);
    // What stands under its record is a claim or a part of it, which its place says.
    if (template === "t-result") item.querySelector(".of").append(words.said.kinds[kind] ?? "");
    const sign = state && document.getElementById(`t-${state}`)?.content.firstElementChild.cloneNode(true);
    if (sign) {
      if (said) sign.querySelector(".word").textContent = said;
      item.querySelector(".of").append(sign);
    }
    return item;
  }

  example(event) {
    const text = event.target.closest("[data-example]")?.dataset.example;
    if (text === undefined) return;
    event.preventDefault();
    field.value = text;
    field.focus();
    this.soon(0);
  }

  // Keys

  pressed(event) {
    if (event.key === "ArrowDown" && list.children.length) list.querySelector("a").focus();
    else if (event.key === "Escape" && field.value) {
      field.value = "";
      this.soon(0);
    } else if (event.key === "Escape") field.blur();
    else return;
    event.preventDefault();
  }

  walked(event) {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(event.target);
    if (event.key === "ArrowDown") links[at + 1]?.focus();
    else if (event.key === "ArrowUp" && at > 0) links[at - 1].focus();
    else if (event.key === "ArrowUp" || event.key === "Escape") field.select();
    else return;
    event.preventDefault();
  }
}

async function start() {
  const index = new URL(form.dataset.index, location.href);
  // Asked for first: where there is no index, Pagefind would not say so.
  const facets = await json(`${index}facets.${lang}.json`);
  const { createInstance } = await import(`${index}pagefind.js`);
  // A worker would not be under the policy of this page, the only one that may compile WebAssembly.
  const engine = createInstance({ noWorker: true, ranking: { metaWeights: WEIGHTS } });
  await engine.init();
  const search = new Search(engine, facets);
  await search.search(search.read());
  form.hidden = false;
  form.classList.remove("awaited");
  scriptless.hidden = true;
  if (!field.value) field.focus({ preventScroll: true });
}

start().catch((error) => {
  form.hidden = true;
  form.classList.remove("awaited");
  scriptless.hidden = false;
  scriptless.textContent = words.say("failed");
  console.warn(error);
});
