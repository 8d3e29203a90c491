// @ts-check
// The map page: what the address says is shown, what the reader does is in the address.

import { keySwitch } from "./app.js";
import { cards } from "./map/card.js";
import { chips } from "./map/chips.js";
import { filters, readFilters, showAll } from "./map/filters.js";
import { pictures, sheet, time, wholeScreen } from "./map/furnishing.js";
import { gaps, readGaps } from "./map/gaps.js";
import { hands, pinsSaid, tellPins } from "./map/hands.js";
import { cameIn, close, inspect, inspecting, inspector, openGap, several, way } from "./map/inspector.js";
import { menu } from "./map/menu.js";
import { Scene } from "./map/scene.js";
import { drawnAnew } from "./map/served.js";
import { address, carryOn, chosenIds, keepCamera, onReturn, remember } from "./map/trail.js";

const stage = document.getElementById("stage");
const side = document.getElementById("side");
const picture = document.getElementById("picture");
const came = document.getElementById("came");
const cameHere = inspector.querySelector(".came");

let following = 0;

/** Show what the address says beside the picture: what is in focus, or the gap that is open. */
async function follow(scene, camera) {
  following += 1;
  const turn = following;
  scene.still = Boolean(camera);
  const opened = readGaps(scene);
  scene.pinOnly(pinsSaid(scene));
  tellPins();
  const [selected, ends] = [chosenIds(), address.searchParams.get("path")];
  if (ends) await way(scene, ends.split(","), { quietly: true });
  else if (selected.length > 1) await several(scene, selected, { quietly: true });
  else if (selected.length) await inspect(scene, selected[0], { quietly: true });
  else if (opened) await openGap(scene, opened, { quietly: true });
  else if (came && address.searchParams.has("came")) cameIn(scene, cameHere, JSON.parse(came.textContent));
  else if (!inspector.hidden || scene.selected) close(scene, { quietly: true });
  if (turn !== following) return;
  scene.still = false;
  if (camera) scene.move(camera, false);
  // The entry keeps this camera, not the one that it found.
  remember({}, { quietly: true });
}

/** Go to an address of which the server draws another picture; the camera stays. */
async function redraw(scene, chipsAnew, camera) {
  const made = await drawnAnew(address);
  if (!made) { location.assign(address); return; }
  keySwitch();
  scene.replace(made);
  readFilters(scene);
  chipsAnew();
  carryOn();
  await follow(scene, camera ?? scene.camera);
}

/** Colour, size, islands and day are asked of the server without leaving the page. */
function served(go) {
  side.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-now]")) return;
    event.preventDefault();
    go(Object.fromEntries(new FormData(/** @type {any} */ (event.target))));
  });
  stage.addEventListener("submit", (event) => {
    if (!event.target.matches("form.time")) return;
    event.preventDefault();
    go({ as_of: event.target.elements.as_of.value });
  });
  side.addEventListener("click", (event) => {
    const link = event.target.closest(".outside a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ open: new URL(link.href).searchParams.get("open") });
  });
}

function map() {
  const scene = new Scene(document.getElementById("canvas"), JSON.parse(picture.textContent));
  scene.cover = inspector;
  new ResizeObserver(() => scene.redraw()).observe(inspector);
  const camera = history.state?.camera;
  filters(scene);
  const go = (changes) => { remember(changes); redraw(scene, chipsAnew); };
  const open = (territory) => {
    const opened = (address.searchParams.get("open") ?? "").split(",").filter(Boolean);
    if (!opened.includes(territory)) go({ open: [...opened, territory].join(",") });
  };
  const chipsAnew = chips(scene, open);
  scene.fit(false);
  // While something is selected the legend says what the strengths mean.
  scene.holder.addEventListener("changed", () => { document.getElementById("strengths").hidden = !scene.selected; });
  served(go);
  inspecting(scene);
  gaps(scene);
  const hideCard = cards(scene);
  /** @type {{ ways: (id: string) => void }} */
  const hand = { ways: () => undefined };
  const menuOf = menu(scene, (id) => hand.ways(id));
  Object.assign(hand, hands(scene, { open, menuOf: (id) => { hideCard(); menuOf(id); } }));
  stage.addEventListener("click", ({ target }) => {
    const button = target.closest("#several");
    button?.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  });
  addEventListener("entitychosen", (event) => {
    const { id } = event.detail;
    event.preventDefault();
    if (!scene.nodes.has(id)) { go({ select: id }); return; }
    if (!scene.shown(id)) showAll(scene, [id]);
    scene.reveal(id);
    scene.holder.focus();
    inspect(scene, id);
  });
  onReturn((was, anew) => {
    const unknown = chosenIds().some((id) => !scene.nodes.has(id) && !scene.edges.has(id));
    const gap = address.searchParams.get("mark");
    if (anew || unknown || (gap && !scene.picture.marks.some((mark) => mark.id === gap))) redraw(scene, chipsAnew, was);
    else { readFilters(scene); follow(scene, was); }
  });
  follow(scene, camera).then(() => keepCamera(scene));
  window.scene = scene;
  performance.mark("map-drawn");
}

function begin() {
  sheet(side);
  time(stage);
  wholeScreen();
  pictures(stage);
  side.addEventListener("change", ({ target }) => { target.form?.matches("form[data-now]") && target.form.requestSubmit(); });
  for (const button of side.querySelectorAll("form[data-now] button")) button.hidden = true;
  carryOn();
  if (!picture) {
    filters(null);
    gaps(null);
    readGaps(null);
  } else if (innerWidth <= 640 && !address.searchParams.has("show") && !address.searchParams.has("select") && !came) {
    location.replace(stage.dataset.table);
  } else map();
}

begin();
