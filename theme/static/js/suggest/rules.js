/* The rules of the data, as `atlas check` has them, on what is typed into the form.

   Patterns, codes and limits come from the rules that the site is built with. A problem is the key of
   a message with the values that fill it in; no problem is null. */

const problem = (key, values = {}) => ({ key, values });
const day = (year, month, date) => `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
const lastOf = (year, month) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

/** A text whose bytes were read in the wrong encoding, read as UTF-8; null where they are none. */
function readAgain(text, encoding) {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const bytes = [...text].map((letter) => letters.indexOf(letter));
  if (bytes.includes(-1)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

export class Rules {
  constructor(said, today) {
    this.said = said;
    this.today = today;
    const whole = (pattern) => new RegExp(`^(?:${pattern})$`);
    this.date = whole(said.patterns.date);
    this.id = whole(said.patterns.id);
    this.address = whole(said.patterns.url);
    this.language = whole(said.patterns.lang);
    const made = ([pattern, flags]) => new RegExp(pattern, flags);
    const every = ([pattern, flags]) => new RegExp(`^(?:${pattern})$`, flags);
    const { private: kept, text } = said;
    this.at = new RegExp(kept.at[0], `${kept.at[1]}g`);
    this.written = kept.written.map(made);
    this.called = kept.called.map(made);
    this.pesel = new RegExp(kept.pesel[0], `${kept.pesel[1]}g`);
    this.unseen = new RegExp(`^[${text.invisible.map((name) => `\\p{${name}}`).join("")}]+$`, "u");
    this.damage = text.damage.map(every);
    this.dayNumber = every(text.day_number);
    this.misread = Object.entries(text.misread).map(([encoding, pairs]) => [encoding, made(pairs)]);
    this.lost = made(text.lost);
    this.noName = every(text.no_name);
    this.lostInName = [every(text.lost_last), made(text.sign)];
  }

  // Dates

  /** The first day that a date writes, the first and the last day that it may mean; null where it is none. */
  span(text) {
    const match = this.date.exec(text);
    if (!match) return null;
    const [year, month, date] = match.slice(1, 4).map((part) => (part ? Number(part) : 0));
    if (year < this.said.limits.year) return null;
    const opened = text.startsWith("../");
    const dated = (first, latest) => ({ first, earliest: opened ? "0000-01-01" : first, latest });
    if (!match[2]) return dated(day(match[1], 1, 1), day(match[1], 12, 31));
    if (month < 1 || month > 12) return null;
    const last = lastOf(year, month);
    if (!match[3]) return dated(day(match[1], month, 1), day(match[1], month, last));
    if (date < 1 || date > last) return null;
    return dated(day(match[1], month, date), day(match[1], month, date));
  }

  /** What is wrong with a date, with what to type instead where only one thing can be meant. */
  dateProblem(text) {
    if (!text || this.span(text)) return null;
    const match = this.date.exec(text);
    if (match) return problem(Number(match[1]) < this.said.limits.year ? "year_too_early" : "no_such_day");
    const last = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text);
    if (last) {
      const [first, mark, second, year] = last.slice(1);
      const good = (date) => (this.span(date) ? date : null);
      const one = good(day(year, second, first));
      const other = mark === "." ? null : good(day(year, first, second));
      if (one && other && one !== other) return problem("ambiguous", { one, other });
      if (one || other) return problem("type_instead", { instead: one || other });
      return problem("no_such_day");
    }
    const by = /^(?:by|najpóźniej(?: we?)?|\.{0,2}\/|\.{2,3}|≤)\s*(\d.*)$/i.exec(text);
    if (by && this.span(`../${by[1]}`)) return problem("type_instead", { instead: `../${by[1]}` });
    const slashed = /^(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?$/.exec(text);
    const instead =
      slashed &&
      (slashed[3] ? day(slashed[1], slashed[2], slashed[3]) : `${slashed[1]}-${slashed[2].padStart(2, "0")}`);
    return instead && this.span(instead) ? problem("type_instead", { instead }) : problem("not_a_date");
  }

  certainlyBefore(one, other) {
    const [first, second] = [this.span(one), this.span(other)];
    return Boolean(first && second && first.latest < second.earliest);
  }

  // Text

  /** What is wrong with a text in a field of the form. */
  textProblem(text, field = "") {
    const { cell } = this.said.limits;
    if ([...text].length > cell) return problem("too_long", { limit: cell });
    if (this.unseen.test(text)) return problem("needed");
    const number = !this.said.text.may_be_numbers.includes(field) && this.dayNumber.test(text);
    if (number || this.damage.some((pattern) => pattern.test(text))) return problem("damaged");
    for (const [encoding, pairs] of this.misread) {
      const instead = pairs.test(text) ? readAgain(text, encoding) : null;
      if (instead !== null) return problem("misread", { instead });
    }
    const alone = text.includes("?") && this.noName.test(text);
    if (!text.includes("://") && (alone || this.lost.test(text))) return problem("lost_letter");
    const found = this.privateData(text);
    return found ? problem("private", { found }) : null;
  }

  /** What is wrong with a new name. */
  nameProblem(text) {
    if (this.noName.test(text)) return problem("not_a_name");
    if (this.lostInName.some((pattern) => pattern.test(text))) return problem("lost_letter");
    return this.textProblem(text, "name");
  }

  privateData(text) {
    const plain = text.replace(this.at, "@");
    const written = this.written.map((pattern) => pattern.exec(plain)?.[0]).find(Boolean);
    if (written) return written;
    const bare = plain.replace(/\bhttps?:\/\/\S+|\bwww\.\S+/gi, " ");
    for (const [match] of bare.matchAll(this.pesel)) {
      const digits = match.replace(/[ -]/g, "");
      const sum = this.said.private.weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
      if ((10 - (sum % 10)) % 10 === Number(digits[10]) && this.birthday(digits)) return `${digits.slice(0, 2)}…`;
    }
    return this.called.map((phone) => phone.exec(bare)?.[0]).find(Boolean) ?? null;
  }

  /** Whether digits begin with a day of birth, as a PESEL number does: its month tells the century. */
  birthday(digits) {
    const [year, month, date] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
    const century = this.said.private.centuries[Math.floor(month / 20)];
    const within = month % 20;
    return within >= 1 && within <= 12 && date >= 1 && date <= lastOf(century + year, within);
  }

  urlProblem(text) {
    const { url } = this.said.limits;
    if (text.length > url) return problem("too_long", { limit: url });
    if (!/^https?:\/\//i.test(text)) return problem("not_an_address");
    if (!this.address.test(text)) return problem("bad_character");
    let parts;
    try {
      parts = new URL(text);
    } catch {
      return problem("not_public");
    }
    if (parts.username || parts.password || /^https?:\/\/[^/?#]*@/i.test(text)) return problem("password");
    const labels = parts.hostname.replace(/\.$/, "").split(".");
    const last = labels.at(-1);
    // A document at a bare number is refused as well: no reader would type it.
    const named = labels.length > 1 && !/^\d+$|[[\]:]/.test(last) && labels.every(Boolean);
    if (!named || this.said.private.hosts.includes(last)) return problem("not_public");
    const email = this.written[0].exec(text.slice(text.indexOf("//") + 2).replace(/%40/gi, "@"));
    return email ? problem("private", { found: email[0] }) : null;
  }

  idProblem(id) {
    return id && id.length <= this.said.limits.id && this.id.test(id) ? null : problem("no_id");
  }

  // A commitment

  /**
   * Return the problems of a commitment by field. ``others`` are the recorded entries of the same pair
   * that it does not replace.
   */
  commitmentProblems(one, others) {
    const found = new Map();
    const tell = (field, wrong) => wrong && !found.has(field) && found.set(field, wrong);
    for (const field of ["city", "instrument"]) if (!one[field]) tell(field, problem("needed"));
    if (!one.status) tell("status", problem("choose_status"));
    for (const field of ["decided", "since", "until"]) tell(field, this.dateProblem(one[field]));
    for (const field of ["role", "act", "note"]) tell(field, this.textProblem(one[field], field));
    if (one.status === "none") {
      for (const field of this.said.none_without) if (one[field]) tell(field, problem("none_has_no_dates"));
    }
    if (one.until && this.certainlyBefore(one.until, one.since)) {
      tell("until", problem("before", { other: this.said.words.fields.since, date: one.since }));
    }
    const until = this.span(one.until);
    if (until && this.said.current.includes(one.status) && until.latest < this.today) {
      tell("status", problem("ended", { status: this.said.statuses.former }));
    }
    if (until && one.status === "former" && until.first > this.today) tell("status", problem("not_ended"));
    if (!found.has("since") && others.some((other) => this.overlap(one, other))) tell("since", problem("overlaps"));
    return found;
  }

  /** Whether two periods of one pair certainly overlap, or begin at the same time. */
  overlap(one, other) {
    const start = (period) => (period.since || "").replace(/^\.\.\/|[~?%]$/g, "");
    if (start(one) === start(other)) return true;
    if ([one, other].some(({ status }) => this.said.no_time.includes(status))) return false;
    const first = this.certain(one);
    const second = this.certain(other);
    return first.end > second.start && second.end > first.start;
  }

  /** The part of a period that is certain: its latest start and its earliest end. */
  certain({ since, until, status }) {
    const [begins, ends] = [this.span(since || ""), this.span(until || "")];
    const end = ends ? ends.earliest : status === "former" ? (begins?.earliest ?? "0000-01-01") : "9999-12-31";
    return { start: begins ? begins.latest : (ends?.latest ?? this.today), end };
  }

  /** The problems of the document that says so; ``needed`` where no other source stands behind it. */
  sourceProblems(one, { known, needed }) {
    const found = new Map();
    if (one.source) {
      const wrong = this.urlProblem(one.source);
      if (wrong) found.set("source", wrong);
      else if (!known && !one.title) found.set("title", problem("title_needed"));
    } else if (needed && !one.title) {
      found.set("source", problem("source_needed"));
    }
    for (const name of ["title", "publisher", "verified_by"]) {
      const wrong = this.textProblem(one[name], name);
      if (wrong) found.set(name, wrong);
    }
    if (one.lang && !this.language.test(one.lang)) found.set("lang", problem("no_language"));
    const published = this.dateProblem(one.published);
    if (published) found.set("published", published);
    else if (this.span(one.published)?.first > this.today) found.set("published", problem("in_future"));
    if (!one.verified) found.set("verified", problem("needed"));
    else if (this.dateProblem(one.verified)) found.set("verified", this.dateProblem(one.verified));
    else if (one.verified.startsWith("../")) found.set("verified", problem("not_a_date"));
    else if (this.span(one.verified).first > this.today) found.set("verified", problem("in_future"));
    return found;
  }
}
