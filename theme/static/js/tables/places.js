/* The places that can be compared, from the lists of the API, and what is recorded of each. */

import { bare, countryNames, entries } from "../shared/api.js";
import { entry } from "../shared/combobox.js";
import { json } from "../shared/load.js";

export class Places {
  /** Knows nothing until ``load``; addresses are those of the lists and of the folder of documents. */
  constructor({ cities, countries, files }, lang) {
    Object.assign(this, { cities, countries, files, lang });
    this.known = new Map();
    this.former = new Map();
  }

  async load() {
    if (this.known.size) return;
    const [cities, countries] = await Promise.all([entries(this.cities, json), entries(this.countries, json)]);
    const country = countryNames(countries, this.lang);
    for (const { id, name, names = {}, former_names = [], former_ids = [], country: code } of cities) {
      const all = [id, name, ...Object.values(names), ...former_names.map(bare)];
      this.known.set(id, entry(names[this.lang] ?? name, country.get(code) ?? code, all, { id }));
      for (const old of former_ids) this.former.set(old, id);
    }
  }

  /** The name of a place in the language of the page. */
  name(id) {
    return this.known.get(id).shown;
  }

  /** Current ids of those asked for, each once, and what is no id at all. */
  sorted(asked) {
    const current = (id) => (this.known.has(id) ? id : this.former.get(id));
    return {
      ids: [...new Set(asked.map(current).filter(Boolean))],
      strange: asked.filter((id) => !current(id)).map((id) => id.slice(0, 64)),
    };
  }

  /** What can be chosen besides some ids. */
  besides(ids) {
    return [...this.known.values()].filter(({ id }) => !ids.includes(id));
  }

  /** The documents of places, each with the words that pages show of it. */
  documents(ids) {
    return Promise.all(ids.map((id) => json(`${this.files}${id}.json`)));
  }
}
