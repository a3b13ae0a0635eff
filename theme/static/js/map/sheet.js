/* What is drawn: graticule, land, marks and names, in one SVG that Leaflet moves and scales; with the
   classes of the drawn sheets, so that both look alike. */

import { json } from "../shared/load.js";
import { place as named } from "./labels.js";
import { mostlyEurope, near, radius } from "./plane.js";

const SVG = "http://www.w3.org/2000/svg";
/** The least zoom of the finer coasts, and of exact ones outside Europe. */
const FINE = 5.5;
const CONTINENT = 3;
/** How far from the centre the finer ones are drawn, in kilometres. */
const REACH = 4500;
/** Radius of a mark with its halo by size; larger ones for a view of a country. */
const RADII = [0, 2.7, 4.2, 6.5];
const CLOSE = 6;

export function element(name, attributes = {}, parent = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

/** The shape of a topic. */
export function glyph(path) {
  const svg = element("svg", { viewBox: "-2 -2 20 20", "aria-hidden": "true" });
  element("path", { d: path ?? "M1 1h14v14H1z", "fill-rule": "evenodd" }, svg);
  return svg;
}

export class Sheet {
  /** ``files`` are the addresses of land by exactness; ``drawn`` is called after each drawing. */
  constructor(L, map, files, shapes, drawn) {
    Object.assign(this, { L, map, files, shapes, drawn, lands: [], entries: [], at: [], chosen: null });
    this.layer = L.svg({ padding: 0.4, pane: "sheet" }).addTo(map);
    const svg = map.getPane("sheet").querySelector("svg");
    svg.classList.add("map");
    svg.setAttribute("aria-hidden", "true");
    const root = svg.querySelector("g");
    this.ground = element("g", {}, root);
    this.parts = Object.fromEntries(
      ["grat", "land", "grat border", "grat region"].map((kind) => [
        kind,
        element("path", { class: kind }, this.ground),
      ]),
    );
    this.parts.land.setAttribute("fill-rule", "evenodd");
    this.marks = element("g", {}, root);
    this.names = element("g", {}, root);
    this.brush = document.createElement("canvas").getContext("2d");
    this.layer.on("update", () => this.draw());
  }

  async load(level) {
    this.lands[level] ??= json(this.files[level]).then(({ scale, ...kinds }) => {
      const lines = Object.entries(kinds).map(([kind, text]) => [kind, text.split(" ").filter(Boolean).map(unpacked)]);
      this.lands[level] = { scale, ...Object.fromEntries(lines) };
      this.drawnLand = null;
      this.land();
      this.drawn();
    });
    await this.lands[level];
  }

  /** Show these: ``entries`` of {place, size, hollow, name, rank}, with the shape of one topic or as discs. */
  show(entries, topic) {
    Object.assign(this, { entries, topic });
    this.draw();
  }

  draw() {
    this.land();
    this.placed();
    this.dots();
    this.label();
    this.drawn();
  }

  // Land

  /** Which exactness of land suits what is looked at. */
  level() {
    const [zoom, size, { lng, lat }] = [this.map.getZoom(), this.map.getSize(), this.map.getCenter()];
    if (zoom >= FINE) return 2;
    return Number(zoom >= CONTINENT && !mostlyEurope(lng, lat, radius(zoom, [size.x, size.y])));
  }

  /** Draw the land once for each projection; moving and zooming only transforms it. */
  land() {
    const { map, parts } = this;
    const { plane } = map.options.crs;
    const level = this.level();
    if (level && !this.lands[level]) this.load(level).catch(console.warn);
    const loaded = [this.lands[level], this.lands[0]].find((land) => land?.land);
    const { x, y } = map.getPixelOrigin();
    this.ground.setAttribute("transform", `translate(${-x} ${-y}) scale(${map.options.crs.scale(map.getZoom())})`);
    if (!loaded || (this.drawnLand === loaded && this.drawnPlane === plane)) return;
    Object.assign(this, { drawnLand: loaded, drawnPlane: plane });
    const far = loaded === this.lands[2] ? Math.min(plane.far, REACH) : plane.far;
    const lines = (list = []) => list.map((line) => stroke(points(line, loaded.scale, plane), plane, far)).join("");
    parts.grat.setAttribute("d", graticule(plane));
    parts.land.setAttribute("d", loaded.land.map((line) => ring(line, loaded.scale, plane, far)).join(""));
    parts["grat border"].setAttribute("d", lines(loaded.borders));
    parts["grat region"].setAttribute("d", lines(loaded.regions));
  }

  // Marks

  /** Where each mark lies; a small one that a larger would cover moves to its rim. */
  placed() {
    const grow = this.map.getZoom() >= CLOSE ? 1.2 : matchMedia("(width <= 46rem)").matches ? 0.8 : 1;
    const cells = new Map();
    const cell = (x, y) => `${Math.round(x / 16)}/${Math.round(y / 16)}`;
    const all = this.entries.map((entry) => {
      const { x, y } = this.map.latLngToLayerPoint([entry.place.lat, entry.place.lon]);
      return { ...entry, x, y, r: RADII[entry.size] * grow * (this.topic ? 1.35 : 1) };
    });
    all.sort((one, other) => other.size - one.size || (one.place.id < other.place.id ? -1 : 1));
    for (const mark of all) {
      const around = [-1, 0, 1].flatMap((i) =>
        [-1, 0, 1].flatMap((j) => cells.get(cell(mark.x + 16 * i, mark.y + 16 * j)) ?? []),
      );
      const over = around.find((other) => Math.hypot(mark.x - other.x, mark.y - other.y) < other.r - 1);
      if (over) {
        const turn = Math.atan2(mark.y - over.y, mark.x - over.x || 0.1);
        const gap = Math.min(9, over.r + mark.r - 1);
        mark.x = over.x + Math.cos(turn) * gap;
        mark.y = over.y + Math.sin(turn) * gap;
      }
      const key = cell(mark.x, mark.y);
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(mark);
    }
    this.at = all.reverse();
  }

  dots() {
    this.marks.replaceChildren();
    this.marks.setAttribute("class", this.topic ? `shapes t-${this.topic.id}` : "");
    if (this.topic) {
      for (const mark of this.at) this.shape(mark);
    } else {
      for (const size of [1, 2, 3]) {
        const [solid, hollow] = [false, true].map((hollow) =>
          spots(this.at, (m) => m.size === size && m.hollow === hollow),
        );
        for (const [kind, d] of [
          ["halo h", hollow + solid],
          ["dot d", hollow + solid],
          ["hole o", hollow],
        ])
          if (d) element("path", { class: `${kind}${size}`, d }, this.marks);
      }
    }
    const one = this.at.find(({ place }) => place === this.chosen);
    if (!one) return;
    const d = `M${one.x} ${one.y}h0`;
    for (const kind of ["seek", "seekin", "d3"]) element("path", { class: `dot ${kind}`, d }, this.marks);
  }

  shape({ x, y, r, hollow }) {
    const scale = r / 7;
    const path = element("path", { d: this.shapes[this.topic.shape], "fill-rule": "evenodd" }, this.marks);
    if (hollow) path.setAttribute("class", "hollow");
    path.setAttribute("transform", `translate(${x - 8 * scale} ${y - 8 * scale}) scale(${scale})`);
  }

  // Names

  /** The part of the sheet that is in sight, in its own units, without what covers it. */
  sight() {
    const [wide, high] = [this.map.getSize().x, this.map.getSize().y];
    const { x: left, y: top } = this.map.containerPointToLayerPoint([0, 0]);
    const box = this.map.getContainer().getBoundingClientRect();
    const covered = [...document.querySelectorAll("[data-over-map]")]
      .map((one) => one.getBoundingClientRect())
      .filter(({ width }) => width)
      .map((one) => ({
        left: one.left - box.left + left - 4,
        right: one.right - box.left + left + 4,
        top: one.top - box.top + top - 4,
        bottom: one.bottom - box.top + top + 4,
      }));
    return { area: { left: left + 6, top: top + 4, right: left + wide - 6, bottom: top + high - 4 }, covered };
  }

  label() {
    const { area, covered } = this.sight();
    const most = Math.round(Math.min(60, Math.max(8, ((area.right - area.left) * (area.bottom - area.top)) / 17000)));
    const inSight = this.at.filter(
      ({ x, y }) =>
        x > area.left - 20 &&
        x < area.right + 20 &&
        y > area.top - 20 &&
        y < area.bottom + 20 &&
        !covered.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom),
    );
    this.inSight = inSight;
    this.names.replaceChildren();
    this.brush.font = getComputedStyle(this.names).font;
    const wide = (text) => this.brush.measureText(text).width + 2;
    for (const { line, anchor, x, y, name } of named(inSight, area, covered, most, wide)) {
      if (line) element("path", { class: "tick", d: `M${line[0]} ${line[1]}L${line[2]} ${line[3]}` }, this.names);
      element("text", { x, y, "text-anchor": anchor }, this.names).textContent = name;
    }
  }

  /** The mark nearest to a point, at most so many pixels away. */
  hit({ x, y }, reach) {
    let [best, least] = [null, reach];
    for (const mark of this.at) {
      const far = Math.hypot(mark.x - x, mark.y - y) - mark.r / 2;
      if (far < least) [best, least] = [mark, far];
    }
    return best;
  }

  /** Whether a mark lies under a box of the page. */
  marked({ left, right, top, bottom }) {
    const { left: x, top: y } = this.map.getContainer().getBoundingClientRect();
    const start = this.map.containerPointToLayerPoint([left - x, top - y]);
    const end = this.map.containerPointToLayerPoint([right - x, bottom - y]);
    return this.at.some((mark) => mark.x > start.x && mark.x < end.x && mark.y > start.y && mark.y < end.y);
  }

  /** Whether land lies under a point of the page. */
  onLand(x, y) {
    const at = new DOMPoint(x, y).matrixTransform(this.parts.land.getScreenCTM().inverse());
    return this.parts.land.isPointInFill(at);
  }
}

