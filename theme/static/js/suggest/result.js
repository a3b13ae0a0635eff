/* What comes of a form that was filled in: the title, the rows for the files of the data, and all of it as
   text. Nothing here touches the page. ``form`` is what the form knows: said, words, rules and records. */

import { folded } from "../shared/words.js";
import { fenced, row, slug, unused } from "./row.js";

const CLAIM = [
  "city",
  "instrument",
  "status",
  "since",
  "decided",
  "until",
  "role",
  "act",
  "source",
  "title",
  "verified",
  "note",
];
const RECORD = ["wrong", "source", "title", "verified"];

/** The result for a commitment; ``old`` is the recorded entry that it corrects, or null. */
export function claimResult(form, typed, { city, instrument, status, source }, old) {
  const { said, words } = form;
  const files = (kind) => `${said.folder}/${said.files[kind]}`;
  const remarks = [];
  if (!city.known) remarks.push(words.say("new_city", { name: city.name, id: city.id, file: files("city") }));
  if (!instrument.known) remarks.push(words.say("new_instrument", { name: instrument.name, id: instrument.id }));
  if (form.rules.certainlyBefore(typed.since, typed.decided)) remarks.push(words.say("decided_later"));

  const fresh = source ? null : freshSource(form, typed, city, instrument);
  const named = source ?? fresh?.id;
  const sources = [...(old?.sources ?? []), ...(named ? [named] : [])];
  const values = {
    ...typed,
    city: city.id,
    period: old ? (old.period ?? "") : further(form.entries, typed, said.limits.id),
    status,
    role: roles(said, typed.role),
    sources: [...new Set(sources)].join(said.separator),
    ...Object.fromEntries(Object.entries(old?.note ?? {}).map(([code, text]) => [`note_${code}`, text])),
    [`note_${said.code}`]: typed.note,
  };
  const stands = row(values, instrument.known?.columns ?? said.columns, said.columns);
  if (stands.added.length && instrument.known?.columns)
    remarks.push(words.say("columns_added", { columns: stands.added.join(", ") }));
  const file = files("commitment").replace("{instrument}", instrument.id);
  const rows = [
    { says: words.say(old ? "row_replaces" : "row_goes", { file }), text: `${stands.header}\n${stands.row}` },
  ];
  if (fresh) {
    const { header, row: text } = row(fresh, said.source_columns, said.source_columns);
    rows.push({ says: words.say("source_goes", { file: files("source") }), text: `${header}\n${text}` });
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
  return { title, remarks, rows, values: { ...shown, row: stands.row }, names: CLAIM };
}

/** The result for a record that is no commitment: what is wrong with it, in words. */
export function recordResult({ words }, typed, subject) {
  const title = words.say("record_title", { record: subject.record });
  const values = { ...typed, record: subject.record };
  return { title, remarks: [`${subject.name} – ${subject.path}`], rows: [], values, names: RECORD };
}

/** Everything in plain text that code hosts show as Markdown. */
export function body({ names, values, remarks, rows }, { said, words }) {
  const lines = names
    .filter((name) => values[name])
    .map((name) => `- ${said.words.fields[name]}: ${values[name].replaceAll("\n", "\n  ")}`);
  return [
    ...remarks,
    lines.join("\n"),
    ...rows.map(({ says, text }) => `${says}:\n\n${fenced(text)}`),
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
  return { id, title: typed.title, url: typed.source, accessed: typed.verified };
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
