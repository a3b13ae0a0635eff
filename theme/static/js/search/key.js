/* The key "/" leads to the search from every page, and on its own page into the field. */

const TYPING = "input, textarea, select, [contenteditable]";

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  const field = document.querySelector("form.find:not([hidden]) [name=q]");
  const way = document.querySelector("a.seek");
  if (!field && !way) return;
  event.preventDefault();
  if (field) field.select();
  else way.click();
});
