/* A comparison table that can be sorted, filtered and turned. The page is whole without this script.

   A few cities are columns, so that they fit the screen; more of them are rows. Order, filters and a change of
   sides stand in the address. Every word comes from the page: data-* attributes of the table, with
   {placeholders}. The nodes of the page are moved, never rebuilt from text. */

import { filled, folded } from "../shared/words.js";
import { drawing, make } from "./dom.js";
import { arranged, differing, matching, pressed, sharing, totals, UNSORTED, unchecked } from "./order.js";
import { read } from "./reading.js";

const NAMED = 8; // up to so many names are listed as not checked
const FEW = 8; // up to so many cities are columns

export class InteractiveTable {
  /** Binds a table to the fieldset of its tools. */
  constructor(table, tools) {
    Object.assign(this, { table, tools, words: table.dataset, field: tools.elements });
    Object.assign(this, read(table));
    this.few = this.rows.length <= FEW && this.rows.length < this.columns.length;
    this.wide = table.classList.contains("wide");
    this.sorts = { rows: UNSORTED, columns: UNSORTED };
    this.stop = new AbortController();
    for (const select of [this.field.in, this.field.sort]) this.offer(select);
    this.recall();
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
    for (const { name, id } of this.columns) select.add(new Option(name, id));
    select.value = "";
  }

  /** Take from the address what it asks for, as far as the table has it. */
  recall() {
    const { field } = this;
    const asked = new URLSearchParams(location.search);
    field.rows.value = asked.get("rows") ?? "";
    field.in.value = this.columns.find(({ id }) => id === asked.get("in"))?.id ?? "";
    for (const name of ["differ", "turn"]) field[name].checked = asked.has(name);
    const [, minus, id] = /^(-?)(.*)$/s.exec(asked.get("sort") ?? "");
    const by = id === "name" ? id : this.sorting.find((line) => line.id === id)?.place;
    if (by !== undefined) this.sorts[this.side] = { by, descending: minus !== "" };
    this.choose();
  }

  /** Put into the address what is asked for. */
  keep() {
    const { field } = this;
    const query = new URLSearchParams(location.search);
    const { by, descending } = this.sorts[this.side];
    const id = typeof by === "number" ? this.sorting[by].id : by;
    const asked = {
      rows: field.rows.value.trim(),
      in: field.in.value,
      differ: field.differ.checked && "1",
      turn: field.turn.checked && "1",
      sort: id && (descending ? "-" : "") + id,
    };
    for (const [name, value] of Object.entries(asked)) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    const text = query.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", location.pathname + (text && `?${text}`) + location.hash);
    for (const link of document.querySelectorAll(".langs a[hreflang]")) link.search = text;
  }

  /** Show in the list of orders which one it is. */
  choose() {
    const { by } = this.sorts.rows;
    this.field.sort.value = typeof by === "number" ? this.columns[by].id : "";
  }

  listen() {
    const { field } = this;
    const on = (node, kind, done) => node.addEventListener(kind, done, { signal: this.stop.signal });
    on(field.sort, "change", () => {
      const column = this.columns.find(({ id }) => id === field.sort.value);
      this.sorts.rows = { by: column?.place ?? "", descending: false };
      this.draw();
      this.keep();
    });
    for (const name of ["in", "differ", "turn"])
      on(field[name], "change", () => {
        this.draw();
        this.keep();
      });
    on(field.rows, "input", () => this.draw());
    on(field.rows, "change", () => this.keep()); // not at every letter: browsers limit how often
  }

  get turned() {
    return this.field.turn.checked !== this.few;
  }

  /** Which side of the table the heads of columns sort. */
  get side() {
    return this.turned ? "columns" : "rows";
  }

  /** The lines that those of this side can be sorted by. */
  get sorting() {
    return this.turned ? this.rows : this.columns;
  }

