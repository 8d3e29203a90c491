// The state of the map is its address; every step is one back, without loading anything anew.

const stage = document.getElementById("stage");

/** What the scripts read of an address; whatever else differs, the server has to draw. */
const OURS = ["select", "path", "through", "steps", "only", "pins", "hide", "hide_ties", "hide_values", "gaps", "mark", "came"];

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
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "" || value === false) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
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

/** What the server draws of an address. */
function servedBy(there) {
  return [...there.searchParams].filter(([name]) => !OURS.includes(name)).map(String).sort().join("&");
}

/** Links and forms of the page lead on with the state that stands now. */
export function carryOn() {
  for (const link of document.querySelectorAll("a[data-keeps]")) {
    const there = new URL(link.href);
    for (const name of OURS) {
      const value = address.searchParams.get(name);
      if (value === null) there.searchParams.delete(name);
      else there.searchParams.set(name, value);
    }
    link.href = there;
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

/** The view of this page, and the named words, in the address of another. */
export function carry(there, names) {
  for (const name of ["scope", "as_of", "reading", "undated", "people", ...names]) {
    const value = address.searchParams.get(name);
    if (value !== null) there.searchParams.set(name, value);
  }
  return there;
}

export const chosenIds = () => {
  const said = address.searchParams.get("select") ?? "";
  // The id of a tie may hold a comma in its key.
  return said.split(said.includes("|") ? /,(?=\s*(?:[a-z]+:[^\s,|]+(?:,|$)|[A-Z_]+\|))/ : ",").filter(Boolean);
};
