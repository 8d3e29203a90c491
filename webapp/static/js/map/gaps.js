// @ts-check
// The switch of the gaps, and their list beside the map.

import { announce, fill, texts } from "../page.js";
import { close, openGap } from "./inspector.js";
import { address, remember } from "./trail.js";

const side = document.getElementById("side");

/** Gaps as the address has them; gives the one that it opens. */
export function readGaps(scene) {
  const [toggle, list] = [document.getElementById("show-gaps"), document.getElementById("gap-marks")];
  if (!toggle) return null;
  toggle.checked = address.searchParams.has("gaps");
  list.hidden = !toggle.checked;
  const opened = toggle.checked ? scene?.picture.marks.find((mark) => mark.id === address.searchParams.get("mark")) : null;
  scene?.mark(toggle.checked ? scene.picture.marks : [], opened ?? null);
  press(address.searchParams.get("mark"));
  return opened ?? null;
}

function press(id) {
  for (const one of side.querySelectorAll("[data-mark]")) one.setAttribute("aria-pressed", String(one.dataset.mark === id));
}

/** Open the gap of a badge; of several in one place the one after the opened one. */
export function openOf(scene, marks) {
  const mark = marks[(marks.indexOf(scene.opened) + 1) % marks.length];
  press(mark.id);
  return openGap(scene, mark);
}

export function gaps(scene) {
  side.addEventListener("change", ({ target }) => {
    if (target.id !== "show-gaps") return;
    const opened = scene?.opened;
    remember(target.checked ? { gaps: "1" } : { gaps: null, mark: null });
    readGaps(scene);
    if (opened) close(scene, { quietly: true });
    announce(target.checked ? fill(texts.gaps_on, { n: scene?.marks.length ?? 0 }) : texts.gaps_off);
  });
  side.addEventListener("click", (event) => {
    const item = event.target.closest("[data-mark]");
    const mark = item && scene?.picture.marks.find((one) => one.id === item.dataset.mark);
    if (mark) openOf(scene, [mark]);
  });
}
