// @ts-check
// What hands do on the map: click, drag, frame, long press; and the keyboard.

import { singleKeys } from "../app.js";
import { announce, fill, texts } from "../page.js";
import { openOf } from "./gaps.js";
import { close, inspect, several, severalWanted, toggle, way } from "./inspector.js";
import { pinned, pins } from "./state.js";
import { address, chosenIds, remember, step } from "./trail.js";

const MOST_PINS = 200;
// Milliseconds and pixels within which two clicks are one double click.
const DOUBLE = 500;
const NEAR = 10;

/** The pins of the address that stand on the canvas. */
export const pinsSaid = (scene) => pins(address.searchParams.get("pins") ?? "", scene.picture.canvas);

/** @returns {{ ways: (id: string) => void }} */
export function hands(scene, { open, menuOf }) {
  let from = null;
  const ways = (id) => {
    from = id;
    scene.holder.classList.add("choosing");
    announce(fill(texts.choose_end, { name: scene.nodes.get(id).label }));
  };
  const act = (id, many) => {
    const node = scene.nodes.get(id);
    if (from && node && !node.count) {
      const start = from;
      from = null;
      scene.holder.classList.remove("choosing");
      if (start !== id) way(scene, [start, id]);
    } else if (node?.opens) open(node.opens);
    else if (node && many) toggle(scene, id);
    else if (id && !node?.count) inspect(scene, id);
  };
  clicking(scene, act, open);
  dragging(scene);
  framing(scene, act);
  pressing(scene, menuOf);
  keyboard(scene, act, menuOf, () => {
    if (!from) return false;
    from = null;
    scene.holder.classList.remove("choosing");
    return true;
  });
  return { ways };
}

/** Of two clicks on one spot both mean what the first met: it may have moved the picture under the hand. */
function clicking(scene, act, open) {
  /** @type {{ at: number, x: number, y: number, id: string, marks: GapMark[] | null }} */
  let first = { at: -Infinity, x: 0, y: 0, id: "", marks: null };
  const met = ({ nodes, edges, event, pointer }) => {
    const { x, y } = pointer.DOM;
    const { timeStamp: at } = event.srcEvent ?? event;
    const again = at - first.at < DOUBLE && Math.hypot(x - first.x, y - first.y) < NEAR;
    if (!again) {
      const id = nodes[0] ?? edges.find((edge) => !scene.edges.get(edge).count);
      first = { at, x, y, id, marks: scene.badges.at(x, y) };
    }
    return { ...first, again };
  };
  scene.network.on("click", (gesture) => {
    const { id, marks, again } = met(gesture);
    if (again) return;
    if (marks) { openOf(scene, marks); return; }
    const source = gesture.event.srcEvent ?? gesture.event;
    if (id) act(id, source.ctrlKey || source.metaKey || severalWanted());
    else if (scene.selected || scene.opened) close(scene);
  });
  // The browser counts clicks by when they were made, however long the first one keeps the page busy.
  scene.holder.addEventListener("dblclick", () => {
    const node = scene.nodes.get(first.id);
    if (!node || first.marks) return;
    if (node.opens) open(node.opens);
    else scene.fit(true, scene.atWork(node.id), 2.2);
  });
  scene.holder.addEventListener("pointermove", (event) => {
    const frame = scene.holder.getBoundingClientRect();
    scene.holder.classList.toggle("over-badge", Boolean(scene.badges.at(event.clientX - frame.left, event.clientY - frame.top)));
  });
}

/** Whoever is dragged stays where it is let go. */
function dragging(scene) {
  let held = null;
  scene.network.on("dragStart", ({ nodes }) => { held = nodes[0] ?? null; });
  scene.network.on("dragging", () => {
    if (!held) return;
    const { x, y } = scene.network.getPosition(held);
    const node = scene.nodes.get(held);
    // A neighbourhood laid out for itself has places of its own, which nobody keeps.
    if (!scene.alone) node.home ??= [node.x, node.y];
    Object.assign(node, { x, y });
  });
  scene.network.on("dragEnd", () => {
    if (!held) return;
    const node = scene.nodes.get(held);
    const places = pinsSaid(scene);
    const id = held;
    held = null;
    if (scene.alone) return;
    scene.pin(id, node.x, node.y);
    if (places.has(id) || places.size < MOST_PINS) {
      keep(places.set(id, [node.x, node.y]));
      announce(fill(texts.pinned, { name: node.label }));
    } else {
      scene.pinOnly(places);
      announce(fill(texts.too_many_pins, { n: MOST_PINS }));
    }
  });
  document.getElementById("stage").addEventListener("click", (event) => {
    if (!event.target.closest("#tidy")) return;
    keep(new Map());
    scene.pinOnly(new Map());
    announce(texts.tidied);
    scene.holder.focus();
  });
}

