/* Rows as they will stand in the files of the data, and ids for what is new. */

import { folded } from "../shared/words.js";

/** One line of CSV after RFC 4180: quotes only where they are needed. */
export const line = (cells) =>
  cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");

/** A value as the data spells it: one Unicode form, no spaces around, lines that end in LF. */
export const spelled = (text) => text.replace(/\r\n?/g, "\n").normalize("NFC").trim();

/** The id that a name would make. */
export const slug = (name, longest) =>
  (folded(name).match(/[a-z0-9]+/g) ?? []).join("-").slice(0, longest).replace(/-+$/, "");

/** An id that none of ``taken`` has. */
export function unused(id, taken, longest) {
  if (!taken.has(id)) return id;
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const other = id.slice(0, longest - end.length) + end;
    if (!taken.has(other)) return other;
  }
}

/**
 * The header and the row for a file that has ``columns``: one that lacks a column for a value gains it,
 * in the order of the data. Returns the columns that were added as well.
 */
export function row(values, columns, all) {
  const added = all.filter((name) => values[name] && !columns.includes(name));
  const known = added.length ? all.filter((name) => columns.includes(name) || added.includes(name)) : columns;
  return { header: line(known), row: line(known.map((name) => values[name] ?? "")), added };
}

/** Text between fences of Markdown that it cannot leave. */
export function fenced(text, kind = "csv") {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${kind}\n${text}\n${fence}`;
}

/** A template of an address with its names in brackets filled in, each encoded. */
export const address = (template, values) =>
  template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? encodeURIComponent(values[name]) : whole));

/** The ISO 3166-1 code of a country by its name in one of the languages, or by the code itself; else null. */
export function countryCode(text, languages) {
  const wanted = folded(text);
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  for (const lang of languages) {
    const names = new Intl.DisplayNames([lang], { type: "region", fallback: "none" });
    const found = codes.find((code) => {
      const name = names.of(code);
      return name && (folded(name) === wanted || code === text.toUpperCase());
    });
    if (found) return found;
  }
  return null;
}
