/* The chooser: up to eight places from a searchable list, side by side at an address that can be shared.

   Places are known from the list of the API; each chosen one brings its own document with the words that
   pages show of it. Only ids of the list reach an address, and all text is set with textContent.
   Every other word comes from data-* attributes of the page. */

import { nearest } from "../search/text.js";
import { Combobox } from "../shared/combobox.js";
import { filled, folded } from "../shared/words.js";
import { following, tableOf } from "./chosen.js";
import { drawing, make } from "./dom.js";
import { InteractiveTable } from "./interactive.js";
import { Places } from "./places.js";

/** The ids in the query of an address, each once. */
function asked(query) {
  const text = new URLSearchParams(query).get("c") ?? "";
  const ids = text.split(",").map((id) => id.trim().toLowerCase());
  return [...new Set(ids.filter(Boolean))];
}

class Chooser {
  constructor(section) {
    this.section = section;
    this.words = section.dataset;
    this.most = Number(this.words.most);
    this.lang = document.documentElement.lang;
    this.see = { root: this.words.root, lang: this.lang };
    this.places = new Places(this.words, this.lang);
    this.ids = [];
    this.title = document.title;
    this.turn = 0; // the newest drawing; an older one that arrives late is dropped
    this.input = this.find("#f-place");
    this.said = this.find(".choose .said");
    this.box = new Combobox(this.input, this.said, {
      entries: [],
      order: new Intl.Collator(this.lang),
      say: (number) => (number ? filled(this.words.found, { number }) : this.places.known.size ? this.words.none : ""),
      choose: ({ id }) => this.add(id),
      near: (asked, entries) => {
        const names = nearest(
          asked,
          entries.map(({ shown, names }) => [0, 0, [shown, ...names]]),
          folded,
        );
        return names.map((name) => entries.find(({ shown }) => shown === name));
      },
      most: 12,
    });
    this.input.addEventListener("focus", () => this.attempt(() => this.ready()));
    addEventListener("popstate", () => this.attempt(() => this.start()));
    this.unfold(matchMedia("(width > 46rem)"));
    section.hidden = false;
    this.attempt(() => this.start());
  }

  find(selector) {
    return this.section.querySelector(selector);
  }

  /** Options take one row where there is room, and are asked for where there is none. */
  unfold(wide) {
    this.find(".options").open = wide.matches;
    wide.addEventListener("change", () => this.unfold(wide), { once: true });
  }

  /** A line that names things, and is hidden where there are none. */
  note(selector, text, names) {
    const line = this.find(selector);
    line.hidden = !names;
    line.textContent = names && filled(text, { names });
  }

  /** Do what needs data, and say so where there is none. */
  async attempt(task) {
    try {
      await task();
    } catch {
      this.said.textContent = this.words.failed;
    }
    this.find(".result").classList.remove("awaited");
  }

  /** The list of places is there; what was typed meanwhile is looked for. */
  async ready() {
    if (this.places.known.size) return;
    await this.places.load();
    this.offer();
    if (this.input.value) this.box.search();
  }

  offer() {
    this.box.entries = this.places.besides(this.ids);
  }

  async start() {
    const ids = asked(location.search);
    const example = ids.length ? "" : this.words.example;
    if (!ids.length && !this.ids.length && !example) return;
    await this.ready();
    this.take(ids);
    await this.draw(example ? example.split(",") : this.ids);
  }

  take(asked) {
    const { ids, strange } = this.places.sorted(asked);
    this.ids = ids.slice(0, this.most);
    this.note(".unknown", this.words.unknown, strange.join(", "));
    this.said.textContent = ids.length > this.most ? filled(this.words.full, { most: this.most }) : "";
  }

  add(id) {
    this.input.value = "";
    if (this.ids.length >= this.most) {
      this.said.textContent = filled(this.words.full, { most: this.most });
      return;
    }
    this.choose([...this.ids, id], filled(this.words.added, { name: this.places.name(id) }));
  }

  remove(id) {
    const at = this.ids.indexOf(id);
    this.choose(
      this.ids.filter((one) => one !== id),
      filled(this.words.removed, { name: this.places.name(id) }),
    );
    const next = this.find(".chosen").children[Math.min(at, this.ids.length - 1)];
    (next?.querySelector("button") ?? this.input).focus();
  }

  /** Compare these places, at an address of their own. */
  choose(ids, said) {
    this.ids = ids;
    history.pushState(null, "", location.pathname + this.query);
    this.said.textContent = said;
    this.attempt(() => (ids.length ? this.draw(ids) : this.start()));
  }

  /** The places that are known, and what else the address asks for. */
  get query() {
    const others = new URLSearchParams(location.search);
    others.delete("c");
    return this.ids.length ? `?${[`c=${this.ids.join(",")}`, ...(others.size ? [others] : [])].join("&")}` : "";
  }

  chip(id) {
    const name = this.places.name(id);
    const button = make("button", { type: "button" }, drawing("0 0 12 12", ["draw", "M1 1l10 10M11 1L1 11"]));
    button.setAttribute("aria-label", filled(this.words.remove, { name }));
    button.addEventListener("click", () => this.remove(id));
    return make("li", {}, make("span", { textContent: name }), button);
  }

  /** Set places side by side: those chosen, or those of the example while none is. */
  async draw(places) {
    const mine = ++this.turn;
    this.offer();
    this.find(".chosen").replaceChildren(...this.ids.map((id) => this.chip(id)));
    const names = this.ids.map((id) => this.places.name(id)).join(", ");
    document.title = names ? `${names} – ${this.title}` : this.title;
    for (const link of document.querySelectorAll(".langs a[hreflang]")) link.search = this.query;
    this.find(".example").hidden = this.ids.length > 0 || !places.length;
    const cities = await this.places.documents(places);
    if (mine === this.turn) this.show(cities);
  }

  show(cities) {
    this.table?.unbind();
    this.find(".result").hidden = cities.length === 0;
    if (!cities.length) return;
    const { region, table, left } = tableOf(cities, this.words.compared, this.see);
    this.find(".place").replaceChildren(region);
    this.table = new InteractiveTable(table, this.find(".tools"));
    this.note(".left-out", this.words.left, left.join("; "));
    const could = cities.filter((city) => city.shown[this.lang].following);
    this.find(".could").hidden = could.length === 0;
    this.find(".follows").replaceChildren(...could.map((city) => following(city, this.see)));
  }
}

new Chooser(document.querySelector(".chooser"));
