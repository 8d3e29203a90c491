// @ts-check
// Keys for the decision about a pair; they press the buttons and follow the links that the page has.

import { singleKeys } from "./app.js";

const form = document.getElementById("verdict");
const TURNS = { ArrowRight: "next", ArrowLeft: "prev" };

/** Keep the other one of the two names. */
function otherName() {
  const names = [...form.elements.value];
  const other = names.find((name) => !name.checked);
  if (!other) return;
  other.checked = true;
  other.focus();
}

/** Take back what was just decided, as the notice about it offers. */
function takeBack(event) {
  const undo = document.querySelector(".notice form button");
  if (!undo) return;
  event.preventDefault();
  undo.click();
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.shiftKey || event.repeat) return;
  if (event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.code === "KeyZ") takeBack(event);
    return;
  }
  if (!form || !singleKeys()) return;
  // The place of a key counts, not its letter: a reader may write Bulgarian.
  const button = form.querySelector(`[data-key="${event.code}"]`);
  if (button) { event.preventDefault(); button.click(); }
  else if (event.code === "KeyX") { event.preventDefault(); otherName(); }
  else if (TURNS[event.key] && !event.target.closest?.("[type=radio]")) form.querySelector(`[rel="${TURNS[event.key]}"]`)?.click();
});
