/* The sign beside a claim copies its address as well as leading there.

   Without this script, or where the browser keeps the clipboard to itself, it stays a plain link. */

const said = document.querySelector(".copied");
const LONG = 6000;
let timer = 0;

/* Put text into the clipboard and say so in words that name it; false where the browser does not let us. */
export async function copy(text, words) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return false;
  }
  said.textContent = words;
  clearTimeout(timer);
  timer = setTimeout(() => {
    said.textContent = "";
  }, LONG);
  return true;
}

export const canCopy = Boolean(said && navigator.clipboard);

if (canCopy) {
  for (const anchor of document.querySelectorAll("a.anchor")) {
    anchor.title = said.dataset.copy;
    anchor.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      copy(anchor.href, said.dataset.copied.replace("{address}", anchor.href));
    });
  }
  for (const sentence of document.querySelectorAll(".press-kit .copyable")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = said.dataset.copyText;
    const what = sentence.textContent.trim();
    button.setAttribute("aria-label", `${said.dataset.copyText}: ${what}`);
    button.addEventListener("click", () => copy(what, said.dataset.copiedText.replace("{what}", what)));
    sentence.after(button);
  }
}
