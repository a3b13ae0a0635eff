/* The list beside the map: the same places, in step with it. */

export class List {
  constructor(box, words, data, { show, point }) {
    this.box = box;
    this.words = words;
    this.items = new Map();
    this.groups = [...box.querySelectorAll("[data-country]")].map((group) => ({
      group,
      count: group.querySelector(".count"),
      items: [...group.querySelectorAll("li")],
    }));
    for (const { items } of this.groups) {
      for (const item of items) {
        // The address of a place ends in its id: cities/krakow/
        const id = item.querySelector("a").getAttribute("href").split("/").at(-2);
        item.dataset.place = id;
        this.items.set(id, item);
      }
    }
    this.numbers = new Map([...this.items.values()].map((item) => [item, item.querySelector(".num")]));
    const button = Object.assign(document.createElement("button"), { type: "button", className: "on-map" });
    const buttons = (items) => {
      for (const item of items) {
        const place = data.places.get(item.dataset.place);
        if (!place || place.lat === null) continue;
        const own = item.appendChild(button.cloneNode());
        own.setAttribute("aria-label", words.say("on_map", { name: place.shown }));
      }
    };
    for (const { group, items } of this.groups) {
      // Those of a thousand places in folded lists would keep a phone busy, and nobody sees them.
      if (group.open) buttons(items);
      else group.addEventListener("toggle", () => buttons(items), { once: true });
    }
    const id = (event) => event.target.closest?.("[data-place]")?.dataset.place;
    box.addEventListener("click", (event) => {
      if (event.target.closest(".on-map")) show(data.places.get(id(event)), event.target);
    });
    for (const [come, go] of [
      ["mouseover", "mouseout"],
      ["focusin", "focusout"],
    ]) {
      box.addEventListener(come, (event) => id(event) && point(data.places.get(id(event)), true));
      box.addEventListener(go, (event) => id(event) && point(data.places.get(id(event)), false));
    }
  }

  /** Leave only these places, each with its number. */
  show(places) {
    const left = new Map([...places].map(([place, found]) => [place.id, found.held.length]));
    for (const { group, count, items } of this.groups) {
      let number = 0;
      for (const item of items) {
        const held = left.get(item.dataset.place);
        item.hidden = held === undefined;
        if (item.hidden) continue;
        number += 1;
        const said = this.words.number(held);
        const shown = this.numbers.get(item);
        if (shown.textContent !== said) shown.textContent = said;
      }
      group.hidden = number === 0;
      if (count) count.textContent = this.words.number(number);
    }
  }

  current(place) {
    this.box.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const item = place && this.items.get(place.id);
    if (item && !item.hidden) item.setAttribute("aria-current", "true");
  }
}
