/* Nodes that scripts add to tables. All text is set as text. */

/** An element with properties, of which ``role`` is an attribute, and children. */
export function make(name, { role, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  if (role) node.setAttribute("role", role);
  if (properties.textContent) node.dir = "auto"; // names are written in either direction
  node.append(...children);
  return node;
}

/** A drawing of lines, each with its class, that says nothing to those who listen. */
export function drawing(box, ...lines) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const [name, line] of lines) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", name);
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}
