// @ts-check
// Groups from elsewhere: readable chips with their counts along the foot of the map.

import { texts } from "../page.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * The chips of a scene's folded groups; ``open`` is called with the territory of one.
 * @returns {() => void} draws them anew
 */
export function chips(scene, open) {
  const row = Object.assign(document.createElement("div"), { className: "chips" });
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", texts.elsewhere);
  scene.holder.after(row);
  const draw = () => {
    row.replaceChildren(...scene.picture.nodes.filter((node) => node.chip).map((node) => chip(scene, node, open)));
    row.hidden = !row.children.length;
    scene.redraw();
  };
  scene.chipAt = (id) => {
    const one = [...row.querySelectorAll("button")].find((chip_) => chip_.dataset.id === id && !chip_.hidden);
    if (!one?.offsetParent) return null;
    const [box, frame] = [one.getBoundingClientRect(), scene.holder.getBoundingClientRect()];
    return { x: box.left - frame.left + box.width / 2, y: box.top - frame.top };
  };
  // Only the groups that have a tie to what is selected remain.
  scene.holder.addEventListener("changed", () => {
    for (const one of row.querySelectorAll("button")) {
      const tied = !scene.selected || scene.near?.has(one.dataset.id) || scene.ties.get(scene.selected)?.some((tie) => [tie.from, tie.to].includes(one.dataset.id));
      one.classList.toggle("tied", Boolean(scene.selected && tied));
      const spoken = scene.opened && !scene.selected && !scene.opened.reach.includes(one.dataset.id);
      one.hidden = !tied || Boolean(spoken);
    }
  });
  draw();
  return draw;
}

function chip(scene, node, open) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "chip-of-many" });
  made.dataset.id = node.id;
  const sign = document.createElementNS(SVG, "svg");
  sign.setAttribute("class", `shape kind-${node.sign}`);
  sign.setAttribute("viewBox", "-10 -10 20 20");
  sign.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#shape-${node.sign}`);
  sign.append(use);
  const [name, count] = ["span", "span"].map((tag) => document.createElement(tag));
  name.textContent = node.label;
  count.textContent = node.count;
  count.className = "count";
  made.append(sign, name, " ", count);
  made.addEventListener("click", () => open(node.opens));
  for (const [on, off] of [["pointerenter", "pointerleave"], ["focus", "blur"]]) {
    made.addEventListener(on, () => scene.hover(node.id));
    made.addEventListener(off, () => scene.hover(null));
  }
  return made;
}
