/* Shows what comes of the form, and hands it on: to an issue, the clipboard or an e-mail. It sends nothing. */

import { body } from "./result.js";
import { address } from "./row.js";

const section = document.querySelector(".outcome");
const make = (name, text) => Object.assign(document.createElement(name), { dir: "auto", textContent: text });

export class Outcome {
  /** ``issue`` and ``email`` are where the site takes suggestions, or empty. */
  constructor(words, said, { issue, email }) {
    Object.assign(this, { words, said, issue, email });
    this.copied = section.querySelector('[data-said="copy"]');
    section.querySelector("[data-copy]").addEventListener("click", () => this.copy());
  }

  hide() {
    section.hidden = true;
  }

  show(result) {
    this.result = result;
    this.text = body(result, this);
    const { remarks, rows, title } = result;
    section.querySelector(".remarks").replaceChildren(...remarks.map((text) => make("li", text)));
    const shown = rows.length ? rows : [{ says: title, text: this.text }];
    section.querySelector(".rows-out").replaceChildren(
      ...shown.map(({ says, text }) => {
        const figure = document.getElementById("t-row").content.firstElementChild.cloneNode(true);
        figure.querySelector("figcaption").textContent = says;
        figure.querySelector("pre").setAttribute("aria-label", says);
        figure.querySelector("code").textContent = text;
        return figure;
      }),
    );
    this.way("issue", this.issue, this.issue);
    this.way("email", this.email, `mailto:${this.email}?subject={title}&body={body}`);
    this.copied.textContent = "";
    section.hidden = false;
    section.querySelector("h2").focus();
  }

  /** Offer one way, where the site has it; what is too long for an address has to be pasted. */
  way(name, offered, template) {
    const item = section.querySelector(`[data-way="${name}"]`);
    item.hidden = !offered;
    if (!offered) return;
    const { title, values } = this.result;
    const whole = address(template, { ...values, title, body: this.text });
    const fits = whole.length <= this.said.limits.address;
    const long = this.words.say("long");
    const link = item.querySelector("a");
    link.rel = "external noopener noreferrer nofollow";
    link.href = fits ? whole : address(template, { title, body: long, row: long }).replace(/\{\w+\}/g, "");
  }

  async copy() {
    this.copied.textContent = "";
    try {
      await navigator.clipboard.writeText(`${this.result.title}\n\n${this.text}\n`);
      this.copied.textContent = this.words.say("copied");
    } catch {
      this.copied.textContent = this.words.say("not_copied");
    }
  }
}
