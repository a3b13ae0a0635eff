/* The marks on the map by keyboard: one stop of the tabulator key, arrows from mark to mark. */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keys {
  constructor(map) {
    this.map = map;
    this.box = map.getContainer();
    this.current = null;
    map.getPane("markerPane").addEventListener("keydown", (event) => this.pressed(event));
    map.getPane("markerPane").addEventListener("focusin", ({ target }) => this.stop(target));
    this.refresh();
  }

  marks() {
    return [...this.map.getPane("markerPane").querySelectorAll(".pin")];
  }

  /** Make exactly one mark a stop of the tabulator key; marks come and go as the map moves. */
  refresh() {
    const marks = this.marks();
    for (const mark of marks) mark.tabIndex = -1;
    const centre = this.centre(this.box);
    const next = marks.includes(this.current) ? this.current : nearest(marks, centre, (mark) => this.centre(mark));
    this.stop(next);
  }

  stop(mark) {
    if (this.current && this.current !== mark) this.current.tabIndex = -1;
    this.current = mark ?? null;
    if (mark) mark.tabIndex = 0;
  }

  centre(element) {
    const box = element.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }

  pressed(event) {
    const mark = event.target.closest(".pin");
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = this.next(event.key, mark);
    if (event.key === "Enter" || event.key === " ") {
      if (mark.classList.contains("gathered")) this.comeBack(this.centre(mark));
      mark.click();
    } else if (next) {
      this.stop(next);
      next.focus();
      this.intoSight(next);
    } else if (!(event.key in WAYS)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  next(key, mark) {
    if (key in WAYS) return this.towards(mark, WAYS[key]);
    const order = this.marks().sort((one, other) => this.before(one, other));
    const at = order.indexOf(mark);
    return { Home: order[0], End: order.at(-1), PageUp: order[at - 1], PageDown: order[at + 1] }[key];
  }

  before(one, other) {
    const [a, b] = [this.centre(one), this.centre(other)];
    return a.y - b.y || a.x - b.x;
  }

  /** The nearest mark in a direction; what lies aside counts as twice as far. */
  towards(mark, [right, down]) {
    const from = this.centre(mark);
    let best = null;
    let least = Infinity;
    for (const other of this.marks()) {
      const at = this.centre(other);
      const ahead = (at.x - from.x) * right + (at.y - from.y) * down;
      const aside = Math.abs((at.x - from.x) * down) + Math.abs((at.y - from.y) * right);
      if (other === mark || ahead <= 0 || aside > 2 * ahead) continue;
      if (ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside];
    }
    return best;
  }

  intoSight(mark) {
    const [box, at] = [this.box.getBoundingClientRect(), this.centre(mark)];
    const inside = at.x > box.left + 30 && at.x < box.right - 30 && at.y > box.top + 30 && at.y < box.bottom - 30;
    if (!inside) this.map.panBy([at.x - box.left - box.width / 2, at.y - box.top - box.height / 2]);
  }

  /** When a cluster opens, its mark goes: the focus stays on the map. */
  comeBack() {
    this.lost = true;
  }

  /** After the map has moved: marks are new, and one may have gone with the focus. */
  moved() {
    this.refresh();
    if (!this.lost || document.activeElement !== document.body) return;
    this.lost = false;
    this.current?.focus();
  }
}

function nearest(marks, to, centre) {
  const far = (mark) => Math.hypot(centre(mark).x - to.x, centre(mark).y - to.y);
  return marks.reduce((best, mark) => (!best || far(mark) < far(best) ? mark : best), null);
}
