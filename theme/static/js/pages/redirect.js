/* Takes the anchor of a claim along to where the page is now; a plain refresh would lose it. */

(() => {
  const { to } = document.currentScript.dataset;
  location.replace(new URL(to, location.href).href + location.hash);
})();
