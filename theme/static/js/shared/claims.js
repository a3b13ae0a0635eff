/* What a document of the API says of a city, or of a network or charter, as a table: a line for each period. */

import { csv } from "./csv.js";

const COLUMNS = [
  "city",
  "city_name",
  "country",
  "instrument",
  "instrument_name",
  "state",
  "status",
  "decided",
  "since",
  "until",
  "role",
  "act",
  "sources",
  "verified",
];

export function claimsTable(about, lang) {
  const rows = about.commitments.map((claim) => {
    const edtf = (name) => claim[name]?.edtf;
    const shown = claim.shown[lang];
    return [
      claim.city,
      shown.city ?? about.shown[lang].name,
      shown.country ?? about.country.code,
      claim.instrument,
      shown.instrument ?? about.acronym ?? about.names[lang] ?? about.id,
      claim.state,
      claim.status,
      ...["decided", "since", "until"].map(edtf),
      claim.roles.join(";"),
      claim.act,
      claim.sources.join(";"),
      edtf("verified"),
    ];
  });
  return csv([COLUMNS, ...rows]);
}
