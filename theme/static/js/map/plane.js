/* From degrees to kilometres on a plane, equal-area: the projections of the drawn sheets
   (drawings/maps/projection.py has the sources), and which of them suits what is looked at. */

const RADIUS = 6371.007;
const RAD = Math.PI / 180;
/** Pixels for a kilometre at zoom 0; so a number of zoom shows about what it shows on other web maps of Europe. */
const SCALE = 0.0103;
const EUROPE = [12, 52];
/** Kilometres from the middle of a view to its corner beyond which it is a view of the world. */
const WORLD = 8000;
/** Places within 3300 kilometres of one lie together: the cosine of that angle. */
const TOGETHER = Math.cos(3300 / RADIUS);
const NEAREST = 9;
/** Steps of zoom that a frame is fitted to. */
const SNAP = 0.25;

/** Lambert azimuthal equal-area; `far` is where it is cut, because land opposite the centre turns inside out. */
function laea(lon0, lat0) {
  const [sin0, cos0] = [Math.sin(lat0 * RAD), Math.cos(lat0 * RAD)];
  return {
    lon0,
    far: 9000,
    forward(lon, lat) {
      const [sin, cos, east] = [Math.sin(lat * RAD), Math.cos(lat * RAD), (lon - lon0) * RAD];
      const k = RADIUS * Math.sqrt(2 / Math.max(1 + sin0 * sin + cos0 * cos * Math.cos(east), 1e-9));
      return [k * cos * Math.sin(east), k * (cos0 * sin - sin0 * cos * Math.cos(east))];
    },
    inverse(x, y) {
      const rho = Math.hypot(x, y);
      if (rho < 1e-9) return [lon0, lat0];
      const c = 2 * Math.asin(Math.min(1, rho / (2 * RADIUS)));
      const [sin, cos] = [Math.sin(c), Math.cos(c)];
      const lat = Math.asin(Math.max(-1, Math.min(1, cos * sin0 + (y * sin * cos0) / rho)));
      return [lon0 + Math.atan2(x * sin, rho * cos0 * cos - y * sin0 * sin) / RAD, lat / RAD];
    },
  };
}

const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];

/** Equal Earth; its edge lies opposite the central meridian. */
function equalEarth(lon0) {
  const height = (t) => t * (A1 + A2 * t * t + t ** 6 * (A3 + A4 * t * t));
  const slope = (t) => A1 + 3 * A2 * t * t + t ** 6 * (7 * A3 + 9 * A4 * t * t);
  const root = Math.sqrt(3) / 2;
  return {
    lon0,
    far: Number.POSITIVE_INFINITY,
    forward(lon, lat) {
      const t = Math.asin(root * Math.sin(lat * RAD));
      return [(RADIUS * (lon - lon0) * RAD * Math.cos(t)) / (root * slope(t)), RADIUS * height(t)];
    },
    inverse(x, y) {
      const high = Math.max(-1.3173, Math.min(1.3173, y / RADIUS));
      let t = high / A1;
      for (let n = 0; n < 8; n += 1) t -= (height(t) - high) / slope(t);
      const lat = Math.asin(Math.max(-1, Math.min(1, Math.sin(t) / root))) / RAD;
      return [lon0 + (x * root * slope(t)) / (RADIUS * Math.cos(t) * RAD), lat];
    },
  };
}

/** Round 11° E the edge runs through Bering Strait: it parts no land, and keeps the Pacific islands together. */
const WHOLE = equalEarth(11);
const known = new Map();
const centred = (lon, lat) => {
  const key = `${lon}/${lat}`;
  if (!known.has(key)) known.set(key, laea(lon, lat));
  return known.get(key);
};

/** A longitude as far east or west of the central meridian as is nearest. */
export const near = (plane, lon) => lon - 360 * Math.round((lon - plane.lon0) / 360);

const point = (plane, [lon, lat]) => plane.forward(near(plane, lon), lat);

function apart([lon, lat], [lon2, lat2]) {
  const chord = Math.hypot(...point(centred(lon, lat), [lon2, lat2]));
  return 2 * RADIUS * Math.asin(Math.min(1, chord / (2 * RADIUS)));
}

