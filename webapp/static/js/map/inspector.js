// @ts-check
// The panel beside the map: one thing, several, the ways between two, or a gap.

import { announce, fill, texts } from "../page.js";
import { showAll } from "./filters.js";
import { panel as panelAt } from "./served.js";
import { address, carry, chosenIds, remember } from "./trail.js";

export const inspector = document.getElementById("inspector");
const MOST_BESIDE = 12;
const MOST_CHOSEN = 300;
const NOTHING = { select: null, steps: null, path: null, through: null, mark: null, only: null, came: null };
let asked = 0;

/** Fetch a panel into the inspector; null where a later one overtook it. */
async function show(there) {
  asked += 1;
  const turn = asked;
  there.searchParams.set("part", "panel");
  const panel = await panelAt(there);
  return turn === asked ? put(panel) : null;
}

function put(panel) {
  asked += 1;
  inspector.replaceChildren(panel);
  inspector.hidden = false;
  inspector.scrollTop = 0;
  return panel;
}

const made = (tag, words, ...children) => {
  const one = Object.assign(document.createElement(tag), words);
  one.append(...children);
  return one;
};

/** More than can stand side by side: their names, each of which can be taken out. */
function crowd(scene, ids) {
  const close_ = made("button", { type: "button", className: "button icon", textContent: "×", title: texts.close });
  close_.dataset.close = "";
  close_.setAttribute("aria-label", texts.close);
  const nameOf = (id) => {
    const tie = scene.edges.get(id);
    return tie ? `${scene.nodes.get(tie.from).label} – ${scene.nodes.get(tie.to).label}` : scene.nodes.get(id)?.label ?? id;
  };
  const line = (id) => {
    const [out, name] = [made("button", { type: "button", className: "button small", textContent: texts.take_out }), nameOf(id)];
    out.dataset.drop = id;
    out.setAttribute("aria-label", `${texts.take_out}: ${name}`);
    return made("li", {}, made("span", { textContent: name }), out);
  };
  return made("div", { className: "panel" },
    made("div", { className: "panel-head" }, made("span", {}), made("h2", { textContent: fill(texts.chosen, { n: ids.length }) }), close_),
    ...(ids.length > MOST_BESIDE ? [made("p", { className: "muted small", textContent: fill(texts.most_beside, { n: MOST_BESIDE }) })] : []),
    made("p", {}, onlyThese()),
    made("ul", { className: "plain-list taking" }, ...ids.map(line)));
}

function onlyThese() {
  const only = made("button", { type: "button", className: "button small", textContent: texts.menu_only });
  only.dataset.only = "";
  only.setAttribute("aria-pressed", String(address.searchParams.has("only")));
  return only;
}

const page = (path) => new URL(location.pathname.replace(/map$/, path), location.href);

export const severalWanted = () => document.getElementById("several")?.getAttribute("aria-pressed") === "true";

/** Several things at once: in the light with what they share, side by side in the inspector; ``closer`` fills the window with them. */
export async function several(scene, ids, how) {
  if (ids.length < 2) return ids.length ? inspect(scene, ids[0], how) : close(scene);
  if (ids.length > MOST_CHOSEN) return announce(fill(texts.too_many_chosen, { n: ids.length, most: MOST_CHOSEN }));
  const only = address.searchParams.has("only");
  remember({ ...NOTHING, only: only ? "1" : null, select: ids.join(",") }, how);
  scene.mark(scene.marks);
  scene.onlySeveral(only ? ids : null);
  scene.selectSeveral(ids);
  const beside = ids.length <= MOST_BESIDE && !ids.some((id) => scene.edges.has(id));
  const panel = beside ? await show(carry(page("compare"), ["select", "lens"])) : put(crowd(scene, ids));
  if (!panel) return undefined;
  if (beside) panel.querySelector(".panel-head").after(made("p", {}, onlyThese()));
  if (only) scene.fit(true, scene.near, 1.6);
  else if (how?.closer) scene.fit(true, ids, 1.8);
  else scene.frame(scene.endsOf(ids));
  return announce(panel.querySelector("h2")?.textContent.trim() ?? "");
}

