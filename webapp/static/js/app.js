// @ts-check
// What every page has: theme, search with suggestions, shortcuts, sortable tables.

import { announce, fill, language, texts } from "./page.js";
import { combobox, pickers } from "./picker.js";

const SWIPE = 70;

function theme() {
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const tell = () => {
    button.setAttribute("aria-pressed", String(dark()));
    dispatchEvent(new CustomEvent("themechange"));
  };
  button.addEventListener("click", () => {
    const chosen = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
    try { localStorage.setItem("theme", chosen); } catch { /* it then holds for this page */ }
    tell();
  });
  system.addEventListener("change", tell);
  tell();
}

function search() {
  const input = document.getElementById("search");
  combobox(input, {
    take: ({ dataset }) => {
      const event = new CustomEvent("entitychosen", { detail: { id: dataset.id }, cancelable: true });
      if (dispatchEvent(event)) location.assign(dataset.href);
    },
    // Who searches on the map wants to see it there, not to leave for a page of results.
    firstOnEnter: () => Boolean(document.querySelector(".map-page #canvas")),
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && singleKeys();
    const ctrlK = (event.ctrlKey || event.metaKey) && event.code === "KeyK";
    if (slash || ctrlK) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
}

/** Whether single-key shortcuts are on; a reader may switch them off. */
export function singleKeys() {
  try { return localStorage.getItem("single-keys") !== "off"; } catch { return true; }
}

/** The box that switches them, as it was left. */
export function keySwitch() {
  const box = document.getElementById("single-keys");
  if (box) box.checked = singleKeys();
}

addEventListener("change", ({ target: box }) => {
  if (box.id !== "single-keys") return;
  try { localStorage.setItem("single-keys", box.checked ? "on" : "off"); } catch { /* as above */ }
});

/** Tables whose headers are buttons sort in place; cells may carry their order in data-order. */
function sortable(table) {
  const value = (row, column) => {
    const cell = row.cells[column];
    const order = cell.dataset.order ?? cell.textContent.trim();
    return order === "" ? null : Number.isNaN(Number(order)) ? order : Number(order);
  };
  const collator = new Intl.Collator(language, { numeric: true });
  table.tHead.addEventListener("click", (event) => {
    const header = event.target.closest("th[aria-sort]");
    if (!header) return;
    const rising = header.getAttribute("aria-sort") !== "ascending";
    const falls = header.classList.contains("number") && header.getAttribute("aria-sort") === "none";
    const direction = falls || !rising ? "descending" : "ascending";
    for (const other of table.tHead.querySelectorAll("th[aria-sort]")) other.setAttribute("aria-sort", "none");
    header.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => {
      const [x, y] = [a, b].map((row) => value(row, header.cellIndex));
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y)));
    });
    table.tBodies[0].append(...rows);
    announce(fill(texts.sorted, { column: header.textContent.trim() }));
  });
}

/** A details popover closes by Escape and by a click elsewhere, whenever it came onto the page. */
function popovers() {
  const open = () => document.querySelectorAll("details.pop[open]");
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const pop of open()) { pop.open = false; pop.querySelector("summary").focus(); }
  });
  addEventListener("pointerdown", (event) => {
    for (const pop of open()) if (!pop.contains(event.target)) pop.open = false;
  });
}

/** A view is saved as it stands now, whatever the page changed in its address. */
function savedViews() {
  addEventListener("click", (event) => {
    const save = event.target.closest?.("[data-save-view]");
    if (!save) return;
    const there = new URL(save.href);
    there.searchParams.set("view", location.pathname + location.search);
    there.searchParams.set("called", document.title.split(" · ")[0]);
    save.href = there.href;
  }, true);
}

/** In a story the arrow keys turn the page, unless something else needs them. */
function turning() {
  if (!document.getElementById("step")) return;
  const turn = (way) => document.querySelector(`#step [rel="${way}"]`)?.click();
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // What clickers send turns the page wherever the focus is, but in a field.
    const clicker = { PageDown: "next", PageUp: "prev" }[event.key];
    if (clicker && !event.target.closest?.("input, textarea, select")) { turn(clicker); return; }
    if (event.target !== document.body && !event.target.closest?.("#step")) return;
    turn({ ArrowRight: "next", ArrowLeft: "prev" }[event.key]);
  });
  /** @type {Touch | null} */
  let start = null;
  addEventListener("touchstart", ({ touches, target }) => { start = touches.length === 1 && target.closest?.("#step") ? touches[0] : null; }, { passive: true });
  addEventListener("touchend", ({ changedTouches: [end] }) => {
    if (!start || !end) return;
    const [across, down] = [end.clientX - start.clientX, end.clientY - start.clientY];
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) turn(across < 0 ? "next" : "prev");
  }, { passive: true });
}

theme();
savedViews();
turning();
search();
pickers();
keySwitch();
popovers();
document.querySelectorAll("table.sortable").forEach(sortable);
