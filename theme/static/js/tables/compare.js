/* The chooser: up to eight places from a searchable list, side by side at an address that can be shared.

   Places are known from the list of the API; each chosen one brings its own document with the words that
   pages show of it. Only ids of the list reach an address, and all text is set with textContent.
   Every other word comes from data-* attributes of the page. */

import { countryNames, entries } from "../shared/api.js";

(() => {
  const { enhance, fold, fill, drawing } = atlasTables;
  const section = document.querySelector(".chooser");
  if (!section) return;
  const words = section.dataset;
  const lang = document.documentElement.lang;
  const most = Number(words.most);
  const OPTIONS = 12;

  const input = section.querySelector("[role=combobox]");
  const list = section.querySelector("#f-places");
  const said = section.querySelector(".choose .said");
  const chosenList = section.querySelector(".chosen");
  const unknown = section.querySelector(".unknown");
  const result = section.querySelector(".result");
  const tools = section.querySelector(".tools");
  const could = section.querySelector(".could");
  const left = section.querySelector(".left-out");
  const title = document.title;

  const places = new Map(); // by id: the name in this language, the country, the folded names
  const former = new Map(); // ids that were renamed
  const files = new Map(); // by id: the promise of the place's own file
  let loading = null;
  let chosen = [];
  let active = -1;
  let unbind = () => {};
  let turn = 0; // the newest drawing; an older one that arrives late is dropped

  function make(name, properties = {}, ...children) {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  }

  async function read(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return answer.json();
  }

  function load() {
    loading ??= Promise.all([entries(words.cities, read), entries(words.countries, read)]).then(
      ([cities, countries]) => {
        const country = countryNames(countries, lang);
        for (const city of cities) {
          const names = [city.name, ...Object.values(city.names ?? {})];
          places.set(city.id, {
            id: city.id,
            name: city.names?.[lang] ?? city.name,
            country: country.get(city.country) ?? city.country,
            names: [...new Set([city.id, ...names].map(fold))],
          });
          for (const old of city.former_ids ?? []) former.set(old, city.id);
        }
      },
    );
    loading.catch(() => {
      loading = null;
      said.textContent = words.failed;
    });
    return loading;
  }

  function file(id) {
    if (!files.has(id)) {
      const promise = read(`${words.files}${id}.json`);
      promise.catch(() => files.delete(id));
      files.set(id, promise);
    }
    return files.get(id);
  }

  // The address

  function asked() {
    const text = new URLSearchParams(location.search).get("c") ?? "";
    return [
      ...new Set(
        text
          .split(",")
          .map((id) => id.trim().toLowerCase())
          .filter(Boolean),
      ),
    ];
  }

  function query() {
    return chosen.length ? `?c=${chosen.join(",")}` : "";
  }

  function remember() {
    history.pushState(null, "", location.pathname + query());
  }

  function take(ids) {
    const known = [];
    const strange = [];
    for (const id of ids) {
      const current = places.has(id) ? id : former.get(id);
      if (!current) strange.push(id.slice(0, 64));
      else if (!known.includes(current)) known.push(current);
    }
    chosen = known.slice(0, most);
    unknown.hidden = strange.length === 0;
    unknown.textContent = strange.length ? fill(words.unknown, { names: strange.join(", ") }) : "";
    said.textContent = known.length > most ? fill(words.full, { most }) : "";
  }

  // The list of places

  function matches(text) {
    const wanted = fold(text);
    if (!wanted) return [];
    const found = [];
    for (const place of places.values()) {
      if (chosen.includes(place.id)) continue;
      const rank = Math.min(
        ...place.names.map((name) =>
          name === wanted
            ? 0
            : name.startsWith(wanted)
              ? 1
              : ` ${name}`.includes(` ${wanted}`)
                ? 2
                : name.includes(wanted)
                  ? 3
                  : 9,
        ),
      );
      if (rank < 9) found.push({ rank, place });
    }
    return found
      .sort((a, b) => a.rank - b.rank || a.place.name.localeCompare(b.place.name, lang))
      .map((one) => one.place);
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(position) {
    const options = [...list.children];
    if (!options.length) return;
    active = (position + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  async function search() {
    await load();
    const found = matches(input.value);
    close();
    if (!input.value.trim()) {
      said.textContent = "";
      return;
    }
    said.textContent = found.length ? fill(words.found, { number: found.length }) : words.none;
    if (!found.length) return;
    list.append(
      ...found.slice(0, OPTIONS).map((place, position) => {
        const option = make(
          "li",
          { id: `f-place-${position}` },
          make("span", { textContent: place.name }),
          make("small", { textContent: place.country }),
        );
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.id = place.id;
        return option;
      }),
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function add(id) {
    if (chosen.length >= most) {
      said.textContent = fill(words.full, { most });
      return;
    }
    chosen.push(id);
    input.value = "";
    close();
    remember();
    said.textContent = fill(words.added, { name: places.get(id).name });
    draw();
  }

  function remove(id) {
    const position = chosen.indexOf(id);
    chosen = chosen.filter((one) => one !== id);
    remember();
    said.textContent = fill(words.removed, { name: places.get(id).name });
    draw();
    (chosenList.children[Math.min(position, chosen.length - 1)]?.querySelector("button") ?? input).focus();
  }

  // What is shown

  function cellOf(commitments) {
    const cell = make("td");
    cell.setAttribute("role", "cell");
    if (!commitments.length) {
      cell.className = "is-unk";
      cell.append(part("unknown"));
      return cell;
    }
    commitments.forEach((commitment, number) => {
      const shown = commitment.shown[lang];
      const link = part(commitment.state);
      const name = link.dataset.class;
      if (number === 0) cell.className = name;
      else link.classList.add(name);
      link.querySelector(".vh").textContent = `${shown.word}: `;
      link.href = words.root + commitment.pages[lang];
      link.title = commitment.statement[lang];
      const iso = commitment.status === "none" ? commitment.verified : commitment.since;
      const head = make("b");
      const large = ["committed", "ended"].includes(commitment.state);
      const dated = (text, date) => (date ? make("time", { dateTime: date.value, textContent: text }) : text);
      head.append(dated(shown.head, large && iso));
      link.append(head);
      if (commitment.disputed) link.append(...part("disputed").childNodes);
      if (shown.rest) link.append(make("span", { className: "small" }, dated(shown.rest, !large && iso)));
      cell.append(link);
    });
    return cell;
  }

  function part(state) {
    const template = document.getElementById("t-cells");
    return template.content.querySelector(`[data-state="${state}"]`).cloneNode(true);
  }

  function tableOf(cities) {
    const region = document.getElementById("t-table").content.firstElementChild.cloneNode(true);
    const table = region.querySelector("table");
    region.setAttribute("aria-label", words.compared);
    table.caption.textContent = words.compared;
    const [groupLine, headLine] = table.tHead.rows;
    const recorded = new Set(cities.flatMap((city) => city.commitments.map((one) => one.instrument)));
    const missing = [];
    for (const head of [...headLine.cells].slice(1)) {
      if (!recorded.has(head.dataset.column)) {
        missing.push(head.querySelector("a").textContent);
        head.remove();
      }
    }
    const columns = [...headLine.cells].slice(1);
    for (const group of [...groupLine.cells].slice(1)) {
      const span = columns.filter((head) => head.dataset.topic === group.dataset.topic).length;
      if (span) group.colSpan = span;
      else group.remove();
    }
    table.classList.toggle("wide", columns.length > 12);
    for (const city of cities) {
      const shown = city.shown[lang];
      const head = make(
        "th",
        { scope: "row" },
        make("a", { href: words.root + city.pages[lang], textContent: shown.name }),
        make("small", { textContent: shown.country }),
      );
      head.setAttribute("role", "rowheader");
      const row = make("tr", {}, head);
      row.setAttribute("role", "row");
      for (const column of columns) {
        row.append(cellOf(city.commitments.filter((one) => one.instrument === column.dataset.column)));
      }
      table.tBodies[0].append(row);
    }
    left.hidden = missing.length === 0;
    left.textContent = missing.length ? fill(words.left, { names: missing.join("; ") }) : "";
    return { region, table };
  }

  function following(city) {
    const shown = city.shown[lang];
    const items = shown.following.suggestions.map((one) => {
      const holders = make(
        "span",
        { className: "commas" },
        ...one.holders.map((to) => make("span", {}, make("a", { href: words.root + to.href, textContent: to.text }))),
      );
      const what = make(
        "p",
        { className: "what" },
        make("b", {}, make("a", { href: words.root + one.href, textContent: one.text })),
      );
      return make(
        "li",
        {},
        what,
        make(
          "p",
          { className: "who" },
          make("span", { className: "num", textContent: one.count }),
          " ",
          holders,
          one.more ? ` ${one.more}` : "",
        ),
      );
    });
    return make(
      "section",
      {},
      make("h4", {}, make("a", { href: words.root + city.pages[lang], textContent: shown.name })),
      make("p", { className: "note", textContent: shown.following.rule }),
      make("ul", { className: "follow" }, ...items),
    );
  }

  function chips() {
    chosenList.replaceChildren(
      ...chosen.map((id) => {
        const { name } = places.get(id);
        const button = make("button", { type: "button" }, drawing("", "0 0 12 12", ["draw", "M1 1l10 10M11 1L1 11"]));
        button.setAttribute("aria-label", fill(words.remove, { name }));
        button.addEventListener("click", () => remove(id));
        return make("li", {}, make("span", { textContent: name }), button);
      }),
    );
    document.title = chosen.length ? `${chosen.map((id) => places.get(id).name).join(", ")} – ${title}` : title;
    for (const link of document.querySelectorAll(".langs a[hreflang]")) link.search = query();
  }

  async function draw() {
    const mine = ++turn;
    chips();
    let cities;
    try {
      cities = await Promise.all(chosen.map(file));
    } catch {
      said.textContent = words.failed;
      return;
    }
    if (mine !== turn) return;
    unbind();
    result.hidden = cities.length === 0;
    if (!cities.length) return;
    const { region, table } = tableOf(cities);
    section.querySelector(".place").replaceChildren(region);
    unbind = enhance(table, tools);
    const proposed = cities.filter((city) => city.shown[lang].following);
    could.hidden = proposed.length === 0;
    could.querySelector(".follows").replaceChildren(...proposed.map(following));
  }

  input.addEventListener("input", search);
  input.addEventListener("focus", () => load());
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      mark(active < 0 && step < 0 ? -1 : active + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = list.children[Math.max(active, 0)];
      if (!list.hidden && option) add(option.dataset.id);
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) add(option.dataset.id);
  });
  window.addEventListener("popstate", () => start());

  async function start() {
    const ids = asked();
    if (!ids.length && !chosen.length) return;
    await load();
    take(ids);
    await draw();
  }

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", list.dataset.name);
  section.hidden = false;
  start().catch(() => {
    said.textContent = words.failed;
  });
})();
