/* A drawing of the page as a picture of its own: an SVG that needs no stylesheet, and the same as PNG.

   What the browser has worked out becomes attributes. Words beside a drawing come along where they stand; a
   title stands above, and two lines of text, such as the licence and the address, below. */

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 20;
const HEAD = 48;
const FOOT = 50;
const INHERITED = [
  "fill",
  "fill-opacity",
  "fill-rule",
  "font-family",
  "font-size",
  "font-weight",
  "paint-order",
  "stroke",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "stroke-width",
  "text-anchor",
];
/** What is not inherited, with the value that needs no attribute. */
const OWN = { opacity: "1", "stop-color": "rgb(0, 0, 0)", "stop-opacity": "1", transform: "none" };

function make(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Give a copy, and all within it, the look of the original; ``around`` is the look that it inherits. */
function dress(copy, original, around) {
  const style = getComputedStyle(original);
  const value = (name) => style.getPropertyValue(name);
  const look = INHERITED.filter((name) => copy.hasAttribute(name) || value(name) !== around?.getPropertyValue(name));
  for (const name of [...look, ...Object.keys(OWN).filter((name) => value(name) !== OWN[name])]) {
    const said = value(name);
    // What refers to a sign of the drawing stands there already.
    if (!said.startsWith("url(")) copy.setAttribute(name, said === style.color ? "currentColor" : said);
  }
  if (copy.tagName === "svg") {
    copy.setAttribute("color", style.color);
    copy.setAttribute("overflow", style.overflow);
  }
  for (const name of ["class", "style", "role"]) copy.removeAttribute(name);
  [...copy.children].forEach((child, at) => {
    dress(child, original.children[at], style);
  });
  return copy;
}

/** A drawing at a place of the picture, as large as it is on the page. */
function placed(svg, { x, y, width, height }) {
  const copy = dress(svg.cloneNode(true), svg);
  for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, value);
  if (svg.hasAttribute("viewBox")) copy.setAttribute("overflow", "hidden");
  return copy;
}

/** The lines of a text of the page, each with the words and the place that it has there. */
function linesOf(node) {
  const lines = [];
  const range = document.createRange();
  // A line may end after a space or a hyphen.
  for (const { 0: word, index } of node.data.matchAll(/[^\s-]*-|[^\s-]+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    const last = lines.at(-1);
    const end = index + word.length;
    if (last && Math.abs(last.top - box.top) < 2) Object.assign(last, { end, right: box.right });
    else lines.push({ start: index, end, top: box.top, bottom: box.bottom, left: box.left, right: box.right });
  }
  return lines.map((line) => ({ ...line, text: node.data.slice(line.start, line.end).replace(/\s+/g, " ") }));
}

function* texts(part, { left, top }) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    if (!node.data.trim() || around.closest("svg, .vh") || !around.checkVisibility()) continue;
    const { color, fontFamily, fontSize, fontWeight } = getComputedStyle(around);
    for (const line of linesOf(node)) {
      const look = {
        x: line.left - left,
        y: line.top - top + (line.bottom - line.top) / 2,
        "dominant-baseline": "central",
        textLength: line.right - line.left, // in another typeface it still ends where it ended
        lengthAdjust: "spacingAndGlyphs",
        fill: color,
        "font-family": fontFamily,
        "font-size": fontSize,
        "font-weight": fontWeight,
      };
      yield make("text", look, line.text);
    }
  }
}

/** The signs that drawings share, as wide as they are where they are used. */
function signs(part) {
  const shared = document.querySelector("svg.vh > defs");
  const copy = dress(shared.cloneNode(true), shared);
  for (const sign of copy.querySelectorAll("rect[id]")) {
    const used = part.querySelector(`use[href="#${sign.id}"]`)?.getBBox();
    if (used) for (const name of ["x", "width"]) sign.setAttribute(name, name === "x" ? -used.width / 2 : used.width);
  }
  return copy;
}

/** The size at which a text of one line is no wider than it may be. */
function sizeOf(text, most, size, family) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `700 ${size}px ${family}`;
  return Math.min(size, (size * most) / (pen.measureText(text).width * 1.1)); // other typefaces may be wider
}

function canvas(width, height, title, lines, background) {
  const size = { width, height: height + HEAD + FOOT };
  const body = getComputedStyle(document.body);
  const say = (text, y, more) => {
    const look = { x: EDGE, y, fill: body.color, "font-family": body.fontFamily, "font-size": "14", ...more };
    return make("text", look, text);
  };
  const drawn = make("g", { transform: `translate(0 ${HEAD})` });
  const whole = make(
    "svg",
    { viewBox: `0 0 ${size.width} ${size.height}`, ...size, role: "img" },
    make("title", {}, title),
    make("rect", { width: "100%", height: "100%", fill: body.backgroundColor }),
    make("rect", { y: HEAD, width: "100%", height, fill: background ?? "none" }),
    drawn,
    say(title, HEAD - 16, { "font-size": sizeOf(title, width - 2 * EDGE, 20, body.fontFamily), "font-weight": "700" }),
    ...lines.map((text, at) => say(text, HEAD + height + 20 + 20 * at)),
  );
  return { whole, drawn };
}

/** The picture of a map, on its sea. */
export function ofMap(svg, lines) {
  const { width, height } = svg.viewBox.baseVal;
  const sea = getComputedStyle(svg.parentElement).backgroundColor;
  const { whole, drawn } = canvas(width, height, svg.getAttribute("aria-label"), lines, sea);
  drawn.append(placed(svg, { x: 0, y: 0, width, height }));
  return whole;
}

/** The picture of a part of the page with its drawings and its visible words. */
export function ofPart(part, title, lines) {
  const box = part.getBoundingClientRect();
  const from = { left: box.left - EDGE, top: box.top };
  const { whole, drawn } = canvas(box.width + 2 * EDGE, box.height, title, lines);
  if (part.querySelector("use")) drawn.append(signs(part));
  for (const svg of part.querySelectorAll("svg")) {
    if (svg.parentElement.closest("svg")) continue;
    const { left, top, width, height } = svg.getBoundingClientRect();
    if (svg.checkVisibility() && !svg.classList.contains("vh")) {
      drawn.append(placed(svg, { x: left - from.left, y: top - from.top, width, height }));
    }
  }
  drawn.append(...texts(part, from));
  return whole;
}

export const written = (picture) => new XMLSerializer().serializeToString(picture);

/** The picture as PNG, twice as large; the policy of the page lets images come from data: addresses. */
export async function png(picture) {
  const { width, height } = picture.viewBox.baseVal;
  const image = new Image(2 * width, 2 * height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written(picture))}`;
  await image.decode();
  const sheet = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  return new Promise((done) => {
    sheet.toBlob(done, "image/png");
  });
}
