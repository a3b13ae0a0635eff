/* What comes of a form that was filled in: the title, the rows for the files of the data, and all of it as
   text. Nothing here touches the page. ``form`` is what the form knows: said, words, rules and records. */

import { folded } from "../shared/words.js";
import { fenced, row, slug, unused } from "./row.js";

const CLAIM = [
  "city",
  "country",
  "instrument",
  "status",
  "since",
  "decided",
  "until",
  "role",
  "act",
  "source",
  "title",
  "publisher",
  "lang",
  "published",
  "verified",
  "verified_by",
  "note",
];
const RECORD = ["wrong", "source", "title", "verified"];

/** The result for a commitment; ``old`` is the recorded entry that it corrects, or null. */
export function claimResult(form, typed, { city, instrument, status, source, country }, old) {
  const { said, words } = form;
  const files = (kind) => `${said.folder}/${said.files[kind]}`;
  const remarks = [];
  if (!city.known) remarks.push(words.say("new_city", { name: city.name, id: city.id, file: files("city") }));
  if (!instrument.known) remarks.push(words.say("new_instrument", { name: instrument.name, id: instrument.id }));
  if (form.rules.certainlyBefore(typed.since, typed.decided)) remarks.push(words.say("decided_later"));

  const fresh = source ? null : freshSource(form, typed, city, instrument);
  const named = source ?? fresh?.id;
  const before = old ? asRow(said, old) : null;
  const sources = [...(old?.sources ?? []), ...(named ? [named] : [])];
  const values = {
    ...before,
    ...Object.fromEntries(
      ["decided", "since", "until", "act", "verified", "verified_by"].map((name) => [name, typed[name]]),
    ),
    city: city.id,
    period: old ? (old.period ?? "") : further(form.entries, typed, said.limits.id),
    status,
    role: roles(said, typed.role),
    sources: [...new Set(sources)].join(said.separator),
    [`note_${said.code}`]: typed.note,
  };
  if (before) remarks.push(...changes(form, before, values));
  const stands = row(values, instrument.known?.columns ?? said.columns, said.columns);
  if (stands.added.length && instrument.known?.columns)
    remarks.push(words.say("columns_added", { columns: stands.added.join(", ") }));
  const file = files("commitment").replace("{instrument}", instrument.id);
  const rows = [
    { says: words.say(old ? "row_replaces" : "row_goes", { file }), text: `${stands.header}\n${stands.row}` },
  ];
  const place = city.known ? null : { id: city.id, name: city.name.split(",")[0].trim(), country };
  for (const [kind, record, key] of [
    ["city", place, "city_goes"],
    ["source", fresh, "source_goes"],
  ]) {
    if (!record) continue;
    const all = said[`${kind}_columns`];
    const { header, row: text } = row(record, said.file_columns[said.files[kind].replace(".csv", "")] ?? all, all);
    rows.push({ says: words.say(key, { file: files(kind) }), text: `${header}\n${text}` });
  }
  const shown = {
    ...typed,
    city: `${city.name} (${city.id})`,
    instrument: `${instrument.name} (${instrument.id})`,
    status: said.statuses[status],
  };
  const title = words.say(old ? "correction_title" : "issue_title", {
    city: city.name,
    instrument: instrument.name,
    status: said.statuses[status],
  });
  const block = {
    city: filledIn(place),
    commitment: { instrument: instrument.id, ...filledIn(values) },
    before: filledIn(before),
    source: filledIn(fresh),
  };
  return { title, remarks, rows, values: { ...shown, row: stands.row }, names: CLAIM, block };
}

/** The values that are not empty, or undefined where there is nothing at all: what the block leaves out. */
const filledIn = (values) =>
  values ? Object.fromEntries(Object.entries(values).filter(([, value]) => value)) : undefined;

/** A recorded entry as the cells of its row. */
function asRow(said, old) {
  const cells = ["city", "period", "status", "decided", "since", "until", "act", "verified", "verified_by"];
  return {
    ...Object.fromEntries(cells.map((name) => [name, old[name] ?? ""])),
    role: (old.roles ?? []).join(said.separator),
    sources: old.sources.join(said.separator),
    ...Object.fromEntries(Object.entries(old.note ?? {}).map(([code, text]) => [`note_${code}`, text])),
  };
}

/** What a correction changes, old and new, in words. */
function changes({ said, words }, before, after) {
  const name = (column) => said.words.fields[{ sources: "source" }[column] ?? column.replace(/^note_.*/, "note")];
  const told = (column, value) => (column === "status" ? said.statuses[value] : value) || words.say("nothing");
  return said.columns
    .filter((column) => (before[column] ?? "") !== (after[column] ?? ""))
    .map((column) =>
      words.say("changes", {
        field: name(column),
        before: told(column, before[column]),
        after: told(column, after[column]),
      }),
    );
}

/** The result for a record that is no commitment: what is wrong with it, in words. */
export function recordResult({ words }, typed, subject) {
  const title = words.say("record_title", { record: subject.record });
  const values = { ...typed, record: subject.record };
  const block = { record: subject.record, wrong: typed.wrong };
  return { title, remarks: [`${subject.name} – ${subject.path}`], rows: [], values, names: RECORD, block };
}

/** Everything in plain text that code hosts show as Markdown, with one block that `atlas accept` reads. */
export function body({ names, values, remarks, block }, { said, words }) {
  const lines = names
    .filter((name) => values[name])
    .map((name) => `- ${said.words.fields[name]}: ${values[name].replaceAll("\n", "\n  ")}`);
  return [
    ...remarks,
    lines.join("\n"),
    `${words.say("block")}:\n\n${fenced(JSON.stringify({ atlas: 1, ...block }, null, 1), "json")}`,
    words.say("from"),
  ].join("\n\n");
}

/** A document that the atlas does not know yet, or null where none is named. */
function freshSource({ said, records }, typed, city, instrument) {
  if (!typed.source && !typed.title) return null;
  const taken = new Set(Object.keys(records.sources));
  const id = unused(
    slug(`${city.id} ${instrument.id} ${typed.verified.slice(0, 4)}`, said.limits.id),
    taken,
    said.limits.id,
  );
  const { title, publisher, lang, published } = typed;
  return { id, title, publisher, url: typed.source, lang, published, accessed: typed.verified };
}

/** The word that tells a further period of a pair from the recorded ones; nothing for the first row. */
function further(entries, { since, until, decided }, longest) {
  const taken = new Set(entries.filter((one) => one.id).map((one) => one.period ?? ""));
  const [year] = /\d{4}/.exec(since || until || decided) ?? [""];
  return taken.has("") && year ? unused(year, taken, longest) : "";
}

/** Roles as the data writes them: codes where there is one, else the words that were typed. */
function roles(said, text) {
  const codes = new Map(Object.entries(said.roles).map(([code, label]) => [folded(label), code]));
  const typed = text
    .split(said.separator)
    .map((part) => part.trim())
    .filter(Boolean);
  return [...new Set(typed.map((role) => codes.get(folded(role)) ?? role))].join(said.separator);
}
