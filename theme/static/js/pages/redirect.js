/* Takes the anchor of a claim along to where the page is now; a plain refresh would lose it. */

(() => {
  const to = new URL(document.currentScript.dataset.to, location.href);
  to.hash ||= location.hash;
  location.replace(to.href);
})();
