/* The years: a slider under bars of what began in each, steps to either side, a button that plays them, and
   one that leads back to today. */

import { element } from "./sheet.js";

const PACE = 900;

export class Slider {
  constructor(form, words, { first, last }, change) {
    const part = (name) => form.querySelector(`[data-${name}]`);
    Object.assign(this, { words, first, last, change, timer: 0 });
    this.year = part("year");
    this.output = part("year-shown");
    for (const name of ["player", "today", "chart", "peak", "ticks", "dated"]) this[name] = part(name);
    this.year.addEventListener("input", () => {
      this.pause();
      change(Number(this.year.value));
    });
    this.player.addEventListener("click", () => (this.timer ? this.pause() : this.play()));
    this.today.addEventListener("click", () => {
      this.pause();
      change(null);
    });
    for (const button of form.querySelectorAll("[data-step]"))
      button.addEventListener("click", () => {
        this.pause();
        const next = (this.now ?? this.last) + Number(button.dataset.step);
        if (next <= this.last) change(Math.max(this.first, next));
      });
    // Nobody watches a page in the background.
    document.addEventListener("visibilitychange", () => document.hidden && this.pause());
    for (let year = Math.ceil(first / 10) * 10; year < last - 2; year += 10) this.tick(year);
  }

  at(year) {
    return (100 * (year - this.first)) / Math.max(1, this.last - this.first);
  }

  tick(year) {
    const mark = document.createElement("span");
    mark.textContent = year;
    mark.style.insetInlineStart = `${this.at(year)}%`;
    this.ticks.append(mark);
  }

  set(year) {
    this.now = year;
    this.year.value = year ?? this.last;
    const said = year === null ? this.today.textContent.trim() : String(year);
    this.output.textContent = said;
    this.year.setAttribute("aria-valuetext", said);
    // It keeps the focus of the hand that pressed it.
    this.today.setAttribute("aria-disabled", String(year === null));
  }

  /** Draw what began in each year; ``years`` holds numbers by year, and under null those without one. */
  bars(years) {
    const known = [...years].filter(([year]) => year !== null);
    const [peak, most] = known.reduce((best, one) => (one[1] > best[1] ? one : best), [null, 0]);
    const wide = Math.min(2.6, 70 / Math.max(1, this.last - this.first));
    this.chart.replaceChildren();
    for (const [year, number] of known) {
      const high = (100 * number) / most;
      const kind = this.now !== null && year > this.now ? "later" : "";
      const [x, y, width, height] = [this.at(year) - wide / 2, 100 - high, wide, high].map((part) => `${part}%`);
      element("rect", { x, y, width, height, class: kind }, this.chart);
    }
    this.peak.textContent = most > 1 ? this.words.say("peak", { number: this.words.number(most), year: peak }) : "";
    if (peak) this.peak.style.insetInlineStart = `${Math.min(94, Math.max(4, this.at(peak)))}%`;
    const dated = known.reduce((sum, [, number]) => sum + number, 0);
    const all = dated + (years.get(null) ?? 0);
    this.dated.textContent = this.words.say("bars", { dated: this.words.number(dated), all: this.words.number(all) });
  }

  play() {
    this.label("pause", true);
    const step = () => {
      const next = this.now === null || this.now >= this.last ? this.first : this.now + 1;
      this.change(next);
      if (next >= this.last) this.pause();
    };
    this.timer = setInterval(step, PACE);
    step();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = 0;
    this.label("play", false);
  }

  label(key, playing) {
    this.player.querySelector("[data-label]").textContent = this.words.say(key);
    this.player.classList.toggle("playing", playing);
  }
}
