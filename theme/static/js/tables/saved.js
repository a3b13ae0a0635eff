/* The table as it is shown, in its order and with its filters, as CSV with the words of the page. */

import { csv } from "../shared/csv.js";

const squeezed = (text) => text.replace(/\s+/g, " ").trim();
const label = (head) => squeezed((head.querySelector("a") ?? head.firstChild).textContent);

function said(cell) {
  const periods = [...cell.querySelectorAll("a")];
  return (periods.length ? periods : [cell]).map((period) => squeezed(period.textContent)).join(";");
}

export function tableAsCsv({ tHead, tBodies }) {
  const lines = [...tBodies[0].rows].map(({ cells: [head, ...cells] }) => {
    return [label(head), ...cells.filter((cell) => !cell.classList.contains("rest")).map(said)];
  });
  return csv([[...[...tHead.rows].at(-1).cells].map(label), ...lines]);
}
