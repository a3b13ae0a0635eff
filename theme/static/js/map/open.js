/* Opens the interactive map: at once on the page of the map, elsewhere when it is asked for.
   Until then this is all that a page loads, and without it the drawn map stays as it is. */

for (const host of document.querySelectorAll("[data-map]")) {
  if ("mapNow" in host.dataset) {
    open(host);
    continue;
  }
  const button = host.querySelector("[data-map-open]");
  button.hidden = false;
  button.addEventListener("click", () => open(host, button));
}

async function open(host, button) {
  if (button) button.disabled = true;
  host.setAttribute("aria-busy", "true");
  try {
    const { start } = await import("./map.js");
    await start(host);
    if (button) button.hidden = true;
  } catch (fault) {
    const failed = host.querySelector("[data-map-failed]");
    if (failed) failed.hidden = false;
    if (button) button.disabled = false;
    console.warn(fault);
  } finally {
    host.removeAttribute("aria-busy");
  }
}
