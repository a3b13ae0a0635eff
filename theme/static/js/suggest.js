/* The form that suggests an entry or a correction. It sends nothing: it checks what is typed by the rules
   of the data, shows the row as it will stand, and hands it to an issue, the clipboard or an e-mail.

   Every word comes from the file of the rules, all text is set with textContent, and of the address
   only ids that the atlas knows are taken. */

import { asWritten, countryNames, entries } from "./api.js";
import { Combobox, entry } from "./combobox.js";
import { json } from "./load.js";
import { address, fenced, row, slug, spelled, unused } from "./suggest-row.js";
import { Rules } from "./suggest-rules.js";
import { Words, folded } from "./words.js";

const TYPED = ["since", "decided", "until", "role", "act", "source", "title", "verified", "note", "wrong"];
const form = document.querySelector("form.suggest");
const outcome = document.querySelector(".outcome");
const { root, issue, email, files } = form.dataset;
const parts = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (name, text) => Object.assign(document.createElement(name), { textContent: text });
const longest = 64; // characters of an address that are repeated to the reader

/** The day it is where the reader is, as the data writes it. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** An address without what does not tell pages apart, as the check compares them. */
const page = (text) => text.replace(/^https?:\/\/(www\.)?/i, "").replace(/#.*$/, "").replace(/\/$/, "");

class Suggest {
  constructor(said, cities, countries, records) {
    Object.assign(this, { said, records });
    this.words = new Words({ lang: said.lang, code: said.code, ...said.words });
    this.rules = new Rules(said, today());
    this.pages = new Map(Object.entries(records.sources).filter(([, [, url]]) => url).map(([id, [, url]]) => [page(url), id]));
    const country = countryNames(countries, said.code);
    this.cities = cities.map((one) =>
      entry(one.names[said.code] ?? one.name, country.get(one.country) ?? one.country,
        [one.id, one.name, ...Object.values(one.names), ...one.former_ids], { id: one.id, former: one.former_ids }));
    this.instruments = said.instruments.map((one) =>
      entry(one.names[0] ?? one.name, one.names[0] === one.name ? "" : one.name, [one.id, one.name, ...one.names], one));
    this.choosers = { city: this.chooser("city", this.cities), instrument: this.chooser("instrument", this.instruments) };
    this.chosen = {};
    this.entries = []; // what is recorded of the pair
    this.replaced = null; // the recorded entry that is corrected
    this.subject = null; // or the record that is no commitment
    this.turn = 0;
    form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    form.addEventListener("input", () => { outcome.hidden = true; });
    form.elements.source.addEventListener("change", () => this.lookUp());
    document.querySelector("[data-copy]").addEventListener("click", () => this.copy());
  }

  say(key, values) {
    return this.words.say(key, values);
  }

  chooser(name, entries) {
    const field = form.elements[name];
    const status = form.querySelector(`[data-said="${name}"]`);
    field.addEventListener("change", () => setTimeout(() => this.look(), 0));
    return new Combobox(field, status, {
      entries,
      order: this.words.order,
      free: true,
      say: (number) => (number ? this.words.count("found", number) : this.say("none_found")),
      choose: (one) => { this.chosen[name] = one; this.look(); },
    });
  }

  /** What stands in a chooser: something known, something new, or nothing. */
  picked(name) {
    const text = spelled(form.elements[name].value);
    if (!text) return null;
    const one = this.chosen[name]?.shown === text ? this.chosen[name] : this.choosers[name].exact();
    if (one) return { id: one.id, name: one.shown, known: one };
    return { id: slug(text.split(",")[0], this.said.limits.id), name: text, known: null };
  }

  // What the address asks for

  async start() {
    const asked = new URLSearchParams(location.search);
    const strange = [];
    const known = new URLSearchParams();
    const take = (name, find) => {
      const text = asked.get(name);
      if (!text) return null;
      const one = find(text);
      if (one) known.set(name, text);
      else strange.push(text.slice(0, longest));
      return one;
    };
    form.elements.verified.value = today();
    this.subject = take("record", (text) => this.recordOf(text));
    for (const name of this.subject ? [] : ["city", "instrument"]) {
      const list = name === "city" ? this.cities : this.instruments;
      const one = take(name, (id) => list.find((each) => each.id === id || each.former?.includes(id)));
      if (!one) continue;
      this.chosen[name] = one;
      form.elements[name].value = one.shown;
    }
    this.about();
    form.hidden = false;
    await this.look();
    if (this.chosen.city && this.chosen.instrument && !this.subject) {
      const period = asked.get("period");
      const one = this.entries.find((each) => each.id === this.key(period));
      if (period && one) known.set("period", period);
      else if (period) strange.push(period.slice(0, longest));
      if (one) this.correct(one);
    }
    const unknown = form.querySelector("[data-unknown]");
    unknown.hidden = !strange.length;
    unknown.textContent = strange.length ? this.say("unknown", { what: strange.join(", ") }) : "";
    const query = known.size ? `?${decodeURIComponent(known)}` : "";
    for (const link of parts(".langs a[hreflang]")) link.search = query;
  }

  key(period) {
    return `${this.chosen.city.id}/${this.chosen.instrument.id}${period ? `-${period}` : ""}`;
  }

  /** The record that is no commitment: where it stands and how it is called. */
  recordOf(text) {
    const [kind, id] = text.split("/");
    const { folder, files: paths } = this.said;
    const instrument = this.instruments.find((one) => one.id === id);
    const city = this.cities.find((one) => one.id === id);
    const listed = Object.hasOwn(this.records, kind) && Object.hasOwn(this.records[kind], id) ? this.records[kind][id] : null;
    const found = {
      cities: city && { name: city.shown, path: `${folder}/${paths.city}` },
      instruments: instrument && { name: instrument.name, path: `${folder}/${instrument.family}s/${id}.yaml` },
      sources: listed && { name: listed[0], path: `${folder}/${paths.source}` },
      actions: listed && { name: listed[0], path: `${folder}/actions/${id}.yaml` },
    };
    const one = Object.hasOwn(found, kind) ? found[kind] : null;
    return one ? { ...one, record: `${kind}/${id}` } : null;
  }

  /** Show the fields for what the form is about, and say what that is. */
  about() {
    for (const part of parts(".of-claim", form)) part.hidden = Boolean(this.subject);
    form.querySelector(".of-record").hidden = !this.subject;
    const heading = form.querySelector("#s-form");
    this.heading ??= heading.textContent;
    if (this.subject) heading.textContent = this.say("correcting_record", { name: this.subject.name });
    else if (this.replaced) heading.textContent = this.say("correcting", this.pair());
    else heading.textContent = this.heading;
  }

  pair() {
    return { city: this.picked("city").name, instrument: this.picked("instrument").name };
  }

  // What is recorded already

  async look() {
    const mine = ++this.turn;
    const [city, instrument] = [this.picked("city"), this.picked("instrument")];
    for (const [name, one] of Object.entries({ city, instrument })) {
      form.querySelector(`[data-said="${name}"]`).textContent = one && !one.known ? this.say("none_found") : "";
    }
    let recorded = [];
    if (city?.known && instrument?.known) {
      const file = await json(`${files}${city.id}.json`).catch(() => ({ commitments: [], sources: {} }));
      if (mine !== this.turn) return;
      const claims = file.commitments.filter((one) => one.instrument === instrument.id);
      recorded = claims.map((one) => asWritten(one, file.sources));
    }
    this.entries = recorded;
    this.replaced &&= recorded.find((one) => one.id === this.replaced.id) ?? null;
    this.about();
    this.showRecorded();
  }

  showRecorded() {
    const section = form.querySelector(".recorded");
    const others = this.entries.filter((one) => one !== this.replaced);
    section.hidden = !others.length;
    section.querySelector("ul").replaceChildren(...others.map((one) => {
      const item = document.getElementById("t-recorded").content.firstElementChild.cloneNode(true);
      item.querySelector(".statement").textContent = one.statement[this.said.code];
      item.querySelector("[data-see]").href = root + one.pages[this.said.code];
      const correct = item.querySelector("[data-correct]");
      if (one.id) correct.addEventListener("click", () => { this.correct(one); form.querySelector("#s-form").focus(); });
      else correct.remove();
      return item;
    }));
  }

  /** Fill the form in with an entry that is recorded, to be corrected. */
  correct(one) {
    this.replaced = one;
    const field = form.elements;
    field.status.value = one.status;
    for (const name of ["decided", "since", "until", "act"]) field[name].value = one[name] ?? "";
    field.role.value = (one.roles ?? []).map((role) => this.said.roles[role] ?? role).join("; ");
    field.note.value = one.note?.[this.said.code] ?? "";
    field.source.value = one.url;
    outcome.hidden = true;
    this.about();
    this.showRecorded();
    this.lookUp();
  }

  /** The id of the document at the address that is typed, or null where the atlas does not know it. */
  knownSource() {
    const url = spelled(form.elements.source.value);
    return (url && this.pages.get(page(url))) || null;
  }

  lookUp() {
    const id = this.knownSource();
    form.querySelector('[data-said="source"]').textContent = id ? this.say("known_source", { title: this.records.sources[id][0] }) : "";
    form.querySelector('[data-field="title"]').hidden = Boolean(id);
  }

  // Checking

  submit() {
    this.lookUp();
    const typed = Object.fromEntries(TYPED.map((name) => [name, spelled(form.elements[name].value)]));
    const source = this.knownSource();
    const [city, instrument] = this.subject ? [] : [this.picked("city"), this.picked("instrument")];
    const status = form.elements.status.value;
    const found = this.subject ? this.recordProblems(typed) : this.rules.commitmentProblems(
      { ...typed, city, instrument, status }, this.entries.filter((one) => one.id && one !== this.replaced));
    for (const [name, one] of Object.entries({ city, instrument })) {
      const wrong = one && !one.known && this.rules.idProblem(one.id);
      if (wrong) found.set(name, wrong);
    }
    // A record can be found wrong without another document; a claim never stands without one.
    const needed = !this.subject && !this.replaced;
    const known = Boolean(source || this.subject);
    for (const [name, wrong] of this.rules.sourceProblems(typed, { known, needed })) found.set(name, wrong);
    this.showProblems(found);
    outcome.hidden = Boolean(found.size);
    if (found.size) return;
    this.result = this.subject ? this.recordResult(typed) : this.claimResult(typed, { city, instrument, status, source });
    this.showResult();
  }

  recordProblems({ wrong }) {
    const key = wrong ? this.rules.textProblem(wrong) : { key: "needed", values: {} };
    return new Map(key ? [["wrong", key]] : []);
  }

  showProblems(found) {
    const summary = form.querySelector(".errors");
    const order = parts("[data-field]", form).map((field) => field.dataset.field).filter((name) => found.has(name));
    for (const field of parts("[data-field]", form)) {
      const wrong = found.get(field.dataset.field);
      const message = field.querySelector(".wrong");
      message.hidden = !wrong;
      message.textContent = wrong ? this.say(wrong.key, wrong.values) : "";
      field.classList.toggle("is-wrong", Boolean(wrong));
      for (const input of parts("input, textarea", field)) {
        if (wrong) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
    }
    summary.hidden = !order.length;
    summary.querySelector(".head").textContent = order.length ? this.words.count("errors", order.length) : "";
    summary.querySelector("ul").replaceChildren(...order.map((name) => {
      const input = form.querySelector(`[data-field="${name}"] :is(input, textarea)`);
      const link = Object.assign(make("a", `${this.said.words.fields[name]}: ${this.say(found.get(name).key, found.get(name).values)}`), { href: `#${input.id}` });
      link.addEventListener("click", (event) => { event.preventDefault(); input.focus(); });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    if (order.length) summary.focus();
  }

  // What comes out

  claimResult(typed, { city, instrument, status, source }) {
    const { said } = this;
    const old = this.replaced;
    const remarks = [];
    if (!city.known) remarks.push(this.say("new_city", { name: city.name, id: city.id, file: `${said.folder}/${said.files.city}` }));
    if (!instrument.known) remarks.push(this.say("new_instrument", { name: instrument.name, id: instrument.id }));
    if (this.rules.certainlyBefore(typed.since, typed.decided)) remarks.push(this.say("decided_later"));
    const sources = old ? [...old.sources] : [];
    const rows = [];
    let fresh = null;
    if (source) sources.push(source);
    else if (typed.source || typed.title) {
      const taken = new Set(Object.keys(this.records.sources));
      const id = unused(slug(`${city.id} ${instrument.id} ${typed.verified.slice(0, 4)}`, said.limits.id), taken, said.limits.id);
      sources.push(id);
      fresh = { id, title: typed.title, url: typed.source, accessed: typed.verified };
    }
    const values = {
      city: city.id,
      status,
      decided: typed.decided,
      since: typed.since,
      until: typed.until,
      role: this.roles(typed.role),
      act: typed.act,
      sources: [...new Set(sources)].join(said.separator),
      verified: typed.verified,
      ...Object.fromEntries(Object.entries(old?.note ?? {}).map(([code, text]) => [`note_${code}`, text])),
      [`note_${said.code}`]: typed.note,
    };
    const file = `${said.folder}/${said.files.commitment.replace("{instrument}", instrument.id)}`;
    const stands = row(values, instrument.known?.columns ?? said.columns, said.columns);
    if (stands.added.length && instrument.known?.columns) remarks.push(this.say("columns_added", { columns: stands.added.join(", ") }));
    rows.push({ says: this.say(old ? "row_replaces" : "row_goes", { file }), text: `${stands.header}\n${stands.row}` });
    if (fresh) {
      const { header, row: text } = row(fresh, said.source_columns, said.source_columns);
      rows.push({ says: this.say("source_goes", { file: `${said.folder}/${said.files.source}` }), text: `${header}\n${text}` });
    }
    const shown = { ...typed, city: `${city.name} (${city.id})`, instrument: `${instrument.name} (${instrument.id})`, status: said.statuses[status] };
    const title = old
      ? this.say("correction_title", { city: city.name, instrument: instrument.name })
      : this.say("issue_title", { city: city.name, instrument: instrument.name, status: said.statuses[status] });
    const names = ["city", "instrument", "status", "since", "decided", "until", "role", "act", "source", "title", "verified", "note"];
    return { title, remarks, rows, values: { ...shown, row: stands.row }, names };
  }

  recordResult(typed) {
    const title = this.say("record_title", { record: this.subject.record });
    const shown = { ...typed, record: this.subject.record };
    return { title, remarks: [`${this.subject.name} – ${this.subject.path}`], rows: [], values: shown, names: ["wrong", "source", "title", "verified"] };
  }

  /** Roles as the data writes them: codes where there is one, else the words that were typed. */
  roles(text) {
    const codes = new Map(Object.entries(this.said.roles).map(([code, label]) => [folded(label), code]));
    const typed = text.split(this.said.separator).map((part) => part.trim()).filter(Boolean);
    return [...new Set(typed.map((role) => codes.get(folded(role)) ?? role))].join(this.said.separator);
  }

  /** Everything in plain text that code hosts show as Markdown. */
  body() {
    const { names, values, remarks, rows } = this.result;
    const lines = names.filter((name) => values[name]).map((name) => `- ${this.said.words.fields[name]}: ${values[name].replaceAll("\n", "\n  ")}`);
    return [
      ...remarks,
      lines.join("\n"),
      ...rows.map(({ says, text }) => `${says}:\n\n${fenced(text)}`),
      this.say("from"),
    ].join("\n\n");
  }

  showResult() {
    const { remarks, rows, title } = this.result;
    outcome.querySelector(".remarks").replaceChildren(...remarks.map((text) => make("li", text)));
    const shown = rows.length ? rows : [{ says: title, text: this.body() }];
    outcome.querySelector(".rows-out").replaceChildren(...shown.map(({ says, text }) => {
      const figure = document.getElementById("t-row").content.firstElementChild.cloneNode(true);
      figure.querySelector("figcaption").textContent = says;
      figure.querySelector("pre").setAttribute("aria-label", says);
      figure.querySelector("code").textContent = text;
      return figure;
    }));
    this.way("issue", issue, issue);
    this.way("email", email, `mailto:${email}?subject={title}&body={body}`);
    outcome.querySelector('[data-said="copy"]').textContent = "";
    outcome.hidden = false;
    outcome.querySelector("h2").focus();
  }

  /** Offer one way, where the site has it; what is too long for an address has to be pasted. */
  way(name, offered, template) {
    const item = outcome.querySelector(`[data-way="${name}"]`);
    item.hidden = !offered;
    if (!offered) return;
    const { title, values } = this.result;
    const whole = address(template, { ...values, title, body: this.body() });
    const fits = whole.length <= this.said.limits.address;
    const link = item.querySelector("a");
    link.rel = "external noopener nofollow";
    link.href = fits ? whole : address(template, { title, body: this.say("long"), row: this.say("long") }).replace(/\{\w+\}/g, "");
  }

  async copy() {
    const status = outcome.querySelector('[data-said="copy"]');
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(`${this.result.title}\n\n${this.body()}\n`);
      status.textContent = this.say("copied");
    } catch {
      status.textContent = this.say("not_copied");
    }
  }
}

const scriptless = document.querySelector(".scriptless");
const { rules, cities, countries, records } = form.dataset;
Promise.all([json(rules), entries(cities, json), entries(countries, json), json(records)])
  .then((read) => new Suggest(...read).start())
  .then(() => { scriptless.hidden = true; })
  .catch((error) => {
    scriptless.textContent = form.dataset.failed;
    console.warn(error);
  });
