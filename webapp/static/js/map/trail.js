// @ts-check
// The state of the map is its address; every step is one back, without loading anything anew.

import { carried, ids, keepOurs, OURS, servedBy, write } from "./state.js";

const stage = document.getElementById("stage");
// As the server read it: with ids for names, and without what is recorded no longer.
export const address = new URL(stage.dataset.here, location.href);
address.hash = location.hash;
const chosenPart = new URL(location.href).searchParams.get("show");
if (chosenPart) address.searchParams.set("show", chosenPart);

const trail = { at: history.state?.at ?? 0, last: history.state?.at ?? 0, camera: () => undefined };

/** From now on every entry keeps where the camera was. */
export function keepCamera(scene) {
  trail.camera = () => scene.camera;
  let rest = 0;
  const keep = () => { clearTimeout(rest); rest = setTimeout(note, 150); };
  for (const moved of ["zoom", "dragEnd", "animationFinished"]) scene.network.on(moved, keep);
  scene.holder.addEventListener("moved", keep);
  addEventListener("pagehide", note);
}

function note() {
  history.replaceState({ at: trail.at, camera: trail.camera() }, "", location.href);
}

/** Change words of the address: one step back for the reader, unless ``quietly``. */
export function remember(changes, { quietly = false } = {}) {
  const before = address.href;
  write(address, changes);
  if (quietly || address.href === before) history.replaceState({ at: trail.at, camera: trail.camera() }, "", address);
  else {
    note();
    trail.at += 1;
    trail.last = trail.at;
    history.pushState({ at: trail.at, camera: trail.camera() }, "", address);
  }
  carryOn();
}

/** One step of the view back (-1) or forth (1), never to another page. */
export function step(way) {
  if (way < 0 ? trail.at > 0 : trail.at < trail.last) history.go(way);
}

/** Call ``arrive`` with the camera that was, and whether the server has to draw, after back and forth. */
export function onReturn(arrive) {
  addEventListener("popstate", ({ state }) => {
    const there = new URL(location.href);
    const redraw = servedBy(there) !== servedBy(address);
    address.search = there.search;
    trail.at = state?.at ?? 0;
    carryOn();
    arrive(state?.camera, redraw);
  });
}

/** Links and forms of the page lead on with the state that stands now. */
export function carryOn() {
  for (const link of document.querySelectorAll("a[data-keeps]")) {
    const there = new URL(link.href);
    keepOurs(address, there);
    link.href = there.href;
  }
  for (const link of document.querySelectorAll("a[hreflang]")) link.search = address.search;
  for (const form of document.querySelectorAll("form[data-keeps]")) {
    for (const name of OURS) carryField(form, name, address.searchParams.get(name));
  }
}

function carryField(form, name, value) {
  let field = form.querySelector(`input[type=hidden][name=${name}]`);
  if (value === null) { field?.remove(); return; }
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name });
    form.append(field);
  }
  field.value = value;
}

/**
 * The view of this page, and the named words, in the address of another.
 * @param {URL} there
 * @param {string[]} names
 */
export const carry = (there, names) => carried(address, there, names);

export const chosenIds = () => ids(address.searchParams.get("select") ?? "");
