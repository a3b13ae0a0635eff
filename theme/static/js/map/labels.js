/* Names on the map: the best known first, each where it covers no mark and no other name; where there is no
   room beside its mark, at the end of a short line. drawings/maps/labels.py does the same for drawn sheets. */

const HIGH = 18;
const CLEAR = 3;
const CELL = 48;
const BESIDE = [0, 180, 90, 270, 315, 45, 225, 135];
const ROUND = [0, 180, 315, 225, 45, 135, 90, 270, 337, 203, 23, 157, 293, 247, 67, 113, 345, 195, 15, 165, 300, 240];

const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Where a name can stand, from the best place to the last. */
function* positions({ x, y, r }, wide) {
  for (const [length, angles] of [[0, BESIDE], ...[18, 26, 36, 46, 58, 74].map((length) => [length, ROUND])]) {
    for (const angle of angles) {
      const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
      const gap = r + (length ? length : 5);
      const [endX, endY] = [x + cos * gap, y + sin * gap];
      const anchor = cos > 0.3 ? "start" : cos < -0.3 ? "end" : "middle";
      const aside = length ? Math.sign(Math.round(cos * 9)) * 4 : 0;
      const left = { start: endX + aside, end: endX + aside - wide, middle: endX - wide / 2 }[anchor];
      const top = endY - HIGH / 2 + sin * (HIGH / 2 - (anchor === "middle" ? 0 : 3));
      const box = { left, top, right: left + wide, bottom: top + HIGH };
      const line = length ? [x + cos * (r + 1), y + sin * (r + 1), endX, endY] : null;
      yield { box, line, anchor, x: { start: left, end: left + wide, middle: endX }[anchor], y: top + 13.5 };
    }
  }
}

/** Points along a line, as boxes of nothing. */
const along = ([x, y, u, v]) =>
  [0.2, 0.4, 0.6, 0.8, 1].map((part) => {
    const [left, top] = [x + (u - x) * part, y + (v - y) * part];
    return { left: left - 1, top: top - 1, right: left + 1, bottom: top + 1 };
  });

/** Names for `marks` ({x, y, r, name, rank}) inside `area` that keep clear of `taken`; `wide` measures a text. */
export function place(marks, area, taken, most, wide) {
  const cells = new Map();
  for (const mark of marks) {
    const key = `${Math.floor(mark.x / CELL)}/${Math.floor(mark.y / CELL)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(mark);
  }
  const covers = (box, own) => {
    for (let i = Math.floor((box.left - 12) / CELL); i <= (box.right + 12) / CELL; i += 1)
      for (let j = Math.floor((box.top - 12) / CELL); j <= (box.bottom + 12) / CELL; j += 1)
        for (const mark of cells.get(`${i}/${j}`) ?? []) {
          const dx = Math.max(box.left - mark.x, 0, mark.x - box.right);
          const dy = Math.max(box.top - mark.y, 0, mark.y - box.bottom);
          if (Math.hypot(dx, dy) < mark.r + (mark === own ? 0 : CLEAR)) return true;
        }
    return false;
  };
  const inside = ({ left, top, right, bottom }) =>
    left >= area.left && right <= area.right && top >= area.top && bottom <= area.bottom;
  const full = [...taken];
  const found = [];
  const tried = marks.filter(({ x, y }) => inside({ left: x, right: x, top: y, bottom: y }));
  tried.sort((one, other) => other.rank - one.rank || (one.name < other.name ? -1 : 1));
  for (const mark of tried.slice(0, 3 * most)) {
    if (found.length >= most) break;
    const length = wide(mark.name);
    for (const at of positions(mark, length)) {
      const line = at.line ? along(at.line) : [];
      if (!inside(at.box) || covers(at.box, mark)) continue;
      if (full.some((box) => meets(box, at.box) || line.some((dot) => meets(box, dot)))) continue;
      const { left, top, right, bottom } = at.box;
      full.push({ left: left - 6, top: top - 2, right: right + 6, bottom: bottom + 2 }, ...line);
      found.push({ ...at, name: mark.name });
      break;
    }
  }
  return found;
}
