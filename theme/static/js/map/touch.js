/* A finger or a wheel that crosses the map scrolls the page: two fingers, or a map in use, move the map. */

export function restrain(map, hint) {
  const box = map.getContainer();
  map.scrollWheelZoom.disable();
  map.on("click focus", () => map.scrollWheelZoom.enable());
  box.addEventListener("mouseleave", () => map.scrollWheelZoom.disable());

  let timer = 0;
  box.addEventListener(
    "pointerdown",
    ({ pointerType }) => {
      // A mouse drags; a finger only together with another, which Leaflet follows as a pinch.
      if (pointerType === "touch") map.dragging.disable();
      else map.dragging.enable();
    },
    { capture: true },
  );
  box.addEventListener(
    "touchmove",
    ({ touches }) => {
      if (touches.length > 1) return;
      hint.hidden = false;
      clearTimeout(timer);
      timer = setTimeout(() => {
        hint.hidden = true;
      }, 1200);
    },
    { passive: true },
  );
  if (matchMedia("(pointer: coarse)").matches) map.dragging.disable();
}
