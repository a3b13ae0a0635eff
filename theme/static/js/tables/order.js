/* Sort and filter: the order of the rows and columns of a comparison, and which of them are shown.

   A row has a place, folded text and a weight for each column; a column has a place. ``by`` of an order is
   the place of a line of the other side, "name", or "" for the order of the page. */

const RANK = { "is-yes": 0, "is-wait": 1, "is-ended": 2, "is-no": 3 };
const UNCHECKED = 9;

export const UNSORTED = { by: "", descending: false };

/** What a cell amounts to: the state that its classes name as a rank, and its date as text that sorts. */
export function weigh(classes, date) {
  const state = classes.find((name) => name in RANK);
  return { rank: state ? RANK[state] : UNCHECKED, date };
}

export const unchecked = (weight) => weight.rank === UNCHECKED;

function compared(one, other, descending) {
  if (one.rank !== other.rank) return one.rank - other.rank;
  if (!one.date || !other.date) return (one.date ? 0 : 1) - (other.date ? 0 : 1);
  const order = one.date < other.date ? -1 : Number(one.date > other.date);
  return descending ? -order : order;
}

/** Lines, which are in the order of the page, in the order that a line of the other side gives them. */
export function arranged(lines, { by, descending }, weight) {
  if (typeof by === "string") return descending ? [...lines].reverse() : lines;
  return [...lines].sort((one, other) => compared(weight(one), weight(other), descending) || one.place - other.place);
}

/** The order after one more press on the same button: ascending, descending, that of the page. */
export function pressed(sort, by) {
  if (sort.by !== by) return { by, descending: false };
  return sort.descending ? UNSORTED : { by, descending: true };
}

/** The rows with a word that begins like the folded text, recorded in the column at a place if one is asked for. */
export const matching = (rows, text, only) =>
  rows.filter((row) => (!text || row.text.includes(` ${text}`)) && (only === null || !unchecked(row.weights[only])));

/** The columns in which rows have different states. */
export const differing = (columns, rows) =>
  columns.filter(({ place }) => new Set(rows.map((row) => row.weights[place].rank)).size > 1);

/** Columns by how many of the rows hold them, most first: all of the rows, some, one alone, none today. */
export function sharing(columns, rows) {
  const groups = { all: [], some: [], one: [], none: [] };
  for (const column of columns) {
    const holders = rows.filter((row) => row.weights[column.place].rank === RANK["is-yes"]);
    const many = holders.length === rows.length ? "all" : "some";
    groups[["none", "one"][holders.length] ?? many].push({ column, holders });
  }
  groups.some.sort((one, other) => other.holders.length - one.holders.length);
  return Object.entries(groups).filter(([, found]) => found.length);
}

/** How many columns a row holds, how many of them since a known date, and how many that no other row holds. */
export function totals(row, columns, rows) {
  const held = columns.filter(({ place }) => row.weights[place].rank === RANK["is-yes"]);
  const others = rows.filter((other) => other !== row);
  const alone = held.filter(({ place }) => others.every((other) => other.weights[place].rank !== RANK["is-yes"]));
  return {
    number: held.length,
    dated: held.filter(({ place }) => row.weights[place].date).length,
    alone: alone.length,
  };
}
