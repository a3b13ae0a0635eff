/* Puts the places that are shown on the map, and keeps those that stay. */

export class Marks {
  constructor(L, group, signs) {
    this.L = L;
    this.group = group;
    this.signs = signs;
    this.of = new Map(); // place -> { mark, look }
    this.now = new Set();
    group.options.iconCreateFunction = (cluster) => signs.cluster(cluster);
  }

  /** Show exactly these places. */
  show(places) {
    const next = new Set();
    let changed = false;
    for (const [place, found] of places) {
      if (place.lat === null || place.lon === null) continue;
      next.add(place);
      const look = this.signs.look(found);
      const held = found.held.length;
      const known = this.of.get(place);
      if (known && known.look === look && known.held === held) continue;
      const icon = this.signs.place(place, found, look);
      const mark = known?.mark ?? this.L.marker([place.lat, place.lon], { keyboard: false, riseOnHover: true });
      mark.setIcon(icon);
      mark.place = place;
      mark.topic = found.topic;
      this.of.set(place, { mark, look, held });
      changed ||= this.now.has(place);
    }
    const gone = [...this.now].filter((place) => !next.has(place));
    const come = [...next].filter((place) => !this.now.has(place));
    const marks = (list) => list.map((place) => this.of.get(place).mark);
    // Taking many out of their clusters one by one takes longer than building the clusters anew.
    if (gone.length > next.size / 8) {
      this.group.clearLayers();
      this.group.addLayers(marks([...next]));
    } else {
      if (gone.length) this.group.removeLayers(marks(gone));
      if (come.length) this.group.addLayers(marks(come));
      if (changed && this.now.size) this.group.refreshClusters();
    }
    this.now = next;
  }

  element(place) {
    return this.of.get(place)?.mark.getElement();
  }

  /** Bring a place into sight, out of its cluster, then call back. */
  reveal(place, then) {
    const mark = this.of.get(place)?.mark;
    if (mark && this.now.has(place)) this.group.zoomToShowLayer(mark, then);
  }
}
