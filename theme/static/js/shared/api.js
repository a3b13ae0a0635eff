/* The documents of the API (docs/api.md), as scripts of the site want them. */

/** Return the entries of a list that may come in parts; ``read`` fetches one part. */
export async function entries(address, read) {
  const found = [];
  for (let at = address; at; ) {
    const part = await read(at);
    found.push(...part.items);
    at = part.next && address.replace(/[^/]*$/, part.next);
  }
  return found;
}

/** Return the names of countries in a language by their codes. */
export const countryNames = (countries, lang) =>
  new Map(countries.map(({ code, names }) => [code, names[lang] ?? code]));

/** Return a former name without its language: Breslau of de:Breslau. */
export const bare = (name) => name.slice(name.indexOf(":") + 1).trim();

/** Return a claim as its row in the data has it: dates as they are written there, such as 2015~. */
export function asWritten(claim, sources) {
  const dates = ["decided", "since", "until", "verified"].map((name) => [name, claim[name]?.edtf ?? ""]);
  return {
    ...claim,
    ...Object.fromEntries(dates),
    url: claim.sources.map((id) => sources[id]?.url).find(Boolean) ?? "",
  };
}
