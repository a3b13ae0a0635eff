/* The years: a slider, a button that plays them, and one that leads back to today. */

const PACE = 900;

export class Slider {
  constructor(form, words, { first, last }, change) {
    this.range = form.querySelector("[data-year]");
    this.output = form.querySelector("[data-year-shown]");
    this.player = form.querySelector("[data-play]");
    this.today = form.querySelector("[data-today]");
    Object.assign(this, { words, first, last, change, timer: 0 });
    this.range.addEventListener("input", () => {
      this.pause();
      change(Number(this.range.value));
    });
    this.player.addEventListener("click", () => (this.timer ? this.pause() : this.play()));
    this.today.addEventListener("click", () => {
      this.pause();
      change(null);
    });
    // Nobody watches a page in the background.
    document.addEventListener("visibilitychange", () => document.hidden && this.pause());
  }

  set(year) {
    this.year = year;
    this.range.value = year ?? this.last;
    const said = year === null ? this.today.textContent.trim() : String(year);
    this.output.textContent = said;
    this.range.setAttribute("aria-valuetext", said);
    // It keeps the focus of the hand that pressed it.
    this.today.setAttribute("aria-disabled", String(year === null));
  }

  play() {
    this.label("pause", true);
    const step = () => {
      const next = this.year === null || this.year >= this.last ? this.first : this.year + 1;
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
