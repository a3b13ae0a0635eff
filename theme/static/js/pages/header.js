/* What the header of every page does: the key "/" leads to the search, on its own page into the field, and the
   link to the other language leads to the same choice and the same claim. */

const TYPING = "input, textarea, select, [contenteditable]";

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  const field = document.querySelector("form:is(.find, .ask):not([hidden]) [name=q]");
  const way = document.querySelector("a.seek");
  if (!field && !way) return;
  event.preventDefault();
  if (field) field.select();
  else way.click();
});

const kept = new Map();

/** Lead to what the address says now; pages change it while somebody chooses.

    What the script of a page has led to stays: it leaves out what the atlas does not know. */
function keep() {
  for (const link of document.querySelectorAll(".langs a[hreflang]")) {
    link.hash = location.hash;
    if (link.search !== (kept.get(link) ?? "")) continue;
    link.search = location.search;
    kept.set(link, link.search);
  }
}

const ways = document.querySelector(".langs");
if (ways && (location.search || location.hash)) keep();
for (const kind of ["pointerdown", "focusin", "click"]) ways?.addEventListener(kind, keep, { capture: true });
addEventListener("hashchange", keep);
