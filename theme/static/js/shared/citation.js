/* A citation in BibTeX, RIS, CSL-JSON and as a Wikipedia template.

   Whatever the data say is text in every format: what would mean something there is escaped, and line breaks
   and control characters become spaces. No date of access is given, because only the reader knows it. */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const BABEL = { en: "british", pl: "polish" }; // languages as LaTeX's babel knows them

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const line = (text) => text.replace(/[\x00-\x20\x7f-\xa0\u2028\u2029]+/g, " ").trim();

/** An address without what ends a field in some format; those of the site hold nothing of the kind. */
const address = (url) =>
  url.replace(/[\s{}|<>"\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

const note = ({ claim, sources }) => [claim, ...sources].filter(Boolean).map(line).join("; ");

const TEX = {
  "\\": "\\textbackslash{}",
  // Escaped by a backslash alone, a brace would still be counted by BibTeX.
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};
const tex = (text) => line(text).replace(/[\\{}~^&%$#_]/g, (mark) => TEX[mark] ?? `\\${mark}`);

export function bibtex(cited) {
  const [year, month] = cited.issued.split("-");
  const fields = [
    ["author", `{${tex(cited.site)}}`],
    ["title", `{${tex(cited.title)}}`],
    ["year", year],
    ["month", MONTHS[month - 1]],
    ["version", tex(cited.edition)],
    ["url", address(cited.url)],
    ["langid", BABEL[cited.lang]],
    ["note", tex(note(cited))],
  ];
  const written = ([name, value]) => `  ${name} = ${name === "month" ? value : `{${value}}`},\n`;
  const lines = fields.filter(([, value]) => value).map(written);
  return `@misc{${cited.key},\n${lines.join("")}}\n`;
}

export function ris(cited) {
  const fields = [
    ["TY", "ELEC"],
    ["ID", cited.key],
    ["AU", cited.site],
    ["TI", cited.title],
    ["T2", cited.site],
    ["PY", cited.issued.slice(0, 4)],
    ["DA", `${cited.issued.replaceAll("-", "/")}/`],
    ["ET", cited.edition],
    ["LA", cited.lang],
    ["UR", address(cited.url)],
    ["N1", note(cited)],
  ];
  const lines = fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${line(value)}\n`);
  return `${lines.join("")}ER  - \n`;
}

export function csl(cited) {
  const item = {
    id: cited.key,
    type: "webpage",
    title: line(cited.title),
    author: [{ literal: cited.site }],
    "container-title": cited.site,
    issued: { "date-parts": [cited.issued.split("-").map(Number)] },
    version: cited.edition,
    URL: address(cited.url),
    language: cited.lang,
    note: note(cited),
  };
  return `${JSON.stringify([Object.fromEntries(Object.entries(item).filter(([, value]) => value))], null, 1)}\n`;
}

const wiki = (text) => line(text).replace(/[&<>[\]{|}~]|'(?=')|(?<=')'|_(?=_)/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** The template of the Wikipedia in the citation's language, or else of the English one. */
export function wikitext(cited) {
  const polish = cited.lang === "pl";
  const fields = [
    ["url", "url", address(cited.url)],
    ["title", "tytuł", cited.title],
    ["website", "praca", cited.site],
    ["date", "data", cited.issued],
    ["language", "język", cited.lang],
    ["id", "id", [cited.named, cited.claim].filter(Boolean).join(", ")],
  ];
  const written = ([english, its, value]) => ` |${polish ? its : english}=${wiki(value)}`;
  const parts = fields.filter(([, , value]) => value).map(written);
  return `{{${polish ? "Cytuj stronę" : "cite web"}${parts.join("")}}}`;
}

/** Reads a citation from its plain text on the page, where its parts are marked; `shared` is what all have. */
export function read(text, shared, root) {
  const all = (name) => [...text.querySelectorAll(name)].map((part) => part.textContent);
  const url = /\shttps?:\S+$/.exec(text.textContent)?.[0].trim() ?? "";
  const claim = all("code")[0] ?? "";
  const path = root && url.startsWith(root) ? url.slice(root.length) : claim;
  const words =
    path
      .replace(/index\.html(?=#|$)/, "")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return {
    ...shared,
    key: ["atlas", ...words].join("-"),
    title: all("cite")[0] ?? shared.site,
    sources: all("span"),
    claim,
    url,
  };
}
