/* The interactive map: brings together what folium made, the data, and the behaviours beside this file. */

import { json, script } from "../shared/load.js";
import { Words } from "../shared/words.js";
import { content } from "./card.js";
import { nothing, read, shown, written } from "./choice.js";
import { connected } from "./data.js";
import { Find } from "./find.js";
import { Keys } from "./keys.js";
import { List } from "./list.js";
import { crs, frame, planeOf, radius } from "./plane.js";
import { Sheet } from "./sheet.js";
import { Slider } from "./slider.js";
import { Told } from "./told.js";
import { restrain } from "./touch.js";

/** Milliseconds in which a hand on the slider of years has to rest: WebKit takes a hundred addresses in ten seconds. */
const REST = 250;
/** The least zoom at which a place is shown that was out of sight. */
const NEAR = 4.5;

/** Lets the browser draw and answer before the next step. */
const breath = () => new Promise((done) => setTimeout(done));

/** Start the map of a page; rejects where something that it needs cannot be had. */
export async function start(host) {
  const { root, script: made, data: from, words: said, land } = host.dataset;
  const at = (path) => new URL(root + path, document.baseURI).href;
  const lands = land.split(",").map(at);
  json(lands[0]).catch(() => {}); // asked for with all else; who draws it says what failed
  const form = host.querySelector("[data-choose]");
  const [raw, speech] = await Promise.all([
    json(at(from)),
    json(at(said)),
    script(at("theme/vendor/leaflet/leaflet.js")),
  ]);
  const words = new Words(speech);
  const data = connected(raw, words);
  const { chosen, unknown } = read(location.search.slice(1), data);
  const view = new View(host, { words, data, chosen, form, root });
  await view.draw(at(made), lands, unknown);
}

class View {
  constructor(host, { words, data, chosen, form, root }) {
    Object.assign(this, { host, words, data, chosen, form, root, turning: false });
    this.stage = host.querySelector("[data-map-stage]");
    this.open = null;
  }

  async draw(made, land, unknown) {
    this.stage.append(this.live());
    this.host.classList.add("working");
    for (const part of this.host.querySelectorAll("[data-scripted]")) part.hidden = false;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.L.Map.mergeOptions({ zoomAnimation: !still, fadeAnimation: !still, inertia: !still });
    await script(made);

    this.map = window.map_atlas;
    const box = this.map.getContainer();
    box.setAttribute("aria-label", this.words.say("map"));
    box.setAttribute("role", "region");
    box.setAttribute("aria-describedby", "map_atlas_keys");
    await breath();
    this.found = shown(this.chosen, this.data).places;
    this.look(this.chosen.v ?? this.whole());
    this.sheet = new Sheet(window.L, this.map, land, this.words.said.shapes, () => this.drawn());
    this.keys = new Keys(window.L, this.map, this.sheet, {
      name: ({ place }) => this.name(place),
      open: (place, from) => this.show(place, from),
    });
    restrain(this.map, this.hint);
    this.listen();
    // Each step is short enough that a finger in between is answered.
    for (const step of [this.lists, this.tools]) {
      await breath();
      step.call(this);
    }
    await breath();
    this.update();
    this.say(unknown.length ? this.words.say("unknown", { what: unknown.join(", ") }) : "");
    await this.sheet.load(0);
    this.stage.classList.add("has-live");
    this.ready = true;
    this.write();
    if (this.chosen.p) this.show(this.data.places.get(this.chosen.p), null);
    this.host.dataset.mapReady = "";
  }

