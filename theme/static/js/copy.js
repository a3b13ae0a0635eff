/* The sign beside a claim copies its address as well as leading there.

   Without this script, or where the browser keeps the clipboard to itself, it stays a plain link. */

const said = document.querySelector(".copied");
const LONG = 6000;

if (said && navigator.clipboard) {
  let timer = 0;
  for (const anchor of document.querySelectorAll("a.anchor")) {
    anchor.title = said.dataset.copy;
    anchor.addEventListener("click", async (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      try {
        await navigator.clipboard.writeText(anchor.href);
      } catch {
        return; // not allowed: the link has led to the claim all the same
      }
      said.textContent = said.dataset.copied.replace("{address}", anchor.href);
      clearTimeout(timer);
      timer = setTimeout(() => { said.textContent = ""; }, LONG);
    });
  }
}
