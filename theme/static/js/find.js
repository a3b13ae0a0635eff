/* Search for a place or a country by its name in any language, with or without marks on letters. */

import { folded } from "./words.js";

const MOST = 8;

export class Find {
  constructor(form, words, data, { place, country }) {
    this.field = form.querySelector("[data-find]");
    this.list = this.listbox();
    this.status = form.querySelector("[data-find-status]");
    Object.assign(this, { words, choosePlace: place, chooseCountry: country, at: -1 });
    this.entries = [
      ...[...data.countries].map((code) => ({
        code, shown: words.said.countries[code], note: "", names: [folded(words.said.countries[code])],
      })),
      ...[...data.places.values()].map((one) => ({
        place: one,
        shown: one.shown,
        note: words.said.countries[one.country],
        names: [...new Set([one.name, ...Object.values(one.names ?? {}), one.id])].map(folded),
      })),
    ];
    this.field.addEventListener("input", () => this.search());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  /** The list of matches, and what ties the field to it. */
  listbox() {
    const list = document.createElement("ul");
    list.id = "s-found";
    list.hidden = true;
    const set = (element, attributes) => {
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    };
    set(list, { role: "listbox", "aria-label": this.field.dataset.foundLabel });
    this.field.after(list);
    set(this.field, {
      role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
    });
    return list;
  }

  search() {
    const asked = folded(this.field.value);
    if (!asked) {
      this.close();
      this.status.textContent = "";
      return;
    }
    const order = (name) => {
      if (name === asked) return 0;
      if (name.startsWith(asked)) return 1;
      if (name.includes(` ${asked}`)) return 2;
      return name.includes(asked) ? 3 : 9;
    };
    // The name in the language of the page goes before those in others.
    const rank = ({ shown, names }) => Math.min(order(folded(shown)), ...names.map((name) => order(name) + 0.5));
    const found = this.entries
      .map((entry) => [rank(entry), entry])
      .filter(([rank]) => rank < 9)
      .sort((one, other) => one[0] - other[0] || this.words.order.compare(one[1].shown, other[1].shown))
      .map(([, entry]) => entry);
    this.found = found.slice(0, MOST);
    this.status.textContent = found.length
      ? this.words.count("found", found.length)
      : this.words.say("none_found");
    this.list.replaceChildren(...this.found.map((entry, at) => this.option(entry, at)));
    this.list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", String(!!found.length));
    this.mark(found.length ? 0 : -1);
  }

  option({ shown, note }, at) {
    const option = document.createElement("li");
    option.id = `s-found-${at}`;
    option.setAttribute("role", "option");
    option.append(shown);
    if (note) {
      const small = document.createElement("small");
      small.textContent = note;
      option.append(" ", small);
    }
    return option;
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `s-found-${at}`);
  }

  pressed(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) this.search();
      else this.mark((this.at + (event.key === "ArrowDown" ? 1 : -1) + this.found.length) % this.found.length);
    } else if (event.key === "Enter") {
      if (open && this.at >= 0) this.choose(this.at);
    } else if (event.key === "Escape" && open) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  choose(at) {
    const { place, code, shown } = this.found[at];
    this.field.value = shown;
    this.close();
    if (place) this.choosePlace(place, this.field);
    else this.chooseCountry(code);
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}
