/* Opens the interactive map. Until it stands, and without this script, the drawn map stays as it is. */

const host = document.querySelector("[data-map]");
host.setAttribute("aria-busy", "true");
try {
  const { start } = await import("./map.js");
  await start(host);
} catch (fault) {
  host.querySelector("[data-map-failed]").hidden = false;
  console.warn(fault);
} finally {
  host.removeAttribute("aria-busy");
}
