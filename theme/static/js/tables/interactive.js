/* A comparison table that can be sorted, filtered and turned. The page is whole without this script.

   Every word comes from the page: data-* attributes of the table, with {placeholders}. The nodes of the page
   are moved, never rebuilt from text. */

import { filled, folded } from "../shared/words.js";
import { drawing, make } from "./dom.js";
import { arranged, differing, matching, pressed, UNSORTED, unchecked } from "./order.js";
import { read } from "./reading.js";

const NAMED = 8; // up to so many names are listed as not checked

export class InteractiveTable {
  /** Binds a table to the fieldset of its tools. */
  constructor(table, tools) {
    Object.assign(this, { table, tools, words: table.dataset, field: tools.elements });
    Object.assign(this, read(table));
    this.sorts = { rows: UNSORTED, columns: UNSORTED };
    this.stop = new AbortController();
    for (const select of [this.field.in, this.field.sort]) this.offer(select);
    this.listen();
    tools.hidden = false;
    this.draw();
  }

  /** Lets go of the tools, which another table may be bound to. */
  unbind() {
    this.stop.abort();
  }

  offer(select) {
    select.length = 1;
    for (const { name, place } of this.columns) select.add(new Option(name, String(place)));
    select.value = "";
  }

  listen() {
    const { field } = this;
    const on = (node, kind, done) => node.addEventListener(kind, done, { signal: this.stop.signal });
    on(field.sort, "change", () => {
      this.sorts.rows = { by: field.sort.value === "" ? "" : Number(field.sort.value), descending: false };
      this.draw();
    });
    for (const name of ["in", "differ", "turn"]) on(field[name], "change", () => this.draw());
    on(field.rows, "input", () => this.draw());
  }

  get turned() {
    return this.field.turn.checked;
  }

  /** Which side of the table the heads of columns sort. */
  get side() {
    return this.turned ? "columns" : "rows";
  }

  draw() {
    const { table, field, rows, columns, sorts } = this;
    const active = table.contains(document.activeElement) ? document.activeElement : null;
    const by = active?.dataset.by;
    const found = matching(rows, folded(field.rows.value), field.in.value === "" ? null : Number(field.in.value));
    const kept = field.differ.checked ? differing(columns, found) : columns;
    const shown = arranged(found, sorts.rows, (row) => row.weights[sorts.rows.by]);
    this.corner.firstChild.nodeValue = this.side === "rows" ? this.words.city : this.words.instrument;
    this.headColumn(this.corner, null);
    table.tBodies[0].replaceChildren(...(this.turned ? this.sideways(shown, kept) : this.upright(shown, kept)));
    table.classList.toggle("turned", this.turned);
    this.tools.querySelector(".said").textContent = filled(this.words.shown, {
      rows: found.length,
      allrows: rows.length,
      columns: kept.length,
      allcolumns: columns.length,
    });
    // A button that was pressed is a new one now.
    if (by !== undefined) table.querySelector(`.by[data-by="${by}"]`)?.focus();
    else active?.focus();
  }

  /** Cities are rows: returns the lines of the body. */
  upright(rows, columns) {
    const { groupLine, headLine, corner } = this;
    const groups = this.groups
      .map(({ head, columns: all }) => ({ head, span: all.filter((column) => columns.includes(column)).length }))
      .filter(({ span }) => span);
    for (const { head, span } of groups) head.colSpan = span;
    groupLine.replaceChildren(groupLine.cells[0], ...groups.map(({ head }) => head));
    headLine.replaceChildren(corner, ...columns.map(({ head }) => head));
    this.table.tHead.replaceChildren(groupLine, headLine);
    for (const column of columns) {
      this.headColumn(column.head, column);
      this.sign(column);
    }
    const whole = columns.length === this.columns.length;
    return rows.map((row) => this.line(row, columns, (column) => [row, column], whole && row.rest));
  }

  /** Networks and charters are rows: returns the lines of the body. */
  sideways(rows, kept) {
    const { by } = this.sorts.columns;
    const columns = arranged(kept, this.sorts.columns, ({ place }) => this.rows[by].weights[place]);
    this.headLine.replaceChildren(this.corner, ...rows.map(({ head }) => head));
    this.table.tHead.replaceChildren(this.headLine);
    for (const row of rows) this.headColumn(row.head, row);
    return columns.map((column) => {
      this.sign(column);
      return this.line(column, rows, (row) => [row, column]);
    });
  }

  /** A line of the body: its head, its cells, and in words what is not checked, unless it is said in ``rest``. */
  line(own, others, meet, rest) {
    own.head.setAttribute("role", "rowheader");
    own.head.setAttribute("scope", "row");
    own.head.removeAttribute("aria-sort");
    own.head.querySelector(".by")?.remove();
    const line = make("tr", { role: "row" }, own.head);
    const missing = [];
    for (const other of others) {
      const [row, { place }] = meet(other);
      const cell = row.cells[place];
      cell.dataset.i = other.name;
      line.append(cell);
      if (unchecked(row.weights[place])) missing.push(other.name);
    }
    if (rest) line.append(rest);
    else if (missing.length) line.append(this.rest(missing));
    return line;
  }

  rest(names) {
    const { words } = this;
    const textContent =
      names.length <= NAMED
        ? filled(words.unchecked, { names: names.join("; ") })
        : filled(words.many, { number: names.length });
    return make("td", { className: "rest", role: "cell", textContent });
  }

  /** The head of a column with the button that sorts by it; the corner, without a line, sorts by name. */
  headColumn(head, line) {
    const sort = this.sorts[this.side];
    const by = line === null ? "name" : line.place;
    head.setAttribute("role", "columnheader");
    head.setAttribute("scope", "col");
    head.removeAttribute("aria-sort");
    if (sort.by === by) head.setAttribute("aria-sort", sort.descending ? "descending" : "ascending");
    head.querySelector(".by")?.remove();
    head.append(this.button(by, line?.name ?? head.firstChild.nodeValue));
  }

  button(by, name) {
    const node = make("button", { type: "button", className: "by" });
    node.dataset.by = String(by);
    node.setAttribute("aria-label", filled(this.words.sort, { name }));
    node.append(drawing("0 0 12 16", ["up", "M6 0l5 7H1z"], ["down", "M6 16l5-7H1z"]));
    node.addEventListener("click", () => {
      this.sorts[this.side] = pressed(this.sorts[this.side], by);
      const { rows } = this.sorts;
      if (!this.turned) this.field.sort.value = typeof rows.by === "number" ? String(rows.by) : "";
      this.draw();
    });
    return node;
  }

  /** The sign of its topic stands at a network or charter where the line of topics does not. */
  sign({ head, group }) {
    head.querySelector(".g")?.remove();
    const drawn = group.head.querySelector(".g");
    if (!this.turned || !drawn) return;
    head.prepend(drawn.cloneNode(true));
    head.classList.add(`t-${head.dataset.topic}`);
  }
}
