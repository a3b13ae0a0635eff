/* Comparison tables that can be sorted, filtered and turned. The page is whole without this script.

   Every word comes from the page: data-* attributes of the table, with {placeholders}. All text is
   set with textContent. The nodes of the page are moved, never rebuilt from text.

   atlasTables.enhance(table, fields)   bind a table to its fieldset; returns a function that unbinds it
   atlasTables.fold(text)             text without diacritics and case, for searching
   atlasTables.fill(text, values)     text with its {placeholders} filled in
*/
"use strict";

const atlasTables = (() => {
  const RANK = { "is-yes": 0, "is-wait": 1, "is-ended": 2, "is-no": 3 };
  const NAMED = 8; // up to so many names are listed as not checked
  const UNMARKED = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i", ð: "d" };

  function fold(text) {
    return text
      .toLowerCase()
      .replace(/[łøđßæœþıð]/g, (letter) => UNMARKED[letter])
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  function drawing(className, box, ...paths) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", box);
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
    for (const [name, line] of paths) {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("class", name);
      path.setAttribute("d", line);
      svg.append(path);
    }
    if (className) svg.setAttribute("class", className);
    return svg;
  }

  function label(head) {
    return head.querySelector("a").textContent;
  }

  /* What a cell amounts to: its state as a rank, and its date as text that sorts. */
  function weigh(cell) {
    const state = Object.keys(RANK).find((name) => cell.classList.contains(name));
    const time = cell.querySelector("time");
    return { rank: state ? RANK[state] : 9, date: time ? time.dateTime : "" };
  }

  function compare(a, b, descending) {
    if (a.rank !== b.rank) return a.rank - b.rank;
    if (!a.date || !b.date) return (a.date ? 0 : 1) - (b.date ? 0 : 1);
    const order = a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
    return descending ? -order : order;
  }

  /* The lines of one side of the table, in the order that a line of the other side gives them. */
  function arranged(lines, sort, cellOf) {
    const list = [...lines];
    if (sort.by === "name") list.sort((a, b) => a.place - b.place);
    else if (sort.by !== "") list.sort((a, b) => compare(cellOf(a), cellOf(b), sort.descending) || a.place - b.place);
    return sort.by === "name" && sort.descending ? list.reverse() : list;
  }

  function enhance(table, fields) {
    const words = table.dataset;
    const stop = new AbortController();
    const field = fields.elements;
    const [groupLine, headLine] = table.tHead.rows;
    const corner = headLine.cells[0];
    const groups = [...groupLine.cells].slice(1);
    const columns = [...headLine.cells].slice(1).map((head, place) => ({ head, place, name: label(head) }));
    const rows = [...table.tBodies[0].rows].map((line, place) => {
      const cells = [...line.cells].filter((cell) => cell.tagName === "TD" && !cell.classList.contains("rest"));
      return {
        head: line.cells[0],
        place,
        cells,
        weights: cells.map(weigh),
        rest: line.querySelector(".rest"),
        name: label(line.cells[0]),
        text: ` ${fold(line.cells[0].textContent)} ${fold(label(line.cells[0]))}`,
      };
    });
    let spanned = [];
    let at = 0;
    for (const head of groups) {
      spanned.push({ head, columns: columns.slice(at, at + head.colSpan) });
      at += head.colSpan;
    }
    for (const group of spanned) {
      for (const column of group.columns) column.group = group;
    }
    const sorts = { rows: { by: "", descending: false }, columns: { by: "", descending: false } };

    function button(line, turned) {
      const sort = turned ? sorts.columns : sorts.rows;
      const by = line === null ? "name" : line.place;
      const node = document.createElement("button");
      node.type = "button";
      node.className = "by";
      node.dataset.by = String(by);
      const what = line === null ? (turned ? words.instrument : words.city) : line.name;
      node.setAttribute("aria-label", fill(words.sort, { name: what }));
      node.append(drawing("", "0 0 12 16", ["up", "M6 0l5 7H1z"], ["down", "M6 16l5-7H1z"]));
      node.addEventListener("click", () => {
        if (sort.by !== by) Object.assign(sort, { by, descending: false });
        else if (!sort.descending) sort.descending = true;
        else Object.assign(sort, { by: "", descending: false });
        if (!turned) field.sort.value = typeof sort.by === "number" ? String(sort.by) : "";
        draw();
      });
      return node;
    }

    function dress(head, role, scope, line, turned) {
      head.setAttribute("role", role);
      head.setAttribute("scope", scope);
      head.removeAttribute("aria-sort");
      head.querySelector(".by")?.remove();
      if (role !== "columnheader") return;
      const sort = turned ? sorts.columns : sorts.rows;
      const by = line === null ? "name" : line.place;
      if (sort.by === by) head.setAttribute("aria-sort", sort.descending ? "descending" : "ascending");
      head.append(button(line, turned));
    }

    function element(name, role, ...children) {
      const node = document.createElement(name);
      if (role) node.setAttribute("role", role);
      node.append(...children);
      return node;
    }

    function unchecked(names, count) {
      const cell = element("td", "cell");
      cell.className = "rest";
      cell.textContent =
        names.length <= NAMED
          ? fill(words.unchecked, { names: names.join("; ") })
          : fill(words.many, { number: count });
      return cell;
    }

    function shape(column) {
      column.head.querySelector(".g")?.remove();
      const drawn = column.group.head.querySelector(".g");
      if (field.turn.checked && drawn) {
        column.head.prepend(drawn.cloneNode(true));
        column.head.classList.add(`t-${column.head.dataset.topic}`);
      }
    }

    function draw() {
      const active = table.contains(document.activeElement) ? document.activeElement : null;
      const wanted = active?.dataset.by;
      const turned = field.turn.checked;
      const text = fold(field.rows.value);
      const only = field.in.value === "" ? null : Number(field.in.value);
      const found = rows.filter(
        (row) => (!text || row.text.includes(` ${text}`)) && (only === null || row.weights[only].rank < 9),
      );
      const kept = columns.filter(
        (column) => !field.differ.checked || new Set(found.map((row) => row.weights[column.place].rank)).size > 1,
      );
      const shownRows = arranged(found, sorts.rows, (row) => row.weights[sorts.rows.by]);
      const shownColumns = arranged(kept, sorts.columns, (column) => rows[sorts.columns.by].weights[column.place]);
      dress(corner, "columnheader", "col", null, turned);
      corner.firstChild.nodeValue = turned ? words.instrument : words.city;
      const body = [];
      if (turned) {
        table.tHead.replaceChildren(headLine);
        headLine.replaceChildren(corner, ...shownRows.map((row) => row.head));
        for (const row of shownRows) dress(row.head, "columnheader", "col", row, true);
        for (const column of shownColumns) {
          dress(column.head, "rowheader", "row", column, true);
          shape(column);
          const cells = shownRows.map((row) => row.cells[column.place]);
          shownRows.forEach((row, place) => (cells[place].dataset.i = row.name));
          const missing = shownRows.filter((row) => row.weights[column.place].rank === 9).map((row) => row.name);
          body.push(element("tr", "row", column.head, ...cells));
          if (missing.length) body.at(-1).append(unchecked(missing, missing.length));
        }
      } else {
        table.tHead.replaceChildren(groupLine, headLine);
        const inOrder = sorts.columns.by === "";
        const flat = inOrder ? shownColumns : [...shownColumns].sort((a, b) => a.place - b.place);
        const spans = spanned.filter((group) => group.columns.some((column) => flat.includes(column)));
        for (const group of spans) group.head.colSpan = group.columns.filter((column) => flat.includes(column)).length;
        groupLine.replaceChildren(groupLine.cells[0], ...spans.map((group) => group.head));
        headLine.replaceChildren(corner, ...flat.map((column) => column.head));
        for (const column of flat) {
          dress(column.head, "columnheader", "col", column, false);
          shape(column);
        }
        for (const row of shownRows) {
          dress(row.head, "rowheader", "row", row, false);
          const cells = flat.map((column) => row.cells[column.place]);
          flat.forEach((column, place) => (cells[place].dataset.i = column.name));
          body.push(element("tr", "row", row.head, ...cells));
          const missing = flat.filter((column) => row.weights[column.place].rank === 9).map((column) => column.name);
          if (flat.length === columns.length && row.rest) body.at(-1).append(row.rest);
          else if (missing.length) body.at(-1).append(unchecked(missing, missing.length));
        }
      }
      table.tBodies[0].replaceChildren(...body);
      table.classList.toggle("turned", turned);
      fields.querySelector(".said").textContent = fill(words.shown, {
        rows: found.length,
        allrows: rows.length,
        columns: kept.length,
        allcolumns: columns.length,
      });
      if (wanted !== undefined) table.querySelector(`.by[data-by="${wanted}"]`)?.focus();
      else active?.focus?.();
    }

    for (const [select, choices] of [
      [field.in, columns],
      [field.sort, columns],
    ]) {
      while (select.options.length > 1) select.remove(1);
      for (const column of choices) select.add(new Option(column.name, String(column.place)));
      select.value = "";
    }
    field.sort.addEventListener(
      "change",
      () => {
        Object.assign(sorts.rows, { by: field.sort.value === "" ? "" : Number(field.sort.value), descending: false });
        draw();
      },
      { signal: stop.signal },
    );
    for (const name of ["in", "differ", "turn"]) {
      field[name].addEventListener("change", draw, { signal: stop.signal });
    }
    field.rows.addEventListener("input", draw, { signal: stop.signal });
    fields.hidden = false;
    draw();
    return () => stop.abort();
  }

  const fields = document.querySelector(".compared > .tools");
  const table = document.querySelector(".compared .cmp");
  if (fields && table) enhance(table, fields);
  return { enhance, fold, fill, drawing };
})();
