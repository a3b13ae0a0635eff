/* Tables as CSV (RFC 4180) for spreadsheets: a byte order mark tells Excel the letters, and no cell is a formula. */

/** What a formula begins with, as in the tables of the open data (see plugins/atlas/dataset/spreadsheet_cells.py). */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

const cell = (value) => {
  const text = String(value ?? "");
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

export const csv = (rows) => `\uFEFF${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
