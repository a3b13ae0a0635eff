/* An embed in a frame of another site: in the colours that its address asks for, and as high as it is.

   It runs before anything is shown, so that no colour flashes. It reads nothing of the page around it and
   tells it nothing but a height. */

{
  const MESSAGE = "city-commitments-atlas:height";
  const theme = new URLSearchParams(location.search).get("theme");
  const media = { dark: "all", light: "not all" }[theme];
  if (media && ["dark", "light"].includes(theme)) document.querySelector("link[data-dark]").media = media;

  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    // Bars that take room ask for each other: each is there because of the other.
    document.documentElement.classList.toggle("fits", innerHeight >= height);
    if (height === told) return;
    told = height;
    parent.postMessage({ type: MESSAGE, height }, "*");
  };
  if (parent !== window) {
    addEventListener("load", () => {
      tell();
      new ResizeObserver(tell).observe(document.body);
      addEventListener("resize", tell);
    });
  }
}
