/* Hands the reader a file that was made in the browser. Nothing leaves the page. */

export function save(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  // Some browsers read the file only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A button that does something with its name and what it is about in words. */
export function button(label, what, pressed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "copy";
  made.textContent = label;
  if (label !== what) made.setAttribute("aria-label", `${label}: ${what}`);
  made.addEventListener("click", pressed);
  return made;
}

/** The root of the site, where this module lies three folders deep. */
export const ROOT = new URL("../../../", import.meta.url).href;