/** Much faster than ``toFixed``, and there are thousands. */
const tenth = (number) => Math.round(10 * number) / 10;

/** Path data of dots: lines of no length, which round caps make discs. */
const spots = (marks, test) =>
  marks
    .filter(test)
    .map(({ x, y }) => `M${tenth(x)} ${tenth(y)}h0`)
    .join("");

const EVERYWHERE = "M-30000-30000h60000v60000h-60000z";

/** The numbers of a line, as `packed` of drawings/maps/outlines.py writes them. */
function unpacked(text) {
  const numbers = [];
  let [rest, unit] = [0, 1];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 93) {
      rest += unit * (code - 93);
      unit *= 34;
      continue;
    }
    const found = rest + unit * (code - 35);
    numbers.push(found % 2 ? -(found + 1) / 2 : found / 2);
    [rest, unit] = [0, 1];
  }
  return numbers;
}

/** The points of a line given as steps in whole parts of a degree, in degrees. */
function* points(steps, scale, plane) {
  let [lon, lat] = [steps[0], steps[1]];
  const turn = near(plane, lon / scale) - lon / scale;
  yield [lon / scale + turn, lat / scale];
  for (let at = 2; at < steps.length; at += 2) {
    lon += steps[at];
    lat += steps[at + 1];
    yield [lon / scale + turn, lat / scale];
  }
}

