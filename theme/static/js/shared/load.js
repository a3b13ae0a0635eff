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

/** Run a classic script, after those that were asked for before. */
export const script = (src) =>
  once(
    src,
    () =>
      new Promise((done, fail) => {
        const made = Object.assign(document.createElement("script"), { src, async: false });
        made.addEventListener("load", done);
        made.addEventListener("error", () => fail(new Error(`not loaded: ${src}`)));
        document.head.append(made);
      }),
  );

export const json = (address) =>
  once(address, async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
    return answer.json();
  });

/** Turn a table of columns into a list of objects. */
export const records = ({ fields, columns }) =>
  columns[0].map((_, at) => Object.fromEntries(fields.map((field, n) => [field, columns[n][at]])));
