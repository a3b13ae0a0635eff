/* The interactive map: brings together what folium made, the data, and the behaviours beside this file. */

import { json, script, sheet } from "../shared/load.js";
import { Words } from "../shared/words.js";
import { nothing, read, shown, written } from "./choice.js";
import { connected } from "./data.js";
import { Find } from "./find.js";
import { Keys } from "./keys.js";
import { Land, STEPS } from "./land.js";
import { List } from "./list.js";
import { Marks } from "./marks.js";
import { content } from "./popup.js";
import { signs } from "./signs.js";
import { Slider } from "./slider.js";
import { restrain } from "./touch.js";

/** Milliseconds in which a hand on the slider of years has to rest: WebKit takes a hundred addresses in ten seconds. */
const REST = 250;

/** Start the map of a page; rejects where something that it needs cannot be had. */
export async function start(host) {
  const { root, script: made, data: from, words: said, frame, query } = host.dataset;
  const at = (path) => new URL(root + path, document.baseURI).href;
  const [raw, speech] = await Promise.all([
    json(at(from)),
    json(at(said)),
    sheet(at("theme/css/mapview.css")),
    script(at("theme/vendor/leaflet/leaflet.js")),
    script(at("theme/vendor/markercluster/leaflet.markercluster.js")),
  ]);
  const words = new Words(speech);
  const data = connected(raw, words);
  const form = host.querySelector("[data-choose]");
  const asked = form ? location.search.slice(1) : query;
  const { chosen, unknown } = read(asked, data);
  const view = new View(host, { words, data, chosen, form, root });
  await view.draw(at(made), frame.split(",").map(Number), unknown);
}

class View {
  constructor(host, { words, data, chosen, form, root }) {
    Object.assign(this, { host, words, data, chosen, form, root, turning: false });
    this.stage = host.querySelector("[data-map-stage]") ?? host.closest(".chart");
    this.open = null;
  }

  async draw(made, [south, west, north, east], unknown) {
    this.stage.append(this.live());
    this.host.classList.add("working");
    this.stage.classList.add("has-live");
    for (const part of this.host.querySelectorAll("[data-scripted]")) part.hidden = false;

    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.L.Map.mergeOptions({
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
    });
    window.L.MarkerClusterGroup.mergeOptions({ animate: !still, animateAddingMarkers: false });
    await script(made);

    this.map = window.map_atlas;
    this.frame = [
      [south, west],
      [north, east],
    ];
    const { v } = this.chosen;
    if (v) this.map.setView([v[1], v[2]], v[0], { animate: false });
    else this.whole(false);
    this.map.getContainer().setAttribute("aria-label", this.words.say("map"));
    this.map.getContainer().setAttribute("role", "region");
    this.map.getContainer().setAttribute("aria-describedby", "map_atlas_keys");

    this.land = new Land(window.L, this.map);
    this.marks = new Marks(window.L, window.marks_atlas, signs(window.L, this.data, this.words));
    this.keys = new Keys(this.map);
    this.popup = window.L.popup({
      closeButton: false,
      minWidth: 270,
      maxWidth: 320,
      autoPanPadding: [16, 16],
      offset: [0, -4],
    });
    restrain(this.map, this.hint);
    this.listen();
    if (this.form) this.tools();
    this.say(unknown.length ? this.words.say("unknown", { what: unknown.join(", ") }) : "");
    this.update();
    if (this.form && !v && this.fits) this.fit();
    this.ready = true;
    this.write();
    if (this.chosen.p) this.show(this.data.places.get(this.chosen.p), null);
    await this.land.see();
    this.host.dataset.mapReady = "";
  }

  /** The element that folium's script looks for, and the buttons on it. */
  live() {
    const { words } = this;
    const box = document.createElement("div");
    box.className = "live";
    const map = document.createElement("div");
    map.id = "map_atlas";
    const keys = document.createElement("p");
    keys.id = "map_atlas_keys";
    keys.className = "vh";
    keys.textContent = words.say("keys");
    const buttons = document.createElement("div");
    buttons.className = "zoom";
    const button = (key, sign, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = sign;
      made.setAttribute("aria-label", words.say(key));
      made.title = words.say(key);
      made.addEventListener("click", act);
      buttons.append(made);
    };
    button("closer", "plus", () => this.map.zoomIn());
    button("further", "minus", () => this.map.zoomOut());
    button("whole", "all", () => this.whole(true));
    this.hint = document.createElement("p");
    this.hint.className = "hint";
    this.hint.hidden = true;
    this.hint.textContent = words.say("two_fingers");
    box.append(keys, buttons, map, this.hint);
    return box;
  }