  draw() {
    const { table, field, rows, columns, sorts } = this;
    const active = table.contains(document.activeElement) ? document.activeElement : null;
    const by = active?.dataset.by;
    const only = columns.find(({ id }) => id === field.in.value);
    const found = matching(rows, folded(field.rows.value), only?.place ?? null);
    const kept = field.differ.checked ? differing(columns, found) : columns;
    const shown = arranged(found, sorts.rows, (row) => row.weights[sorts.rows.by]);
    this.corner.firstChild.nodeValue = this.side === "rows" ? this.words.city : this.words.instrument;
    this.headColumn(this.corner, null);
    table.tBodies[0].replaceChildren(...(this.turned ? this.sideways(shown, kept) : this.upright(shown, kept)));
    const matrix = this.turned && this.few;
    table.className = `cmp${this.wide && !matrix ? " wide" : ""}${this.turned ? " turned" : ""}`;
    if (matrix) table.classList.add("few", `c${found.length}`);
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
    const beside = this.few && rows.length > 1;
    this.headLine.replaceChildren(this.corner, ...rows.map(({ head }) => head));
    if (beside)
      this.headLine.append(
        make("th", { role: "columnheader", scope: "col", className: "who", textContent: this.words.held }),
      );
    this.table.tHead.replaceChildren(this.headLine);
    for (const row of rows) {
      this.headColumn(row.head, row);
      row.head.querySelector(".sums")?.remove();
      if (this.few) row.head.querySelector("a").after(this.totals(totals(row, this.columns, rows)));
    }
    if (!beside) return columns.map((column) => this.across(column, rows));
    const groups = sharing(columns, rows);
    if (by === "")
      return groups.flatMap(([name, lines]) => [
        this.groupLineOf(name, lines, rows),
        ...lines.map((one) => this.shared(name, one, rows)),
      ]);
    const told = new Map(groups.flatMap(([name, lines]) => lines.map((one) => [one.column, [name, one]])));
    return columns.map((column) => this.shared(...told.get(column), rows));
  }

  across(column, rows) {
    this.sign(column);
    return this.line(column, rows, (row) => [row, column], this.few ? null : undefined);
  }

  /** A line of the body that ends with who holds it. */
  shared(name, { column, holders }, rows) {
    const line = this.across(column, rows);
    const values = { number: holders.length, all: rows.length, name: holders[0]?.name };
    line.append(
      make("td", { role: "cell", className: `who who-${name}`, textContent: filled(this.words[`who${name}`], values) }),
    );
    return line;
  }

  groupLineOf(name, lines, rows) {
    const number = make("span", { className: "num", textContent: lines.length });
    const head = make(
      "th",
      { role: "rowheader", scope: "rowgroup", colSpan: rows.length + 2 },
      this.words[`group${name}`],
      " ",
      number,
    );
    return make("tr", { role: "row", className: "held" }, head);
  }

  /** What a city has in sum. */
  totals({ number, dated, alone }) {
    const [before, after] = this.words.total.split("{number}");
    const of = make("span", {}, before, make("b", { textContent: number }), after);
    const small = [filled(this.words.dated, { number: dated }), filled(this.words.alone, { number: alone })];
    return make("span", { className: "sums" }, of, ...small.map((textContent) => make("small", { textContent })));
  }

  /** A line of the body: its head, its cells, and in words what is not checked: ``rest``, or none where it is null. */
  line(own, others, meet, rest) {
    own.head.setAttribute("role", "rowheader");
    own.head.setAttribute("scope", "row");
    own.head.removeAttribute("aria-sort");
    for (const node of own.head.querySelectorAll(".by, .sums")) node.remove();
    const line = make("tr", { role: "row" }, own.head);
    const missing = [];
    for (const other of others) {
      const [row, { place }] = meet(other);
      const cell = row.cells[place];
      cell.dataset.i = other.name;
      cell.setAttribute("role", "cell"); // a grid on a phone is no table by itself
      line.append(cell);
      if (unchecked(row.weights[place])) missing.push(other.name);
    }
    if (rest) line.append(rest);
    else if (rest !== null && missing.length) line.append(this.rest(missing));
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
      this.choose();
      this.draw();
      this.keep();
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
