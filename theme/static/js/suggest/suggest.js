/* The form that suggests an entry or a correction. It sends nothing: it checks what is typed by the rules
   of the data; what comes of it is made in suggest-result.js and shown by suggest-outcome.js.

   Every word comes from the file of the rules, all text is set with textContent, and of the address
   only ids that the atlas knows are taken. */

import { asWritten, bare, countryNames, entries } from "../shared/api.js";
import { Combobox, entry } from "../shared/combobox.js";
import { json } from "../shared/load.js";
import { Words } from "../shared/words.js";
import { Outcome } from "./outcome.js";
import { claimResult, recordResult } from "./result.js";
import { countryCode, slug, spelled } from "./row.js";
import { Rules } from "./rules.js";

const TYPED = [
  ...["since", "decided", "until", "role", "act", "note", "wrong", "country"],
  ...["source", "title", "publisher", "lang", "published", "verified", "verified_by"],
];
const form = document.querySelector("form.suggest");
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
const page = (text) =>
  text
    .replace(/^https?:\/\/(www\.)?/i, "")
    .replace(/#.*$/, "")
    .replace(/\/$/, "");

class Suggest {
  constructor(said, cities, countries, records) {
    Object.assign(this, { said, records });
    this.words = new Words({ lang: said.lang, code: said.code, ...said.words });
    this.rules = new Rules(said, today());
    this.pages = new Map(
      Object.entries(records.sources)
        .filter(([, [, url]]) => url)
        .map(([id, [, url]]) => [page(url), id]),
    );
    const country = countryNames(countries, said.code);
    this.cities = cities.map((one) =>
      entry(
        one.names[said.code] ?? one.name,
        country.get(one.country) ?? one.country,
        [one.id, one.name, ...Object.values(one.names), ...one.former_names.map(bare), ...one.former_ids],
        { id: one.id, former: one.former_ids },
      ),
    );
    this.instruments = said.instruments.map((one) =>
      entry(one.names[0] ?? one.name, one.names[0] === one.name ? "" : one.name, [one.id, one.name, ...one.names], one),
    );
    this.choosers = {
      city: this.chooser("city", this.cities),
      instrument: this.chooser("instrument", this.instruments),
    };
    this.chosen = {};
    this.entries = []; // what is recorded of the pair
    this.replaced = null; // the recorded entry that is corrected
    this.subject = null; // or the record that is no commitment
    this.turn = 0;
    this.outcome = new Outcome(this.words, said, { issue, email });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    form.addEventListener("input", () => this.outcome.hide());
    form.elements.source.addEventListener("change", () => this.lookUp());
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
      choose: (one) => {
        this.chosen[name] = one;
        this.look();
      },
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
    form.hidden = false;
  }

  key(period) {
    return `${this.chosen.city.id}/${this.chosen.instrument.id}${period ? `/${period}` : ""}`;
  }

  /** The record that is no commitment: where it stands and how it is called. */
  recordOf(text) {
    const [kind, id] = text.split("/");
    const { folder, files: paths } = this.said;
    const instrument = this.instruments.find((one) => one.id === id);
    const city = this.cities.find((one) => one.id === id);
    const listed =
      Object.hasOwn(this.records, kind) && Object.hasOwn(this.records[kind], id) ? this.records[kind][id] : null;
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
    form.querySelector('[data-field="country"]').hidden = !city || Boolean(city.known);
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
    section.querySelector("ul").replaceChildren(
      ...others.map((one) => {
        const item = document.getElementById("t-recorded").content.firstElementChild.cloneNode(true);
        item.querySelector(".statement").textContent = one.statement[this.said.code];
        item.querySelector("[data-see]").href = root + one.pages[this.said.code];
        const correct = item.querySelector("[data-correct]");
        if (one.id)
          correct.addEventListener("click", () => {
            this.correct(one);
            form.querySelector("#s-form").focus();
          });
        else correct.remove();
        return item;
      }),
    );
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
    this.outcome.hide();
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
    form.querySelector('[data-said="source"]').textContent = id
      ? this.say("known_source", { title: this.records.sources[id][0] })
      : "";
    for (const name of ["title", "publisher", "lang", "published"])
      form.querySelector(`[data-field="${name}"]`).hidden = Boolean(id);
  }

  // Checking

  submit() {
    this.lookUp();
    const typed = Object.fromEntries(TYPED.map((name) => [name, spelled(form.elements[name].value)]));
    const source = this.knownSource();
    const [city, instrument] = this.subject ? [] : [this.picked("city"), this.picked("instrument")];
    const status = form.elements.status.value;
    const found = this.subject
      ? this.recordProblems(typed)
      : this.rules.commitmentProblems(
          { ...typed, city, instrument, status },
          this.entries.filter((one) => one.id && one !== this.replaced),
        );
    for (const [name, one] of Object.entries({ city, instrument })) {
      const wrong = one && !one.known && (this.rules.nameProblem(one.name) ?? this.rules.idProblem(one.id));
      if (wrong) found.set(name, wrong);
    }
    const country = city && !city.known ? this.country(typed.country, city.name) : null;
    if (city && !city.known && !country)
      found.set("country", { key: typed.country ? "no_country" : "needed", values: {} });
    // A record can be found wrong without another document; a claim never stands without one.
    const needed = !this.subject && !this.replaced;
    const known = Boolean(source || this.subject);
    for (const [name, wrong] of this.rules.sourceProblems(typed, { known, needed })) found.set(name, wrong);
    this.showProblems(found);
    this.outcome.hide();
    if (found.size) return;
    this.outcome.show(
      this.subject
        ? recordResult(this, typed, this.subject)
        : claimResult(this, typed, { city, instrument, status, source, country }, this.replaced),
    );
  }

  /** The code of the country of a new place: of what is typed there, or behind the comma of its name. */
  country(typed, name) {
    const text = typed || name.split(",").slice(1).join(",").trim();
    return text ? countryCode(text, [this.said.lang, "en"]) : null;
  }

  recordProblems({ wrong }) {
    const key = wrong ? this.rules.textProblem(wrong) : { key: "needed", values: {} };
    return new Map(key ? [["wrong", key]] : []);
  }

  showProblems(found) {
    const summary = form.querySelector(".errors");
    const order = parts("[data-field]", form)
      .map((field) => field.dataset.field)
      .filter((name) => found.has(name));
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
    summary.querySelector("ul").replaceChildren(
      ...order.map((name) => {
        const input = form.querySelector(`[data-field="${name}"] :is(input, textarea)`);
        const link = Object.assign(
          make("a", `${this.said.words.fields[name]}: ${this.say(found.get(name).key, found.get(name).values)}`),
          { href: `#${input.id}` },
        );
        link.addEventListener("click", (event) => {
          event.preventDefault();
          input.focus();
        });
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
    if (order.length) summary.focus();
  }
}

const scriptless = document.querySelector(".scriptless");
const { rules, cities, countries, records } = form.dataset;
Promise.all([json(rules), entries(cities, json), entries(countries, json), json(records)])
  .then((read) => new Suggest(...read).start())
  .then(() => {
    scriptless.hidden = true;
  })
  .catch((error) => {
    form.classList.remove("awaited");
    scriptless.textContent = form.dataset.failed;
    console.warn(error);
  });
