// What every page has: theme, search with suggestions, shortcuts, sortable tables.

export const texts = JSON.parse(document.getElementById("texts").textContent);
const language = document.documentElement.lang;
const SWIPE = 70;

/** An element with attributes and children; text is only ever set as text. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** The mark of a kind; its shape stands once in the page. */
function shape(kind) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `shape kind-${kind}`);
  svg.setAttribute("viewBox", "-10 -10 20 20");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#shape-${kind}`);
  svg.append(use);
  return svg;
}

/** A name as a text node, or in an element that says its language where it is another. */
function named(words, lang) {
  return lang && lang !== language ? element("span", { lang }, words) : document.createTextNode(words);
}

export function announce(words) {
  const live = document.getElementById("live");
  live.textContent = "";
  setTimeout(() => { live.textContent = words; }, 40);
}

export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

async function ask(address, signal) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
  const said = await answer.json();
  if (!answer.ok) throw new Error([said.detail, said.hint].filter(Boolean).join(" "));
  return said;
}

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
  const form = document.querySelector("form.search");
  const input = form.querySelector("input");
  const list = element("ul", { role: "listbox", id: "suggestions", hidden: true, "aria-label": texts.suggestions });
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": "suggestions", "aria-autocomplete": "list",
  })) input.setAttribute(name, value);
  let chosen = -1;
  let pending = new AbortController();
  let timer = 0;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const all = options();
    if (!all.length) return;
    chosen = (index + all.length) % all.length;
    all.forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  };
  const open = (option) => {
    close();
    const event = new CustomEvent("entitychosen", { detail: { id: option.dataset.id }, cancelable: true });
    if (dispatchEvent(event)) location.assign(option.dataset.href);
  };
  // Who searches on the map wants to see it there, not to leave for a page of results.
  const openFirst = async () => {
    clearTimeout(timer);
    await suggest();
    const first = options().find((one) => one.dataset.href);
    if (first) open(first);
  };
  const suggest = async () => {
    const words = input.value.trim();
    pending.abort();
    if (!words) return close();
    pending = new AbortController();
    const address = new URL(form.dataset.suggest, location.href);
    address.search = new URLSearchParams({ q: words, limit: 8, lang: language });
    let answer;
    try {
      answer = await ask(address, pending.signal);
    } catch (error) {
      if (error.name !== "AbortError") announce(error.message);
      return undefined;
    }
    list.replaceChildren(...answer.items.map((item, i) => {
      const option = element("li", { role: "option", id: `option-${i}`, "aria-selected": "false" },
        shape(item.kind), item.no_longer ? element("s", { class: "gone" }, named(item.shown, item.lang)) : named(item.shown, item.lang),
        item.no_longer ? element("span", { class: "chip gone" }, item.no_longer) : null,
        element("span", { class: "kind-name" }, item.kind_name));
      option.dataset.id = item.id;
      option.dataset.href = item.href;
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); open(option); });
      return option;
    }));
    if (!answer.items.length) {
      list.append(element("li", { class: "empty", role: "option", "aria-disabled": "true", id: "option-none" }, texts.nothing_found));
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    announce(answer.items.length ? fill(texts.found, { n: answer.items.length }) : texts.nothing_found);
    return undefined;
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 120); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && options()[chosen]?.dataset.href) {
      event.preventDefault();
      open(options()[chosen]);
    } else if (event.key === "Enter" && document.querySelector(".map-page #canvas")) {
      event.preventDefault();
      openFirst();
    }
  });
  input.addEventListener("blur", close);
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
      const [x, y] = [value(a, header.cellIndex), value(b, header.cellIndex)];
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(x, y));
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
keySwitch();
popovers();
document.querySelectorAll("table.sortable").forEach(sortable);
