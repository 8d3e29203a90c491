// @ts-check
// What stands around the map and is no part of it: the sheet of filters, the day, full screen, pictures.

/** Phones: filters open as a sheet. */
export function sheet(side) {
  const button = () => document.getElementById("open-filters");
  const set = (open) => {
    side.toggleAttribute("data-open", open);
    button().setAttribute("aria-expanded", String(open));
    if (open) side.querySelector("input, select, a, button")?.focus();
    else button().focus();
  };
  document.getElementById("stage").addEventListener("click", (event) => { if (event.target.closest("#open-filters")) set(true); });
  side.addEventListener("click", (event) => { if (event.target.closest("[data-close-sheet]")) set(false); });
  side.addEventListener("keydown", (event) => { if (event.key === "Escape" && side.hasAttribute("data-open")) set(false); });
}

/** The day as a slider: it tells the day while it moves and goes there once it is let go. */
export function time(stage) {
  const parts = (slider) => [slider.dataset.days.split(" ")[Number(slider.value)], slider.dataset.words.split("|")[Number(slider.value)]];
  stage.addEventListener("input", ({ target: slider }) => {
    if (slider.id !== "time") return;
    const [day, words] = parts(slider);
    slider.form.elements.as_of.value = day;
    slider.form.querySelector("output").textContent = words;
    slider.setAttribute("aria-valuetext", words);
  });
  // By keyboard every press is a change: the page waits until the hand rests.
  let rest = 0;
  stage.addEventListener("change", ({ target: slider }) => {
    if (slider.id !== "time") return;
    clearTimeout(rest);
    rest = setTimeout(() => slider.form.requestSubmit(), 700);
  });
}

export function wholeScreen() {
  const button = document.getElementById("whole-screen");
  if (!button || !document.fullscreenEnabled) { button?.remove(); return; }
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.getElementById("content").requestFullscreen();
  });
}

/** The picture of what is shown: the server draws it from this page's own address. */
function pictureAddress() {
  const there = new URL(location.href);
  there.pathname += ".svg";
  there.searchParams.set("download", "1");
  return there;
}

/**
 * On paper comes the same picture, of what is shown then: whoever prints waits for it, since no
 * printer would. Parsed by the browser as what it is, as other parts of pages are.
 */
function printing() {
  const paper = document.getElementById("paper");
  if (!paper) return;
  addEventListener("beforeprint", () => {
    const request = new XMLHttpRequest();
    request.open("GET", pictureAddress(), false);
    request.send();
    const drawn = request.responseXML?.documentElement;
    if (drawn) paper.replaceChildren(document.adoptNode(drawn));
  });
  addEventListener("afterprint", () => paper.replaceChildren());
}

export function pictures(stage) {
  printing();
  stage.addEventListener("click", async (event) => {
    const svg = event.target.closest("#as-svg");
    if (svg) svg.href = pictureAddress().href;
    const png = event.target.closest("#as-png");
    if (!png) return;
    const image = new Image();
    image.src = pictureAddress().href;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const link = document.createElement("a");
    link.download = png.dataset.name;
    link.href = canvas.toDataURL("image/png");
    link.click();
  });
}
