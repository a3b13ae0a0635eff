/* The signs on the map: a shape for a topic, a size for a number, an outline for a doubt. */

const SVG = "http://www.w3.org/2000/svg";

/** What stands for several topics at once. */
const SEVERAL = "M1 1h14v14H1z";

export function glyph(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-2 -2 20 20");
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path ?? SEVERAL);
  drawn.setAttribute("fill-rule", "evenodd");
  svg.append(drawn);
  return svg;
}

/** Make the kinds of Leaflet icon that the map shows; called when Leaflet is there. */
export function signs(L, data, words) {
  // What a sign looks like and says is worked out only when it comes into sight: most are in clusters.
  const Sign = L.DivIcon.extend({
    createIcon(old) {
      const { name, html } = this.options;
      this.options.html = html();
      const element = L.DivIcon.prototype.createIcon.call(this, old);
      this.options.html = html;
      element.tabIndex = -1;
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", name());
      element.title = name();
      return element;
    },
  });

  return {
    /** What a place looks like; where it stays the same, nothing need be drawn again. */
    look: (found) => `pin t-${found.topic ?? "several"} s${found.size} ${found.sign}`,

    place(place, found, className) {
      const topic = () => (found.topic ? words.said.topics[found.topic] : words.say("several"));
      const said = () =>
        words.say("mark", {
          name: place.shown,
          country: words.said.countries[place.country],
          commitments: words.count("commitments", found.held.length),
        });
      // What shape and colour say stands in words as well.
      const name = () => (found.held.length ? `${said()} (${topic()})` : said());
      const html = () => glyph(words.said.shapes[data.topics.get(found.topic)?.shape]);
      return new Sign({ className, name, html, iconSize: [24, 24] });
    },

    cluster(group) {
      const number = group.getChildCount();
      const topics = new Set(group.getAllChildMarkers().map(({ topic }) => topic));
      const shared = topics.size === 1 ? [...topics][0] : null;
      const wide = number < 10 ? 24 : number < 100 ? 28 : number < 1000 ? 40 : 52;
      return new Sign({
        className: shared ? `pin gathered t-${shared}` : "pin gathered",
        name: () => words.count("together", number),
        html() {
          const held = document.createElement("span");
          held.textContent = words.number(number);
          return held;
        },
        iconSize: [wide, wide],
      });
    },
  };
}