  listen() {
    const box = this.map.getContainer();
    window.marks_atlas.on("click", ({ layer }) => this.show(layer.place, layer.getElement(), true));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.open) return;
      this.map.closePopup(this.popup);
      event.stopPropagation();
    });
    this.map.on("popupclose", () => this.closed());
    const moved = () => requestAnimationFrame(() => this.keys.moved());
    this.map.on("moveend zoomend", moved);
    window.marks_atlas.on("animationend spiderfied unspiderfied", moved);
    this.map.on("dragend zoomend", () => this.remember());
    new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(box);
  }

  tools() {
    const { form, words, data } = this;
    this.status = form.querySelector("[data-status]");
    this.note = form.querySelector("[data-note]");
    this.only = form.querySelector("[data-only]");
    this.slider = new Slider(form, words, data, (year) => {
      this.turning = true;
      this.choose({ y: year });
      this.turning = false;
    });
    this.list = new List(this.host.querySelector("[data-list]"), words, data, {
      show: (place, from) => this.show(place, from),
      point: (place, on) => this.point(place, on),
    });
    new Find(form, words, data, {
      place: (place, from) => this.show(place, from),
      country: (code) => this.choose({ c: code }, true),
    });
    form.addEventListener("change", ({ target }) => {
      if (target.name in this.chosen && target.type === "checkbox") this.ticked(target);
    });
    form.querySelector("[data-all]").addEventListener("click", () => {
      this.choose(nothing(data));
      this.whole(true);
    });
    this.shades = form.querySelector("[data-shades]");
    STEPS.forEach((from, at) => {
      const next = STEPS[at + 1];
      const label =
        next === undefined
          ? `${words.number(from)}+`
          : next - 1 === from
            ? words.number(from)
            : words.say("shade_step", { from: words.number(from), to: words.number(next - 1) });
      const item = document.createElement("li");
      const patch = document.createElement("span");
      patch.className = `patch shade-${at + 1}`;
      item.append(patch, label);
      this.shades.append(item);
    });
    if (matchMedia("(width > 74rem)").matches) form.querySelector("details").open = true;
    window.addEventListener("popstate", () => {
      const { chosen, unknown } = read(location.search.slice(1), data);
      this.say(unknown.length ? words.say("unknown", { what: unknown.join(", ") }) : "");
      this.chosen = chosen;
      this.update();
    });
  }

  say(text) {
    if (!this.note) return;
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  ticked(box) {
    const { name } = box;
    const now = this.chosen[name];
    if (typeof now === "boolean") {
      this.choose({ [name]: box.checked });
      return;
    }
    const next = new Set(now);
    if (box.checked) next.add(box.value);
    else next.delete(box.value);
    this.choose({ [name]: next.size || name !== "s" ? next : new Set(this.data.held) });
  }

  /** Change the choice, and everything that shows it. */
  choose(change, fit = false) {
    Object.assign(this.chosen, change);
    this.update();
    if (fit) this.fit();
  }

  update() {
    const { chosen, data, words } = this;
    const { places, total } = shown(chosen, data);
    this.found = places;
    this.marks.show(places);
    requestAnimationFrame(() => this.keys.refresh());
    this.land.shade(chosen.shade ? counted(places) : null);
    if (this.open && places.has(this.open)) this.fill(this.open);
    else if (this.open) this.map.closePopup(this.popup);
    if (!this.form) return;
    this.list.show(places);
    this.list.current(this.open);
    this.slider.set(chosen.y);
    for (const box of this.form.querySelectorAll("input[type=checkbox]")) {
      const now = chosen[box.name];
      if (now !== undefined) box.checked = typeof now === "boolean" ? now : now.has(box.value);
    }
    for (const part of this.form.querySelectorAll("[data-chosen]")) {
      const now = chosen[part.dataset.chosen];
      const number = [...now].length;
      const usual = part.dataset.chosen === "s" ? data.held.size : 0;
      part.textContent =
        number === usual && (usual === 0 || [...now].every((id) => data.held.has(id))) ? "" : words.number(number);
    }
    this.form.querySelector("[data-undated]").hidden = chosen.y === null;
    this.form.querySelector("[data-undated-number]").textContent = words.number(total.undated);
    this.shades.hidden = !chosen.shade;
    this.tell(places, total);
    this.restricted();
    this.write();
  }

  /** Say what is shown, also to those who hear it. */
  tell(places, total) {
    const { words, chosen } = this;
    const what = words.say("shown", {
      places: words.count("places", places.size),
      commitments: words.count("commitments", total.commitments),
    });
    const parts = [
      chosen.y === null ? words.say("today", { shown: what }) : words.say("in_year", { year: chosen.y, shown: what }),
    ];
    if (!places.size) parts.push(words.say("nothing"));
    if (chosen.y !== null && total.undated) {
      parts.push(
        words.say(chosen.undated ? "with_undated" : "left_out", { undated: words.count("undated", total.undated) }),
      );
    }
    this.status.textContent = parts.join(" ");
  }

  /** A country or an action that the map is restricted to, with the way out. */
  restricted() {
    const { words, chosen, data } = this;
    const what = [
      chosen.c && [words.said.countries[chosen.c], { c: null }],
      chosen.a && [words.text(data.actions.get(chosen.a).title), { a: null }],
    ].filter(Boolean);
    this.only.replaceChildren(
      ...what.map(([name, without]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = words.say("only", { what: name });
        button.setAttribute("aria-label", words.say("without", { what: name }));
        button.addEventListener("click", () => this.choose(without));
        return button;
      }),
    );
    this.only.hidden = !what.length;
  }

  // Where the map looks

  get fits() {
    const { t, i, k, c, a } = this.chosen;
    return t.size || i.size || k.size || c || a;
  }

  whole(animate) {
    this.chosen.v = null;
    this.map.fitBounds(this.frame, { padding: [20, 20], maxZoom: 8, animate });
    if (this.ready) this.write();
  }

  /** Show the places that are left; those in Europe, if most of them lie there. */
  fit() {
    const all = [...this.found.keys()].filter(({ lat }) => lat !== null).map(({ lat, lon }) => [lat, lon]);
    const near = all.filter(([lat, lon]) => lat > 34 && lat < 72 && lon > -25 && lon < 45);
    const points = near.length > 0.6 * all.length ? near : all;
    if (!points.length) return;
    // The few that lie farthest out would make all others small.
    const spare = Math.floor(points.length / 32);
    const [lats, lons] = [0, 1].map((at) => points.map((point) => point[at]).sort((one, other) => one - other));
    const frame = [
      [lats[spare], lons[spare]],
      [lats.at(-1 - spare), lons.at(-1 - spare)],
    ];
    this.map.fitBounds(frame, { padding: [30, 30], maxZoom: 7 });
  }

  remember() {
    if (!this.ready) return;
    const { lat, lng } = this.map.getCenter();
    this.chosen.v = [this.map.getZoom(), Number(lat.toFixed(2)), Number(lng.toFixed(2))];
    this.write();
  }

  write() {
    if (!this.form || !this.ready) return;
    const query = written(this.chosen, this.data);
    clearTimeout(this.later);
    this.host.toggleAttribute("data-address-waits", this.turning);
    if (this.turning) this.later = setTimeout(() => this.write(), REST);
    else if (query !== location.search.slice(1))
      history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  }

  // What is open

  /** Open a place; the focus goes there and comes back to where it was. */
  show(place, from, near = false) {
    if (!place) return;
    if (!this.found.has(place)) this.choose(nothing(this.data));
    const open = () => {
      this.back = from ?? this.marks.element(place);
      this.open = place;
      this.popup.options.maxHeight = Math.max(160, this.map.getSize().y - 90);
      this.fill(place);
      this.popup.setLatLng([place.lat, place.lon]).openOn(this.map);
      this.popup.getElement().querySelector(".told").focus({ preventScroll: true });
      this.marked(place);
    };
    if (place.lat === null) return;
    if (near) open();
    else this.marks.reveal(place, () => requestAnimationFrame(open));
  }

  fill(place) {
    const close = () => this.map.closePopup(this.popup);
    this.popup.setContent(content(place, this.found.get(place), this, close));
  }

  marked(place) {
    this.chosen.p = place?.id ?? null;
    this.list?.current(place);
    this.write();
  }

  closed() {
    const place = this.open;
    this.open = null;
    const lost = document.activeElement === document.body || document.activeElement?.closest(".told");
    const back = this.back?.isConnected ? this.back : place && this.marks.element(place);
    if (lost) back?.focus({ preventScroll: true });
    this.marked(null);
  }

  /** Point out on the map what the list is about. */
  point(place, on) {
    const mark = place && this.marks.element(place);
    if (mark) mark.classList.toggle("pointed", on);
  }
}

function counted(places) {
  const counts = new Map();
  for (const { country, region } of places.keys()) {
    for (const code of [country, region]) if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
