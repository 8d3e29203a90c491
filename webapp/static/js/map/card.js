// @ts-check
// The card of what is under the pointer: after a moment, and gone at once.

import { panel } from "./served.js";
import { address, carry } from "./trail.js";

const AFTER = 150;

export function cards(scene) {
  const holder = Object.assign(document.createElement("div"), { className: "hover-holder", hidden: true });
  scene.holder.after(holder);
  const known = new Map();
  let over = null;
  let wait = 0;
  const gone = () => {
    over = null;
    clearTimeout(wait);
    holder.hidden = true;
    scene.hover(null);
  };
  const read = (id) => {
    const there = carry(new URL(document.getElementById("inspector").dataset.address.replace("ID", encodeURIComponent(id)), location.href), ["size", "lens"]);
    there.searchParams.set("part", "card");
    if (!known.has(there.href)) known.set(there.href, panel(there));
    return known.get(there.href);
  };
  scene.network.on("hoverNode", ({ node }) => {
    over = node;
    scene.hover(node);
    holder.hidden = true;
    clearTimeout(wait);
    if (scene.nodes.get(node).count) return;
    const card = read(node);
    wait = setTimeout(async () => {
      const made = await card;
      if (over !== node || made.matches(".bad")) return;
      holder.replaceChildren(made);
      holder.hidden = false;
      place(scene, holder, node);
    }, AFTER);
  });
  scene.network.on("blurNode", gone);
  for (const event of ["dragStart", "zoom", "click"]) scene.network.on(event, gone);
  scene.holder.addEventListener("pointerleave", gone);
  return gone;
}

/** Beside the node where there is room, never over it. */
function place(scene, holder, id) {
  const node = scene.nodes.get(id);
  const at = scene.screen(node.x, node.y);
  const { width, height } = scene.free();
  const r = node.size * scene.scale + 14;
  const { offsetWidth: wide, offsetHeight: tall } = holder;
  const x = at.x + r + wide <= width - 8 ? at.x + r : Math.max(8, at.x - r - wide);
  const y = Math.min(Math.max(8, at.y - tall / 2), height - tall - 8);
  // style as a property of the element: the policy of the page forbids the attribute alone
  holder.style.insetInlineStart = `${x}px`;
  holder.style.insetBlockStart = `${y}px`;
}
