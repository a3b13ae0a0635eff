/* What a comparison table of the page holds: its rows, columns and groups of columns, with their nodes. */

import { folded } from "../shared/words.js";
import { weigh } from "./order.js";

const label = (head) => head.querySelector("a").textContent;

/** The name of a place and that of its country are words of their own. */
const spoken = (head) => [...head.childNodes].map((node) => node.textContent).join(" ");

/** The id of a place stands at the end of its address. */
const idOf = (head) => new URL(head.querySelector("a").href).pathname.split("/").findLast(Boolean);

/** The date of a cell, which a time says itself where it is a year. */
function dateOf(cell) {
  const time = cell.querySelector("time");
  return time?.dateTime || (time?.textContent ?? "");
}

function readRow(line, place) {
  const head = line.cells[0];
  const cells = [...line.cells].filter((cell) => cell.tagName === "TD" && !cell.classList.contains("rest"));
  return {
    head,
    place,
    cells,
    id: idOf(head),
    name: label(head),
    weights: cells.map((cell) => weigh([...cell.classList], dateOf(cell))),
    rest: line.querySelector(".rest"),
    text: ` ${folded(spoken(head))}`,
  };
}

export function read(table) {
  const [groupLine, headLine] = table.tHead.rows;
  const [corner, ...heads] = headLine.cells;
  const columns = heads.map((head, place) => ({ head, place, id: head.dataset.column, name: label(head) }));
  const groups = [];
  let at = 0;
  for (const head of [...groupLine.cells].slice(1)) {
    const group = { head, columns: columns.slice(at, at + head.colSpan) };
    for (const column of group.columns) column.group = group;
    groups.push(group);
    at += head.colSpan;
  }
  return { groupLine, headLine, corner, columns, groups, rows: [...table.tBodies[0].rows].map(readRow) };
}
