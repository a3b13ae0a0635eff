/* What a comparison table of the page holds: its rows, columns and groups of columns, with their nodes. */

import { folded } from "../shared/words.js";
import { weigh } from "./order.js";

const label = (head) => head.querySelector("a").textContent;

function readRow(line, place) {
  const head = line.cells[0];
  const cells = [...line.cells].filter((cell) => cell.tagName === "TD" && !cell.classList.contains("rest"));
  return {
    head,
    place,
    cells,
    name: label(head),
    weights: cells.map((cell) => weigh([...cell.classList], cell.querySelector("time")?.dateTime ?? "")),
    rest: line.querySelector(".rest"),
    text: ` ${folded(head.textContent)} ${folded(label(head))}`,
  };
}

export function read(table) {
  const [groupLine, headLine] = table.tHead.rows;
  const [corner, ...heads] = headLine.cells;
  const columns = heads.map((head, place) => ({ head, place, name: label(head) }));
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