function keep(places) {
  remember({ pins: pinned(places) });
  tellPins();
}

/** The way back from pins stands where there are some. */
export function tellPins() {
  const tidy = document.getElementById("tidy");
  if (tidy) tidy.hidden = !address.searchParams.has("pins");
}

/** With Shift a hand frames several; a click with it adds one or takes it out. */
function framing(scene, act) {
  const band = Object.assign(document.createElement("div"), { className: "band", hidden: true });
  scene.holder.after(band);
  /** @type {{ x: number, y: number } | null} */
  let start = null;
  const at = (event) => {
    const frame = scene.holder.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const box = (p, q) => [Math.min(p.x, q.x), Math.min(p.y, q.y), Math.max(p.x, q.x), Math.max(p.y, q.y)];
  scene.holder.addEventListener("pointerdown", (event) => {
    if (!event.shiftKey || event.button) return;
    event.stopPropagation();
    event.preventDefault();
    scene.holder.focus();
    scene.holder.setPointerCapture(event.pointerId);
    start = at(event);
  }, true);
  scene.holder.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [left, top, right, bottom] = box(start, at(event));
    band.hidden = false;
    band.style.inset = `${top}px auto auto ${left}px`;
    [band.style.inlineSize, band.style.blockSize] = [`${right - left}px`, `${bottom - top}px`];
  });
  const end = (event) => {
    if (!start) return;
    const [p, q] = [start, at(event)];
    start = null;
    band.hidden = true;
    if (Math.hypot(p.x - q.x, p.y - q.y) < 5) {
      const id = scene.network.getNodeAt(q);
      if (id) act(id, true);
      return;
    }
    const [left, top, right, bottom] = box(p, q);
    const inside = scene.picture.nodes.filter((node) => {
      const spot = scene.screen(node.x, node.y);
      return !node.count && scene.shown(node.id) && spot.x >= left && spot.x <= right && spot.y >= top && spot.y <= bottom;
    });
    if (inside.length) several(scene, inside.map((node) => node.id), { closer: true });
  };
  scene.holder.addEventListener("pointerup", end);
  scene.holder.addEventListener("pointercancel", () => { start = null; band.hidden = true; });
}

/** Right click and long press open the menu of what is under them. */
function pressing(scene, menuOf) {
  scene.holder.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    const frame = scene.holder.getBoundingClientRect();
    const byKey = event.button !== 2 && !event.pointerType;
    const id = byKey ? scene.cursor ?? scene.selected : scene.network.getNodeAt({ x: event.clientX - frame.left, y: event.clientY - frame.top });
    if (id) menuOf(id);
  });
  // Where a long press makes no such event (Safari), vis-network still tells it.
  scene.network.on("hold", ({ nodes, event }) => {
    if (nodes[0] && (event.pointers?.[0]?.pointerType ?? event.pointerType) === "touch") menuOf(nodes[0]);
  });
}

function keyboard(scene, act, menuOf, letGo) {
  scene.holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const id = scene.neighbour(event.key);
      if (!id) return;
      scene.point(id);
      const node = scene.nodes.get(id);
      announce(fill(texts.pointed, { name: node.label, kind: node.kind_name, n: scene.ties.get(id).length }));
    } else if (event.key === "Enter" && scene.cursor) {
      event.preventDefault();
      if (scene.selected === scene.cursor && chosenIds().length === 1 && !event.shiftKey) inspect(scene, scene.cursor, { focus: true });
      else act(scene.cursor, event.shiftKey || severalWanted());
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      if (scene.cursor ?? scene.selected) { event.preventDefault(); menuOf(scene.cursor ?? scene.selected); }
    } else if (event.key === "Escape" && (letGo() || scene.selected || scene.opened)) { if (scene.selected || scene.opened) close(scene); }
    else if (singleKeys() && "+=".includes(event.key)) scene.zoom(1.3);
    else if (singleKeys() && event.key === "-") scene.zoom(1 / 1.3);
    else if (singleKeys() && event.key === "0") scene.fit();
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== "KeyZ") return;
    if (event.target.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    step(event.shiftKey ? 1 : -1);
  });
  const buttons = { "zoom-in": () => scene.zoom(1.3), "zoom-out": () => scene.zoom(1 / 1.3), "zoom-fit": () => scene.fit() };
  for (const [id, does] of Object.entries(buttons)) {
    document.getElementById(id).addEventListener("click", does);
  }
}
