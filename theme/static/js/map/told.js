/* What the map shows, in words: its heading, its sentence, its legend. */

import { element } from "./sheet.js";

/** Radius of the discs in the legend. */
const RADII = [0, 2.2, 3.7, 5.7];

export class Told {
  constructor(host, words, data) {
    Object.assign(this, { words, data });
    for (const [key, selector] of Object.entries({
      heading: "[data-heading]",
      status: "[data-status]",
      legend: "[data-legend]",
      outside: "[data-outside]",
      cart: "[data-cartouche]",
    }))
      this[key] = host.querySelector(selector);
  }

  usual({ s }) {
    return s.size === this.data.held.size && [...s].every((id) => this.data.held.has(id));
  }

  /** The names of what is chosen under one key of the address, or nothing. */
  names(key, now) {
    const { words, data } = this;
    const { said } = words;
    const instrument = ({ short, acronym, names }) => words.text(short) || acronym || words.text(names);
    const name = {
      t: (id) => said.topics[id],
      i: (id) => instrument(data.instruments.get(id)),
      k: (id) => said.kinds[id],
      s: (id) => said.statuses[id],
      c: (id) => said.countries[id],
      a: (id) => words.said.actions[id],
    }[key];
    return (typeof now === "string" ? [now] : [...(now ?? [])]).map(name).join(", ");
  }

  say(chosen, places, total, drawn) {
    const { words } = this;
    const what = ["i", "t", "k", "c", "a"].map((key) => this.names(key, chosen[key])).filter(Boolean);
    if (!what.length) what.push(words.say("all"));
    if (!this.usual(chosen)) what.push(this.names("s", chosen.s));
    const text = what.join(" · ");
    this.heading.textContent = chosen.y === null ? text : words.say("in_year", { what: text, year: chosen.y });
    const countries = new Set([...places.keys()].map(({ country }) => country));
    const parts = [
      places.size
        ? words.say("shown", {
            places: words.count("places", places.size),
            countries: words.count("in_countries", countries.size),
            commitments: words.count("commitments", total.commitments),
          })
        : words.say("nothing"),
    ];
    if (total.ended) parts.push(words.count("ended", total.ended));
    if (chosen.y !== null && total.undated)
      parts.push(
        words.say(chosen.undated ? "with_undated" : "left_out", { undated: words.count("undated", total.undated) }),
      );
    this.status.textContent = parts.join(" ");
    this.key(drawn);
    this.unplaced = [...places.keys()].filter(({ lat, lon }) => lat === null || lon === null).length;
  }

  /** Only what is on the map now. */
  key({ marks, topic, alike }) {
    const { words } = this;
    const rows = [];
    const solid = marks.filter(({ hollow }) => !hollow);
    if (!alike)
      for (const size of [1, 2, 3])
        rows.push(marks.some((one) => one.size === size) && [size, false, words.say(`size_${size}`)]);
    if (solid.length < marks.length) {
      if (alike && solid.length) rows.push([2, false, words.say("held")]);
      rows.push([2, true, words.say("hollow")]);
    }
    this.legend.replaceChildren(
      ...rows.filter(Boolean).map(([size, hollow, text]) => {
        const svg = element("svg", {
          viewBox: "0 0 16 16",
          "aria-hidden": "true",
          class: topic ? `t-${topic.id}` : "",
        });
        const scale = (RADII[size] * 1.35) / 7;
        if (topic)
          element(
            "path",
            {
              d: words.said.shapes[topic.shape],
              "fill-rule": "evenodd",
              class: hollow ? "shape hollow" : "shape",
              transform: `translate(${8 - 8 * scale} ${8 - 8 * scale}) scale(${scale})`,
            },
            svg,
          );
        else element("circle", { cx: 8, cy: 8, r: RADII[size], class: hollow ? "hollow" : "" }, svg);
        const item = document.createElement("li");
        item.append(svg, text);
        return item;
      }),
    );
  }

  /** What of it is in sight; and whether the words lie on land or marks, and then need a ground. */
  where(sheet) {
    const { words } = this;
    const inSight = sheet.inSight?.length ?? 0;
    const out = sheet.entries.length - inSight;
    const parts = [];
    if (out > 0) parts.push(words.count("outside", out));
    if (this.unplaced) parts.push(words.count("unplaced", this.unplaced));
    this.outside.textContent = parts.join(" ");
    const { left, right, top, bottom } = this.cart.getBoundingClientRect();
    const spread = [0.05, 0.35, 0.65, 0.95];
    const land = spread.some((i) =>
      spread.some((j) => sheet.onLand(left + i * (right - left), top + j * (bottom - top))),
    );
    this.cart.classList.toggle("over", land || sheet.marked({ left, right, top, bottom }));
  }
}
