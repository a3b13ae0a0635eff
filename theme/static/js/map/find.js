/* Search of the map for a place or a country. */

import { Combobox, entry } from "../shared/combobox.js";

const namesOf = (one) => [one.name, ...Object.values(one.names ?? {}), ...(one.former ?? []), one.id];

export class Find extends Combobox {
  constructor(form, words, data, { place, country }) {
    super(form.querySelector("[data-find]"), form.querySelector("[data-find-status]"), {
      entries: [
        ...[...data.countries].map((code) =>
          entry(words.said.countries[code], "", [words.said.countries[code], ...words.said.elsewhere[code]], { code }),
        ),
        ...[...data.places.values()].map((one) =>
          entry(one.shown, words.said.countries[one.country], namesOf(one), { place: one }),
        ),
      ],
      order: words.order,
      say: (number) => (number ? words.count("found", number) : words.say("none_found")),
      choose: (one) => (one.place ? place(one.place, this.field) : country(one.code)),
    });
  }
}
