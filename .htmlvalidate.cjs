// What tests/test_site.py asks of the HTML of every page.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The policy of the site forbids them; the browser would drop them.
    "no-inline-style": "error",
    "no-unknown-elements": "error",

    // Titles of documents are as long as their authors made them.
    "long-title": "off",
    // Roles that style sheets take away from tables and lists are written out.
    "no-redundant-role": "off",
    // A list may have a name: what it lists is not always said beside it.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // A list of suggestions follows what is typed, which <select> cannot do.
    "prefer-native-element": ["error", { exclude: ["listbox", "region"] }],
    // A form that answers every change at once has nothing left to submit.
    "wcag/h32": "off",
    // All files come from the site itself.
    "require-sri": "off",
    // How the source is laid out is the templates' business.
    "no-trailing-whitespace": "off",
    "void-style": "off",
    // Only Internet Explorer put every drawing into the order of the tabulator key.
    "svg-focusable": "off",
    // The anchor of a claim is the id of its network, which may begin with a number, as HTML allows.
    "valid-id": ["error", { relaxed: true }],
    // Numbers in prose are not telephone numbers.
    "tel-non-breaking": "off"
  }
};
