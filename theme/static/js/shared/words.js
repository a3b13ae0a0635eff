/* Says things in the language of the page. All words come from its file; none stands in a script. */

const EDTF = /^(\.\.\/)?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)$/;

/** Letters without marks, so that "lodz" finds Łódź. */
const UNMARKED = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i", ð: "d" };

export const folded = (text) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[łøđßæœþıð]/g, (letter) => UNMARKED[letter])
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** A text of the page with its {placeholders} filled in. */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

export class Words {
  constructor(said) {
    this.said = said;
    this.code = said.code;
    this.plural = new Intl.PluralRules(said.lang);
    this.numbers = new Intl.NumberFormat(said.lang);
    this.order = new Intl.Collator(said.lang);
  }

  /** A message with its names in brackets filled in. */
  say(key, values = {}) {
    return this.said[key].replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
  }

  number(number) {
    return this.numbers.format(number);
  }

  /** A number of things, in the form that the language has for it. */
  count(key, number) {
    const forms = this.said[key];
    return (forms[this.plural.select(number)] ?? forms.other).replace("%(num)s", this.number(number));
  }

  /** Text by language code, in this language where it is written in it. */
  text(localized) {
    return localized?.[this.code] ?? localized?.und ?? Object.values(localized ?? {})[0] ?? "";
  }

  /** A date exactly as precise as its source gives it. */
  date(text) {
    if (!text) return this.say("date_unknown");
    const [, opened, year, month, day, doubt] = EDTF.exec(text);
    const when = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
    let said = opened ? year : `${year} (${this.say("year_only")})`;
    const form = (options) => new Intl.DateTimeFormat(this.said.lang, { ...options, timeZone: "UTC" }).format(when);
    if (day) said = form({ day: "numeric", month: "long", year: "numeric" });
    else if (month) said = form({ month: "long", year: "numeric" });
    if (opened) said = this.say("or_earlier", { date: said });
    if (doubt === "~" || doubt === "%") said = this.say("approximately", { date: said });
    if (doubt === "?" || doubt === "%") said = this.say("uncertain", { date: said });
    return said;
  }
}
