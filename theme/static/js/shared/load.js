/* Fetches files of the site, each once; what failed is tried again when it is asked for again. */

const known = new Map();

function once(address, load) {
  if (!known.has(address)) {
    const promise = load();
    promise.catch(() => known.delete(address));
    known.set(address, promise);
  }
  return known.get(address);
}

function element(name, attributes) {
  return new Promise((done, fail) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.addEventListener("load", () => done(made));
    made.addEventListener("error", () => fail(new Error(`not loaded: ${attributes.src || attributes.href}`)));
    document.head.append(made);
  });
}

/** Run a classic script, after those that were asked for before. */
export const script = (address) => once(address, () => element("script", { src: address, async: false }));

export const sheet = (address) => once(address, () => element("link", { rel: "stylesheet", href: address }));

export const json = (address) =>
  once(address, async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
    return answer.json();
  });

/** Turn a table of columns into a list of objects. */
export const records = ({ fields, columns }) =>
  columns[0].map((_, at) => Object.fromEntries(fields.map((field, n) => [field, columns[n][at]])));
