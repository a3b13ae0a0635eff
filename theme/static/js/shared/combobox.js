/* A field that finds things by their names in any language, with or without marks on letters.

   https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ with a list that the field controls. */

import { folded } from "./words.js";

/** One thing that can be found: what is shown, a note beside it, and all names it is known by. */
export const entry = (shown, note, names, more) => ({
  ...more,
  shown,
  note,
  names: [...new Set(names.filter(Boolean).map(folded))],
});

export class Combobox {
  /**
   * ``say`` returns the words for a number of matches; ``choose`` takes the entry. Where other words
   * are welcome as well, ``free``, nothing is marked until the reader goes to it. ``near`` returns the
   * entries that come closest to a text where no name has it.
   */
  constructor(field, status, { entries, order, say, choose, near, most = 8, free = false }) {
    Object.assign(this, { field, status, entries, order, say, chosen: choose, near, most, free, at: -1, found: [] });
    this.list = this.listbox();
    field.addEventListener("input", () => this.search());
    field.addEventListener("keydown", (event) => this.pressed(event));
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  /** The list of matches, and what ties the field to it. */
  listbox() {
    const list = document.createElement("ul");
    list.id = `${this.field.id}-found`;
    list.hidden = true;
    const set = (element, attributes) => {
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    };
    set(list, { role: "listbox", "aria-label": this.field.dataset.foundLabel });
    this.field.after(list);
    set(this.field, {
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": list.id,
      "aria-autocomplete": "list",
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
      .map((one) => [rank(one), one])
      .filter(([rank]) => rank < 9)
      .sort((one, other) => one[0] - other[0] || this.order.compare(one[1].shown, other[1].shown))
      .map(([, one]) => one);
    if (!found.length && this.near) found.push(...this.near(asked, this.entries));
    this.found = found.slice(0, this.most);
    this.status.textContent = this.say(found.length);
    this.list.replaceChildren(...this.found.map((one, at) => this.option(one, at)));
    this.list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", String(!!found.length));
    this.mark(found.length && !this.free ? 0 : -1);
  }

  option({ shown, note }, at) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${at}`;
    option.setAttribute("role", "option");
    const name = document.createElement("bdi"); // a name from right to left keeps apart from what follows
    name.append(shown);
    option.append(name);
    if (note) {
      const small = document.createElement("small");
      small.textContent = note;
      option.append(" ", small);
    }
    return option;
  }

  mark(at) {
    this.at = at;
    for (const [n, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(n === at));
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", this.list.children[at].id);
  }

  pressed(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!open) this.search();
      const { length } = this.list.children;
      if (open || this.free)
        this.mark(length ? (this.at < 0 && step < 0 ? length - 1 : (this.at + step + length) % length) : -1);
    } else if (event.key === "Enter") {
      if (open && this.at >= 0) this.choose(this.at);
      else if (this.free) return; // the form is sent as it stands
    } else if (event.key === "Escape" && open) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  choose(at) {
    const one = this.found[at];
    this.field.value = one.shown;
    this.close();
    this.chosen(one);
  }

  /** The one thing whose name is exactly what stands in the field, if there is one. */
  exact() {
    const asked = folded(this.field.value);
    const named = this.entries.filter(
      ({ shown, names }) => asked && (folded(shown) === asked || names.includes(asked)),
    );
    const own = named.filter(({ shown }) => folded(shown) === asked);
    const [one, ...others] = own.length ? own : named;
    return others.length ? null : (one ?? null);
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}
