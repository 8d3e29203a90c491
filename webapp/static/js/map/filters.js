// @ts-check
// The filters of the legend: read from the address, written into it.

import { announce, fill, texts } from "../page.js";
import { address, remember } from "./trail.js";

const side = document.getElementById("side");
const stage = document.getElementById("stage");
const WORDS = { kind: "hide", tie: "hide_ties", value: "hide_values" };

const boxes = (name) => [...side.querySelectorAll(`input[name=${name}]`)];
const hidden = (name) => boxes(name).filter((box) => !box.checked).map((box) => box.value);
const said = (word) => (address.searchParams.get(word) ?? "").split(",").filter(Boolean);

/** What the address hides and this place has not: it is hidden again where it comes back. */
function elsewhere(word, name) {
  const here = new Set(boxes(name).map((box) => box.value));
  return said(word).filter((one) => !here.has(one));
}

function apply(scene) {
  const [kinds, ties] = [hidden("kind"), hidden("tie")];
  scene?.filter(kinds, ties, boxes("value").filter((box) => !box.checked).map((box) => box.dataset.index));
  if (!scene) applyToRows(kinds, ties);
}

/** The table shows what the map would, and says on paper what it leaves out. */
function applyToRows(kinds, ties) {
  const values = new Set(boxes("value").filter((box) => !box.checked).map((box) => box.dataset.index));
  const gone = new Set();
  for (const row of stage.querySelectorAll("tr[data-kind]")) {
    const own = (row.dataset.values ?? "").split(" ").filter(Boolean);
    row.hidden = kinds.includes(row.dataset.kind) || (own.length > 0 && own.every((one) => values.has(one)));
    if (row.hidden) gone.add(row.dataset.id);
  }
  for (const row of stage.querySelectorAll("tr[data-tie]")) {
    row.hidden = ties.includes(row.dataset.tie) || row.dataset.ends.split(" ").some((end) => gone.has(end));
  }
  const left = side.querySelectorAll(Object.keys(WORDS).map((name) => `input[name=${name}]:not(:checked)`).join());
  const what = [...left].map((box) => box.parentElement.querySelector("span").textContent).join(", ");
  const said = document.getElementById("narrowed");
  if (said) said.textContent = what && fill(texts.left_out, { what });
}

function changed(scene, how) {
  apply(scene);
  remember({
    hide: [...hidden("kind"), ...elsewhere("hide", "kind")].join(","),
    hide_ties: [...hidden("tie"), ...elsewhere("hide_ties", "tie")].join(","),
    hide_values: hidden("value").join(","),
  }, how);
}

/** The boxes as the address has them. */
export function readFilters(scene) {
  for (const [name, word] of Object.entries(WORDS)) {
    const gone = new Set(said(word));
    for (const box of boxes(name)) box.checked = !gone.has(box.value);
  }
  apply(scene);
}

/** Show the kinds, ties and values that hide these nodes. */
export function showAll(scene, ids) {
  for (const id of ids) {
    const node = scene.nodes.get(id);
    for (const box of boxes("kind")) if (box.value === node.group) box.checked = true;
    if (!node.values?.length) continue;
    for (const box of boxes("value")) if (node.values.includes(Number(box.dataset.index))) box.checked = true;
  }
  changed(scene);
}

export function filters(scene) {
  side.addEventListener("change", ({ target }) => {
    if (!(target.name in WORDS)) return;
    changed(scene);
    const shown = scene ? scene.picture.nodes.filter((node) => scene.shown(node.id)) : stage.querySelectorAll("#actors tbody tr:not([hidden])");
    announce(fill(texts.shown_count, { n: shown.length }));
  });
  readFilters(scene);
  // Filters that hold no longer are not carried on.
  changed(scene, { quietly: true });
}
