/* Tables as CSV (RFC 4180) that no spreadsheet takes for formulas. */

/** What a formula begins with, as in the tables of the open data (see plugins/atlas/dataset/spreadsheet_cells.py). */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

const cell = (value) => {
  const text = String(value ?? "");
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

export const csv = (rows) => rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
