/* The marks by keyboard: one stop of the tabulator key, arrows from mark to mark. The stop is a button that lies
   over its mark; each mark gets a new one, so that a screen reader says its name. */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keys {
  constructor(L, map, sheet, { name, open }) {
    Object.assign(this, { L, map, sheet, name, open, button: null, place: null });
    this.pane = map.getPane("markerPane");
    this.pane.addEventListener("keydown", (event) => this.pressed(event));
    this.pane.addEventListener("click", (event) => {
      // A pointer goes by what is drawn: under the button there may be others.
      if (event.detail === 0) this.open(this.place, this.button);
    });
  }

  /** After a drawing: the same place where it is still there, otherwise the one nearest to the middle. */
  settle() {
    const { at, inSight } = this.sheet;
    const middle = this.map.containerPointToLayerPoint(this.map.getSize().divideBy(2));
    const far = ({ x, y }) => Math.hypot(x - middle.x, y - middle.y);
    const held = this.button && document.activeElement === this.button;
    const same = (held ? at : (inSight ?? at)).find(({ place }) => place === this.place);
    const mark = same ?? at.reduce((best, one) => (!best || far(one) < far(best) ? one : best), null);
    if (!mark) {
      this.button?.remove();
      this.button = this.place = null;
    } else if (mark.place === this.place && this.button) {
      this.button.setAttribute("aria-label", this.name(mark));
      this.L.DomUtil.setPosition(this.button, this.L.point(mark.x, mark.y));
    } else {
      this.to(mark, held);
    }
  }

  to(mark, focus) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pin" });
    button.setAttribute("aria-label", this.name(mark));
    this.pane.append(button);
    this.L.DomUtil.setPosition(button, this.L.point(mark.x, mark.y));
    if (focus) button.focus({ preventScroll: true });
    this.button?.remove();
    Object.assign(this, { button, place: mark.place });
  }

  pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const from = this.sheet.at.find(({ place }) => place === this.place);
    const next = from && this.next(event.key, from);
    if (next) {
      this.to(next, true);
      this.intoSight(next);
    } else if (!(event.key in WAYS)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  next(key, mark) {
    if (key in WAYS) return this.towards(mark, WAYS[key]);
    // From north to south, which stays the same when the map moves.
    const order = [...this.sheet.at].sort(({ place: a }, { place: b }) => b.lat - a.lat || a.lon - b.lon);
    const at = order.indexOf(mark);
    return { Home: order[0], End: order.at(-1), PageUp: order[at - 1], PageDown: order[at + 1] }[key];
  }

  /** The nearest mark in a direction; what lies aside counts as twice as far. */
  towards(mark, [right, down]) {
    let [best, least] = [null, Number.POSITIVE_INFINITY];
    for (const other of this.sheet.at) {
      const [dx, dy] = [other.x - mark.x, other.y - mark.y];
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      if (other === mark || ahead <= 0 || aside > 2 * ahead) continue;
      if (ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside];
    }
    return best;
  }

  intoSight({ place }) {
    if (this.sheet.inSight.some((mark) => mark.place === place)) return;
    this.map.setView([place.lat, place.lon], this.map.getZoom(), { animate: false });
  }
}