/** Whether a view shows Europe above all, where the first land that is fetched is exact. */
export const mostlyEurope = (lon, lat, radius) => apart(EUROPE, [lon, lat]) + radius / 2 < 5000;

/** The projection of a view, by its middle and the kilometres from there to its corner. */
export function planeOf(lon, lat, radius) {
  if (radius > WORLD) return WHOLE;
  if (apart(EUROPE, [lon, lat]) < 3000) return centred(...EUROPE);
  return centred(
    ((Math.round(lon / 30) * 30 + 540) % 360) - 180,
    Math.max(-60, Math.min(80, Math.round(lat / 20) * 20)),
  );
}

/** What Leaflet calls a coordinate reference system. */
export const crs = (L, plane) => ({
  ...L.CRS.Simple,
  plane,
  projection: {
    project: ({ lat, lng }) => L.point(point(plane, [lng, lat])),
    unproject({ x, y }) {
      const [lng, lat] = plane.inverse(x, y);
      return L.latLng(lat, ((((lng + 180) % 360) + 360) % 360) - 180);
    },
  },
  transformation: new L.Transformation(1, 0, -1, 0),
  scale: (zoom) => SCALE * 2 ** zoom,
  zoom: (scale) => Math.log2(scale / SCALE),
});

export const radius = (zoom, [wide, high]) => Math.hypot(wide, high) / 2 / (SCALE * 2 ** zoom);

/** The unit vector of a place: angles between vectors are compared without working them out. */
const direction = ([lon, lat]) => {
  const cos = Math.cos(lat * RAD);
  return [cos * Math.cos(lon * RAD), cos * Math.sin(lon * RAD), Math.sin(lat * RAD)];
};

/** Where most places lie, if most lie on one continent; all of them otherwise. */
function together(places) {
  const all = places.map((place) => ({ place, at: direction(place) }));
  const asked = all.filter((_, at) => at % Math.ceil(all.length / 200) === 0);
  let best = [];
  for (const { at } of asked) {
    const round = all.filter((one) => at[0] * one.at[0] + at[1] * one.at[1] + at[2] * one.at[2] > TOGETHER);
    if (round.length > best.length) best = round;
  }
  return best.length > 0.6 * places.length ? best.map(({ place }) => place) : places;
}

/**
 * The view that shows places, given as [longitude, latitude], in a box of so many pixels, of which
 * `room` is covered at the left. The few that lie farthest out would make all others small.
 */
export function frame(all, [wide, high], room = 0) {
  const places = together(all);
  const spare = Math.floor(places.length / 32);
  const sum = (of) => places.reduce((total, place) => total + of(place), 0);
  let lon =
    Math.atan2(
      sum(([lon, lat]) => Math.sin(lon * RAD) * Math.cos(lat * RAD)),
      sum(([lon, lat]) => Math.cos(lon * RAD) * Math.cos(lat * RAD)),
    ) / RAD;
  let lat = sum(([, lat]) => lat) / places.length;
  let plane = places.some((place) => apart([lon, lat], place) > WORLD)
    ? WHOLE
    : centred(Math.round(lon), Math.round(lat));
  let zoom = 0;
  for (let round = 0; round < 3; round += 1) {
    const at = places.map((place) => point(plane, place));
    const [[west, east], [south, north]] = [0, 1].map((axis) => {
      const sorted = at.map((one) => one[axis]).sort((one, other) => one - other);
      return [sorted[spare], sorted.at(-1 - spare)];
    });
    const margin = Math.min(56, wide / 8);
    const km = Math.max((east - west) / (wide - room - 2 * margin), (north - south) / (high - 2 * margin), 0.35);
    zoom = Math.min(NEAREST, Math.max(0, Math.floor(Math.log2(1 / km / SCALE) / SNAP) * SNAP));
    const shift = room / 2 / (SCALE * 2 ** zoom);
    [lon, lat] = plane.inverse((west + east) / 2 - shift, (south + north) / 2);
    plane = planeOf(lon, lat, radius(zoom, [wide, high]));
  }
  return { lon, lat, zoom };
}