/**
 * Path data of a coast; nothing where it lies out of reach. Land round the point opposite the centre turns
 * inside out: its ring then runs the other way, and everything but the inside of it is land.
 */
function ring(steps, scale, plane, far) {
  let [nearest, before, after, data, last] = [far, 0, 0, "", null];
  for (const [lon, lat] of points(steps, scale, plane)) {
    const [x, y] = plane.forward(lon, lat);
    nearest = Math.min(nearest, Math.hypot(x, y));
    data += `${last ? "L" : "M"}${tenth(x)} ${tenth(-y)}`;
    if (last) {
      before += last[0] * lat - lon * last[1];
      after += last[2] * y - x * last[3];
    }
    last = [lon, lat, x, y];
  }
  return nearest < far ? `${data}z${before * after < 0 ? EVERYWHERE : ""}` : "";
}

/** Path data of a line, as far as it is in reach. */
function stroke(list, plane, far) {
  let [data, pen] = ["", "M"];
  for (const [lon, lat] of list) {
    const [x, y] = plane.forward(lon, lat);
    const seen = Math.hypot(x, y) < far;
    if (seen) data += `${pen}${tenth(x)} ${tenth(-y)}`;
    pen = seen ? "L" : "M";
  }
  return data;
}

function graticule(plane) {
  const range = (from, to, step) => Array.from({ length: (to - from) / step + 1 }, (_, at) => from + at * step);
  const west = plane.lon0 - 180;
  const meridians = range(Math.ceil(west / 15), Math.floor(west / 15) + 24, 1).map((lon) =>
    range(-75, 75, 2.5).map((lat) => [15 * lon, lat]),
  );
  const parallels = range(-75, 75, 15).map((lat) => range(west, west + 360, 2.5).map((lon) => [lon, lat]));
  return [...meridians, ...parallels].map((line) => stroke(line, plane, plane.far)).join("");
}