export function toggle(scene, id) {
  const ids = chosenIds();
  return several(scene, ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
}

/** The ways between two actors, drawn and listed. */
export async function way(scene, ends, how) {
  remember({ ...NOTHING, path: ends.join(","), through: address.searchParams.get("through") }, how);
  const panel = await show(carry(page("ways"), ["path", "through"]));
  if (!panel) return;
  const [nodes, ties] = ["nodes", "ties"].map((name) => (panel.dataset[name] ?? "").split(" ").filter(Boolean));
  scene.light(nodes, ties, ends);
  if (nodes.length) scene.fit(true, nodes.filter((id) => scene.nodes.has(id)), 1.6);
  announce(panel.innerText.split("\n").slice(0, 4).join(". "));
}

export async function inspect(scene, id, { focus = false, quietly = false } = {}) {
  const only = address.searchParams.has("only");
  if (scene.alone && !only) scene.only(null);
  const steps = Number(address.searchParams.get("steps") ?? 1);
  if (only) scene.only(id, steps);
  const around = scene.select(id, steps);
  if (!scene.selected) return close(scene);
  remember({ select: id, path: null, through: null, mark: null }, { quietly });
  if (scene.opened) scene.mark(scene.marks);
  const there = new URL(inspector.dataset.address.replace("ID", encodeURIComponent(id)), location.href);
  const { moves } = scene;
  const panel = await show(carry(there, []));
  if (!panel) return undefined;
  if (only) scene.fit(true, scene.near, 1.6);
  // Who sent the camera elsewhere while the panel was coming is not called back.
  else if (scene.near && scene.moves === moves) scene.frame(scene.near);
  const name = panel.querySelector("h2")?.textContent.trim() ?? id;
  announce(fill(texts.focus, { name, n: Math.max(0, around - 1) }));
  stepping(scene, panel, id, name, steps);
  const alone = panel.querySelector("[data-only]");
  alone?.setAttribute("aria-pressed", String(only));
  if (focus) panel.querySelector("button, a")?.focus();
  return undefined;
}

function stepping(scene, panel, id, name, steps) {
  const slider = panel.querySelector("input[name=steps]");
  if (!slider) return;
  const output = panel.querySelector("output");
  slider.value = output.textContent = steps;
  slider.addEventListener("input", () => {
    remember({ steps: slider.value === "1" ? null : slider.value });
    output.textContent = slider.value;
    if (scene.alone) scene.only(id, Number(slider.value));
    const n = scene.select(id, Number(slider.value));
    if (scene.alone) scene.fit(true, scene.near, 1.6);
    else scene.frame(scene.near);
    announce(fill(texts.focus, { name, n: n - 1 }));
  });
}

/** Only what is chosen and its neighbourhood, laid out for itself; or everything again. */
export function alone(scene, id, on = true) {
  if (chosenIds().length > 1 && chosenIds().includes(id)) {
    remember({ only: on ? "1" : null });
    several(scene, chosenIds(), { quietly: true }).then(() => { if (!on) scene.fit(); });
    return;
  }
  const back = !on && scene.camera;
  if (!on) scene.only(null);
  remember({ only: on ? "1" : null });
  inspect(scene, id, { quietly: true });
  if (back) scene.fit();
}

/** What came in with a change: in the light with its neighbours, and in the middle. */
export function cameIn(scene, panel, { new: added, other }) {
  put(panel);
  const all = [...added, ...other];
  const ties = all.filter((id) => scene.edges.has(id));
  const fresh = added.filter((id) => scene.nodes.has(id));
  const ends = ties.flatMap((id) => [scene.edges.get(id).from, scene.edges.get(id).to]);
  const nodes = [...new Set([...all.filter((id) => scene.nodes.has(id)), ...ends])];
  if (!nodes.length) return;
  scene.light(nodes, ties, fresh);
  scene.fit(false, nodes, 1.3);
  announce(fill(texts.came, { n: fresh.length }));
}

/** A gap: what it says, and on the map all of whom it speaks. */
export async function openGap(scene, mark, how) {
  if (scene.alone) scene.only(null);
  scene.select(null);
  scene.mark(scene.picture.marks, mark);
  remember({ ...NOTHING, gaps: "1", mark: mark.id }, how);
  const there = carry(page("gaps"), []);
  there.searchParams.set("gap", mark.id);
  const panel = await show(there);
  if (!panel) return;
  const seen = mark.reach.filter((id) => scene.nodes.has(id));
  if (seen.length) scene.frame(seen, 1);
  sayHidden(scene, mark, panel);
  announce(panel.querySelector("h2")?.textContent.trim() ?? "");
}

/** Where a filter hides of whom a gap speaks: say so, and offer to show it. */
function sayHidden(scene, mark, panel) {
  const gone = scene.hiddenOf(mark);
  if (!gone.length) return;
  const words = fill(texts.hidden_gap, { names: gone.slice(0, 3).map((id) => scene.nodes.get(id).label).join("; "), n: gone.length });
  const notice = Object.assign(document.createElement("p"), { className: "notice hidden-gap", textContent: `${words} ` });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: texts.show_hidden });
  button.addEventListener("click", () => {
    showAll(scene, gone);
    notice.remove();
    scene.mark(scene.picture.marks, mark);
    scene.frame(mark.reach.filter((id) => scene.nodes.has(id)));
  });
  notice.append(button);
  panel.querySelector(".panel-head").after(notice);
}

export function close(scene, how) {
  asked += 1;
  const had = inspector.contains(document.activeElement);
  if (scene.alone) { scene.only(null); scene.fit(); }
  scene.select(null);
  scene.mark(scene.marks);
  inspector.hidden = true;
  inspector.replaceChildren();
  remember(NOTHING, how);
  if (had) scene.holder.focus();
}

/** What a click in the panel asks for: close, take out, only these, another thing, the next gap. */
export function inspecting(scene) {
  inspector.addEventListener("click", (event) => {
    const found = (words) => event.target.closest(words);
    if (found("[data-close]")) return close(scene);
    const drop = found("[data-drop]");
    if (drop) return several(scene, chosenIds().filter((one) => one !== drop.dataset.drop));
    if (found("[data-only]")) return alone(scene, chosenIds()[0], !scene.alone);
    const next = found("a[data-gap]");
    const mark = next && scene.picture.marks.find((one) => one.id === next.dataset.gap);
    const go = found("a[data-id]");
    if (event.ctrlKey || event.metaKey) return undefined;
    if (mark) {
      event.preventDefault();
      return openGap(scene, mark);
    }
    if (go && scene.nodes.has(go.dataset.id) + scene.edges.has(go.dataset.id)) {
      event.preventDefault();
      scene.reveal(go.dataset.id);
      inspect(scene, go.dataset.id, { focus: true });
    }
    return undefined;
  });
  inspector.addEventListener("keydown", (event) => { if (event.key === "Escape") close(scene); });
}
