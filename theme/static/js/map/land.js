/* The land: Europe first, the world when it comes into sight, voivodeships when near; and its shades. */

/** What the file of Europe holds: south, west, north, east. */
const EUROPE = [
  [27, -32],
  [75, 70],
];
const POLAND = [
  [49, 14],
  [54.9, 24.2],
];
const NEAR = 6;

/** Where a new shade begins. */
export const STEPS = [1, 2, 5, 10, 20, 40];
const step = (number) => STEPS.filter((least) => number >= least).length;

export class Land {
  constructor(L, map) {
    this.L = L;
    this.map = map;
    this.layers = {
      europe: window.europe_atlas,
      countries: window.countries_atlas,
      voivodeships: window.voivodeships_atlas,
    };
    this.loads = {};
    this.counts = null;
    this.graticule();
    map.on("moveend", () => this.see());
  }

  graticule() {
    const lines = [];
    for (let lon = -180; lon <= 180; lon += 10)
      lines.push([
        [-80, lon],
        [80, lon],
      ]);
    for (let lat = -80; lat <= 80; lat += 10)
      lines.push([
        [lat, -190],
        [lat, 190],
      ]);
    this.L.polyline(lines, { pane: "land", className: "grat", interactive: false }).addTo(this.map);
  }

  load(name) {
    this.loads[name] ??= window[`${name}_atlas_load`]().then(() => this.shade(this.counts));
    return this.loads[name];
  }

  /** Fetch what is in sight; resolves when there is land. */
  async see() {
    const [bounds, zoom] = [this.map.getBounds(), this.map.getZoom()];
    const near = zoom >= NEAR && bounds.intersects(POLAND);
    if (near) this.load("voivodeships").catch(console.warn);
    this.toggle("voivodeships", near);
    if (!this.loads.countries && this.L.latLngBounds(EUROPE).contains(bounds)) {
      await this.load("europe");
    } else if (!this.world) {
      // What is there already stays until the whole is there.
      await this.load("countries");
      this.world = true;
      this.toggle("europe", false);
    }
  }

  toggle(name, shown) {
    const layer = this.layers[name];
    if (shown !== this.map.hasLayer(layer)) shown ? layer.addTo(this.map) : layer.remove();
    if (shown) this.shade(this.counts);
  }

  /** Shade countries and voivodeships by the number of their places, or not at all. */
  shade(counts) {
    this.counts = counts;
    for (const layer of Object.values(this.layers)) {
      layer.eachLayer((part) => {
        const element = part.getElement?.();
        if (!element) return;
        const code = part.feature.properties.iso_a2 ?? part.feature.id;
        for (let at = 0; at <= STEPS.length; at += 1) element.classList.remove(`shade-${at}`);
        if (counts) element.classList.add(`shade-${step(counts.get(code) ?? 0)}`);
      });
    }
  }
}