  /** The element that folium's script looks for, and the buttons on it. */
  live() {
    const { words } = this;
    const make = (name, properties, parent) =>
      parent.appendChild(Object.assign(document.createElement(name), properties));
    const box = document.createElement("div");
    box.className = "live";
    make("p", { id: "map_atlas_keys", className: "vh", textContent: words.say("keys") }, box);
    const buttons = make("div", { className: "zoom" }, box);
    buttons.dataset.overMap = "";
    for (const [key, className, act] of [
      ["closer", "plus", () => this.map.zoomIn()],
      ["further", "minus", () => this.map.zoomOut()],
      ["whole", "all", () => this.home()],
    ]) {
      const said = words.say(key);
      const button = make("button", { type: "button", className, title: said }, buttons);
      button.setAttribute("aria-label", said);
      button.addEventListener("click", act);
    }
    make("div", { id: "map_atlas" }, box);
    this.hint = make("p", { className: "hint", hidden: true, textContent: words.say("two_fingers") }, box);
    this.tip = make("p", { className: "tip", hidden: true }, box);
    this.tip.setAttribute("aria-hidden", "true");
    return box;
  }

  listen() {
    const { map } = this;
    const box = map.getContainer();
    const reach = matchMedia("(pointer: coarse)").matches ? 24 : 12;
    map.on("click", ({ layerPoint }) => {
      const mark = this.sheet.hit(layerPoint, reach);
      if (mark) this.show(mark.place, this.keys.button);
    });
    map.on("mousemove", ({ layerPoint }) => this.point(this.sheet.hit(layerPoint, 10)?.place));
    map.on("mouseout movestart zoomstart", () => this.point(null));
    this.stage.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.open) return;
      this.close();
      event.stopPropagation();
    });
    map.on("moveend", () => this.turn());
    map.on("dragend zoomend", () => this.remember());
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(box);
  }

  tools() {
    const { form, host, words, data } = this;
    this.note = host.querySelector("[data-note]");
    this.only = host.querySelector("[data-only]");
    this.slider = new Slider(form, words, data, (year) => {
      this.turning = true;
      this.choose({ y: year });
      this.turning = false;
    });
    new Find(form, words, data, {
      place: (place, from) => this.show(place, from),
      country: (code) => this.choose({ c: code }, true),
    });
    form.addEventListener("change", ({ target }) => {
      if (target.tagName === "SELECT") {
        const ids = target.value ? target.value.split(",") : target.name === "s" ? data.held : [];
        this.choose({ [target.name]: new Set(ids) }, true);
      } else if (target.name === "undated") {
        this.choose({ undated: target.checked });
      }
    });
    const drawer = form.querySelector("[popover]");
    drawer.addEventListener("submit", (event) => {
      event.preventDefault();
      if (drawer.matches(":popover-open")) drawer.hidePopover();
    });
    for (const button of host.querySelectorAll("[data-all]"))
      button.addEventListener("click", () => this.choose(nothing(data), true));
    window.addEventListener("popstate", () => {
      const { chosen, unknown } = read(location.search.slice(1), data);
      this.chosen = chosen;
      this.update();
      this.look(chosen.v ?? this.whole());
      this.say(unknown.length ? words.say("unknown", { what: unknown.join(", ") }) : "");
    });
  }

  lists() {
    const { host, words, data } = this;
    this.told = new Told(host, words, data);
    this.list = new List(host.querySelector("[data-list]"), words, data, {
      show: (place, from) => this.show(place, from),
      point: (place, on) => this.point(on ? place : null),
    });
  }

  say(text) {
    if (!this.note) return;
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  name(place) {
    const { words } = this;
    return words.say("mark", {
      name: place.shown,
      country: words.said.countries[place.country],
      commitments: words.count("commitments", this.found.get(place)?.held.length ?? 0),
    });
  }

  /** Change the choice, and everything that shows it. */
  choose(change, fit = false) {
    Object.assign(this.chosen, change, fit ? { v: null } : {});
    this.update();
    if (fit) this.look(this.whole());
  }

  update() {
    const { chosen, data, form } = this;
    const { places, total, years } = shown(chosen, data);
    this.found = places;
    const topic = chosen.t.size === 1 ? data.topics.get([...chosen.t][0]) : null;
    // One network or one action: every place has it once.
    const alike = chosen.i.size === 1 || chosen.a !== null;
    const marks = [...places]
      .filter(([{ lat, lon }]) => lat !== null && lon !== null)
      .map(([place, { hollow, size, held }]) => ({
        place,
        hollow,
        size: alike ? 2 : size,
        name: place.shown,
        // What readers know comes first: capitals, large cities, then those with much to tell.
        rank: (place.known ?? 0) / 10 + 0.9 * Math.log2(1 + held.length),
      }));
    // The words first: names on the map keep clear of them.
    this.told?.say(chosen, this.found, total, { marks, topic, alike });
    this.restricted();
    this.sheet.show(marks, topic);
    if (this.open && places.has(this.open)) this.fill();
    else if (this.open) this.close();
    if (!this.slider) return;
    this.list.show(places);
    this.list.current(this.open);
    this.slider.set(chosen.y);
    this.slider.bars(years);
    for (const select of form.querySelectorAll("select")) this.select(select);
    form.querySelector("[data-undated]").hidden = chosen.y === null || !total.undated;
    form.querySelector("[name=undated]").checked = chosen.undated;
    this.write();
  }

  /** Show in a field of choices what is chosen; an address can choose several at once. */
  select(select) {
    const now = this.chosen[select.name];
    const usual = select.name === "s" && this.told.usual(this.chosen);
    const value = usual ? "" : [...now].sort().join(",");
    select.querySelector("[data-several]")?.remove();
    if (![...select.options].some((option) => option.value === value)) {
      const option = new Option(this.told.names(select.name, now), value);
      option.dataset.several = "";
      select.append(option);
    }
    select.value = value;
    select.closest("label").classList.toggle("narrowed", value !== "");
  }

  /** A country, an action or kinds that the map is restricted to, with the way out. */
  restricted() {
    const { words, chosen, told } = this;
    const what = ["c", "a", "k"].map((key) => [told.names(key, chosen[key]), key]).filter(([name]) => name);
    this.only.replaceChildren(
      ...what.map(([name, key]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = words.say("only", { what: name });
        button.setAttribute("aria-label", words.say("without", { what: name }));
        button.addEventListener("click", () => this.choose({ [key]: key === "k" ? new Set() : null }, true));
        return button;
      }),
    );
    this.only.hidden = !what.length;
  }

  // Where the map looks

  get size() {
    const { x, y } = this.map.getSize();
    return [x, y];
  }

  /** The view of everything that is shown: zoom, latitude, longitude. */
  whole() {
    const places = [...this.found.keys()].filter(({ lat, lon }) => lat !== null && lon !== null);
    if (!places.length) return [4, 52, 12];
    const words = matchMedia("(width > 62rem)").matches && this.host.querySelector("[data-cartouche]");
    const room = words ? words.getBoundingClientRect().right - this.map.getContainer().getBoundingClientRect().left : 0;
    const { zoom, lat, lon } = frame(
      places.map(({ lat, lon }) => [lon, lat]),
      this.size,
      Math.min(room, this.size[0] / 3),
    );
    return [zoom, lat, lon];
  }

  home() {
    this.chosen.v = null;
    this.look(this.whole());
    this.write();
  }

  look([zoom, lat, lon]) {
    this.project(lon, lat, zoom);
    // The address names a view only once a hand has moved the map.
    this.own = true;
    this.map.setView([lat, lon], zoom, { animate: false });
    this.own = false;
  }

  /** Use the projection that suits a view; returns whether it is another one. */
  project(lon, lat, zoom) {
    const plane = planeOf(lon, lat, radius(zoom, this.size));
    if (this.map.options.crs.plane === plane) return false;
    this.map.options.crs = crs(window.L, plane);
    return true;
  }

  turn() {
    const { lat, lng } = this.map.getCenter();
    const zoom = this.map.getZoom();
    if (this.project(lng, lat, zoom)) this.map._resetView(window.L.latLng(lat, lng), zoom, true);
  }

  remember() {
    if (!this.ready || this.own) return;
    const { lat, lng } = this.map.getCenter();
    this.chosen.v = [this.map.getZoom(), Number(lat.toFixed(2)), Number(lng.toFixed(2))];
    this.write();
  }

  write() {
    if (!this.ready) return;
    const query = written(this.chosen, this.data);
    clearTimeout(this.later);
    this.host.toggleAttribute("data-address-waits", this.turning);
    if (this.turning) this.later = setTimeout(() => this.write(), REST);
    else if (query !== location.search.slice(1))
      history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
    for (const button of this.host.querySelectorAll("[data-all]")) button.hidden = !query;
  }

  /** After each drawing. */
  drawn() {
    this.keys?.settle();
    this.told?.where(this.sheet);
  }

  // What is open

  /** Open a place; the focus goes there and comes back to where it was. */
  show(place, from) {
    if (!place) return;
    // A place of which all has ended is shown with what it had.
    for (const statuses of [this.data.held, this.data.statuses.keys()])
      if (!this.found.has(place)) this.choose({ ...nothing(this.data), s: new Set(statuses) });
    this.close(false);
    this.back = from;
    this.open = place;
    this.fill();
    this.reveal(place);
    this.card.focus({ preventScroll: true });
    this.marked(place);
  }

  fill() {
    const card = content(this.open, this.found.get(this.open) ?? { held: [] }, this, () => this.close());
    card.dataset.overMap = "";
    if (this.card) this.card.replaceWith(card);
    else this.stage.querySelector(".live").append(card);
    this.card = card;
  }

  /** Bring a place into sight. */
  reveal(place) {
    if (place.lat === null || place.lon === null) return;
    const { area, covered } = this.sheet.sight();
    const { x, y } = this.map.latLngToLayerPoint([place.lat, place.lon]);
    const within = ({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom;
    if (within(area) && !covered.some(within)) return;
    this.look([Math.max(this.map.getZoom(), NEAR), place.lat, place.lon]);
    // Beside the card, or on a phone above it.
    const [wide, high] = this.size;
    const card = this.card.getBoundingClientRect();
    const box = this.map.getContainer().getBoundingClientRect();
    if (card.width < wide) this.map.panBy([card.width / 2, 0], { animate: false });
    else if (card.top < box.bottom) {
      scrollBy(0, Math.max(0, box.bottom - card.top - high / 4, box.top - card.top + 160));
      const free = this.card.getBoundingClientRect().top - this.map.getContainer().getBoundingClientRect().top;
      this.map.panBy([0, (high - Math.min(high, free)) / 2], { animate: false });
    }
  }

  marked(place) {
    this.chosen.p = place?.id ?? null;
    this.sheet.chosen = place;
    this.sheet.draw();
    this.list?.current(place);
    this.write();
  }

  close(away = true) {
    const lost = this.card?.contains(document.activeElement);
    const place = this.open;
    this.card?.remove();
    this.open = this.card = null;
    if (!away || !place) return;
    this.marked(null);
    if (!lost) return;
    if (this.back?.isConnected) this.back.focus({ preventScroll: true });
    else this.keys.button?.focus({ preventScroll: true });
  }

  /** Name on the map what the pointer or the list is at. */
  point(place) {
    const mark = place && this.sheet.at.find((one) => one.place === place);
    this.map.getContainer().classList.toggle("pointing", !!mark);
    this.tip.hidden = !mark;
    if (!mark) return;
    this.tip.textContent = this.name(place);
    const { x, y } = this.map.layerPointToContainerPoint([mark.x, mark.y]);
    const [wide] = this.size;
    this.tip.classList.toggle("left", x > wide / 2);
    window.L.DomUtil.setPosition(this.tip, window.L.point(x, y));
  }
}
