/* Long lists that can be narrowed, sorted and saved. A page is whole without this script; the field of a list
   is seen only where scripts run.

   A list is what the field names: its rows stand in tables or in lists, and groups without a row that is
   shown go with their heading. What is asked for stands in the address. Every word comes from the page. */

import { csv } from "../shared/csv.js";
import { save } from "../shared/save.js";
import { filled, folded } from "../shared/words.js";
import { drawing, make } from "../tables/dom.js";
import { pressed, UNSORTED } from "../tables/order.js";

const ROWS = "tbody tr, .dense > li, .register > li, .publisher li";
const GROUPS = ".dir > section, .publisher, .letter, .folder, section.sec";
const FETCHED = 12; // so many further pages of a list are fetched at most

const squeezed = (node) => node.textContent.replace(/\s+/g, " ").trim();

/** The texts of a row, without who says it. */
function texts(node) {
  if (node.nodeType === Node.TEXT_NODE) return [node.data];
  return node.matches?.(".says") ? [] : [...node.childNodes].flatMap(texts);
}

/** What a cell says to a program: a date as its source has it, a number without its spaces. */
function value(cell) {
  const text = cell.querySelector("time")?.dateTime ?? squeezed(cell);
  return cell.classList.contains("num") ? text.replace(/(?<=\d)[\s.,](?=\d{3})/g, "") : text;
}

class List {
  constructor(tools) {
    this.tools = tools;
    this.list = document.getElementById(tools.dataset.of);
    this.table = this.list.querySelector("table.sortable");
    this.ways = [...document.querySelectorAll(".parts a")];
    this.sort = UNSORTED;
    this.collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    this.fields = [...tools.querySelectorAll("input, select")];
    this.find = tools.elements.find;
    this.read();
    if (this.table) this.heads();
    this.recall();
    for (const field of this.fields) {
      field.addEventListener("input", () => this.draw());
      field.addEventListener("change", () => this.keep()); // not at every letter: browsers limit how often
    }
    this.find.addEventListener("keydown", (event) => event.key === "Enter" && this.enter());
    this.find.addEventListener("focus", () => this.fetch(), { once: true });
    tools.querySelector("[data-name]")?.addEventListener("click", ({ target }) => {
      save(`${target.dataset.name}.csv`, "text/csv;charset=utf-8", this.asCsv());
    });
    tools.classList.add("ready");
    if (location.search) this.draw();
  }

  read() {
    this.groups = [...this.list.querySelectorAll(GROUPS)];
    this.rows = [...this.list.querySelectorAll(ROWS)].map((node, place) => {
      const of = node.closest(".publisher, .folder")?.querySelector("h3, summary").textContent ?? "";
      return { node, place, text: ` ${folded([of, ...texts(node)].join(" "))}` };
    });
  }

  /** The rows of the other pages of the list, which then stand on this one. */
  async fetch() {
    if (!this.ways.length || this.ways.length > FETCHED) return;
    const pages = await Promise.all(this.ways.map(({ href }) => this.other(href))).catch(() => []);
    for (const page of pages) {
      const own = page.getElementById(this.list.id);
      const to = this.table?.tBodies[0] ?? this.list.querySelector(".dir") ?? this.list;
      const rows = own?.querySelectorAll(this.table ? "tbody tr" : ".dir > section, :scope > :is(.letter, .sec)");
      to.append(...(rows ?? []));
    }
    if (!pages.length) return;
    document.querySelector(".parts").hidden = true;
    this.read();
    this.draw();
  }

  async other(href) {
    const answer = await fetch(href);
    if (!answer.ok) throw new Error(href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const link of page.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), href).href;
    return page;
  }

  /** Take from the address what it asks for. */
  recall() {
    const asked = new URLSearchParams(location.search);
    for (const field of this.fields) field.value = asked.get(field.name) ?? "";
    for (const field of this.fields) if (field.selectedIndex === -1) field.value = "";
    const by = Number.parseInt(asked.get("sort")?.replace("-", ""), 10);
    if (this.table?.tHead.rows[0].cells[by]) this.sort = { by, descending: asked.get("sort").startsWith("-") };
    if (this.find.value) this.fetch();
  }

  /** Put into the address what is asked for. */
  keep() {
    const query = new URLSearchParams(location.search);
    const { by, descending } = this.sort;
    const asked = { sort: by === "" ? "" : `${descending ? "-" : ""}${by}` };
    for (const field of this.fields) asked[field.name] = field.value.trim();
    for (const [name, said] of Object.entries(asked)) {
      if (said) query.set(name, said);
      else query.delete(name);
    }
    const text = query.toString();
    history.replaceState(null, "", location.pathname + (text && `?${text}`) + location.hash);
  }

  draw() {
    const { rows } = this;
    const words = folded(this.find.value).split(" ").filter(Boolean);
    const chosen = this.fields.filter((field) => field.matches("select") && field.value);
    const fits = ({ node, text }) =>
      words.every((word) => text.includes(` ${word}`)) &&
      chosen.every(({ name, value }) => node.dataset[name]?.split(" ").includes(value));
    this.shown = rows.filter((row) => {
      row.node.hidden = !fits(row);
      return !row.node.hidden;
    });
    for (const group of this.groups) {
      group.hidden = !group.querySelector(`:is(${ROWS}):not([hidden])`);
      if (words.length) group.open = true;
    }
    const all = this.list.querySelector(".whole > input");
    if (all && (words.length || chosen.length || this.sort.by !== "")) all.checked = true;
    this.order();
    this.say(words.length || chosen.length);
  }

  say(asked) {
    const { tools, shown, rows } = this;
    const said = tools.querySelector(".said");
    said.textContent = asked ? filled(tools.dataset.shown, { shown: shown.length, all: rows.length }) : "";
    if (!asked || shown.length || !this.find.value) return;
    const seek = document.querySelector("a.seek");
    const link = make("a", { textContent: tools.dataset.seek, href: seek.href });
    link.search = new URLSearchParams({ q: this.find.value });
    said.append(" ", link);
  }

  /** Enter goes to the only row that is left. */
  enter() {
    if (this.shown?.length === 1) this.shown[0].node.querySelector("a[href]")?.click();
  }

  heads() {
    [...this.table.tHead.rows[0].cells].forEach((head, by) => {
      const button = make("button", { type: "button", className: "by" });
      button.setAttribute("aria-label", filled(this.tools.dataset.sort, { name: squeezed(head) }));
      button.append(drawing("0 0 12 16", ["up", "M6 0l5 7H1z"], ["down", "M6 16l5-7H1z"]));
      button.addEventListener("click", () => {
        this.sort = pressed(this.sort, by);
        this.draw();
        this.keep();
      });
      head.append(button);
    });
  }

  /** Sort the rows of the table; what has no date stands last either way. */
  order() {
    if (!this.table) return;
    const { by, descending } = this.sort;
    const key = new Map(this.rows.map((row) => [row, by === "" ? null : row.node.cells[by]]));
    const unknown = (row) => key.get(row).querySelector(":scope > i, :scope > a > i") !== null;
    const compared = (one, other) => {
      if (by === "") return 0;
      if (unknown(one) !== unknown(other)) return unknown(one) ? 1 : -1;
      const order = this.collator.compare(value(key.get(one)), value(key.get(other)));
      return descending ? -order : order;
    };
    const sorted = [...this.rows].sort((one, other) => compared(one, other) || one.place - other.place);
    this.table.tBodies[0].append(...sorted.map(({ node }) => node));
    [...this.table.tHead.rows[0].cells].forEach((head, at) => {
      if (at === by) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  /** The rows that are shown, in their order. */
  asCsv() {
    const lines = [...this.table.tBodies[0].rows].filter((row) => !row.hidden);
    return csv([this.table.tHead.rows[0], ...lines].map((row) => [...row.cells].map(value)));
  }
}

for (const tools of document.querySelectorAll(".finder")) new List(tools);
