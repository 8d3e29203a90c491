// The map page: filters, focus, inspector, gaps and keyboard; every state is in the address.

import { announce, fill, singleKeys, texts } from "./app.js";
import { Scene } from "./scene.js";

const stage = document.getElementById("stage");
const inspector = document.getElementById("inspector");
const side = document.getElementById("side");
const picture = document.getElementById("picture");
const came = document.getElementById("came");
// As the server read it: with ids for names, and without what is recorded no longer.
const address = new URL(document.getElementById("stage").dataset.here, location.href);
address.hash = location.hash;
const chosenPart = new URL(location.href).searchParams.get("show");
if (chosenPart) address.searchParams.set("show", chosenPart);
const VIEW = ["scope", "as_of", "reading", "undated", "people"];
const KEPT = ["select", "path", "through", "steps", "hide", "hide_ties", "hide_values", "gaps", "mark", "came"];

function remember(changes) {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "" || value === false) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll("a[data-keeps]")) {
    const there = new URL(link.href);
    for (const name of KEPT) {
      const value = address.searchParams.get(name);
      if (value === null) there.searchParams.delete(name);
      else there.searchParams.set(name, value);
    }
    link.href = there;
  }
  for (const form of document.querySelectorAll("form[data-keeps]")) {
    for (const name of KEPT) {
      let field = form.querySelector(`input[type=hidden][name=${name}]`);
      const value = address.searchParams.get(name);
      if (value === null) { field?.remove(); continue; }
      if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        form.append(field);
      }
      field.value = value;
    }
  }
}

// Filters

const boxes = (name) => [...side.querySelectorAll(`input[name=${name}]`)];
const hidden = (name) => boxes(name).filter((box) => !box.checked).map((box) => box.value);

/** What the address hides and this place has not: it is hidden again where it comes back. */
function elsewhere(word, name) {
  const here = new Set(boxes(name).map((box) => box.value));
  return (address.searchParams.get(word) ?? "").split(",").filter((one) => one && !here.has(one));
}

function filters(scene) {
  const apply = (say) => {
    const [kinds, ties, values] = [hidden("kind"), hidden("tie"), hidden("value")];
    const numbers = boxes("value").filter((box) => !box.checked).map((box) => box.dataset.index);
    scene?.filter(kinds, ties, numbers);
    filterTables(kinds, ties);
    remember({
      hide: [...kinds, ...elsewhere("hide", "kind")].join(","),
      hide_ties: [...ties, ...elsewhere("hide_ties", "tie")].join(","),
      hide_values: values.join(","),
    });
    if (say) {
      const nodes = scene ? scene.picture.nodes.filter((node) => scene.shown(node.id)).length : shownRows("actors");
      announce(fill(texts.shown_count, { n: nodes }));
    }
  };
  side.addEventListener("change", (event) => {
    if (["kind", "tie", "value"].includes(event.target.name)) apply(true);
  });
  apply(false);
}

function filterTables(kinds, ties) {
  for (const row of stage.querySelectorAll("tr[data-kind]")) row.hidden = kinds.includes(row.dataset.kind);
  for (const row of stage.querySelectorAll("tr[data-tie]")) {
    row.hidden = ties.includes(row.dataset.tie) || row.dataset.ends.split(" ").some((kind) => kinds.includes(kind));
  }
}

const shownRows = (id) => document.querySelectorAll(`#${id} tbody tr:not([hidden])`).length;

for (const form of document.querySelectorAll("form[data-now]")) {
  form.querySelector("button")?.setAttribute("hidden", "");
  form.addEventListener("change", () => form.requestSubmit());
}

// Inspector

/** A part of another page of this application, as an element (parsed by the browser as a page). */
function part(href) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", href);
    request.responseType = "document";
    request.onload = () => {
      const found = request.response?.querySelector(".panel, .notice");
      if (found) resolve(document.adoptNode(found));
      else reject(new Error(texts.no_answer));
    };
    request.onerror = () => reject(new Error(texts.no_answer));
    request.send();
  });
}

let asked = 0;

const chosenIds = () => {
  const said = address.searchParams.get("select") ?? "";
  return said.includes("|") ? [said] : said.split(",").filter(Boolean);
};
const severalWanted = () => document.getElementById("several")?.getAttribute("aria-pressed") === "true";

/** The view of this page, and the named words, in the address of another. */
function carry(there, names) {
  for (const name of [...VIEW, ...names]) {
    const value = address.searchParams.get(name);
    if (value !== null) there.searchParams.set(name, value);
  }
}

/** A panel of another page in the inspector; null where a later one overtook it. */
async function panelOf(path, names) {
  asked += 1;
  const turn = asked;
  const there = new URL(location.pathname.replace(/map$/, path), location.href);
  carry(there, names);
  there.searchParams.set("part", "panel");
  let panel;
  try {
    panel = await part(there);
  } catch (error) {
    panel = Object.assign(document.createElement("p"), { className: "notice bad", textContent: error.message });
  }
  if (turn !== asked) return null;
  inspector.replaceChildren(panel);
  inspector.hidden = false;
  inspector.scrollTop = 0;
  return panel;
}

/** Several things at once: in the light with what they share, side by side in the inspector. */
async function several(scene, ids) {
  if (ids.length < 2) return ids.length ? inspect(scene, ids[0]) : close(scene);
  remember({ select: ids.join(","), steps: null, path: null, through: null });
  scene.selectSeveral(ids);
  const panel = await panelOf("compare", ["select", "lens"]);
  if (panel) announce(panel.querySelector("h2")?.textContent.trim() ?? "");
  return undefined;
}

function toggle(scene, id) {
  const ids = chosenIds().filter((one) => !one.includes("|"));
  return several(scene, ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
}

/** The ways between two actors, drawn and listed. */
async function way(scene) {
  const panel = await panelOf("ways", ["path", "through"]);
  if (!panel) return;
  const [nodes, ties] = ["nodes", "ties"].map((name) => (panel.dataset[name] ?? "").split(" ").filter(Boolean));
  scene.light(nodes, ties, (address.searchParams.get("path") ?? "").split(","));
  if (nodes.length) scene.fit(true, nodes.filter((id) => scene.nodes.has(id)), 1.6);
  announce(panel.innerText.split("\n").slice(0, 4).join(". "));
}

/** What came in with a change: in the light with its neighbours, and in the middle. */
function cameIn(scene, { new: added, other }) {
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

async function inspect(scene, id, { focus = false } = {}) {
  asked += 1;
  const turn = asked;
  const steps = Number(address.searchParams.get("steps") ?? 1);
  const around = scene.select(id, steps);
  if (!scene.selected) return close(scene);
  const there = new URL(inspector.dataset.address.replace("ID", encodeURIComponent(id)), location.href);
  carry(there, []);
  there.searchParams.set("part", "panel");
  remember({ select: id, path: null, through: null });
  let panel;
  try {
    panel = await part(there);
  } catch (error) {
    panel = Object.assign(document.createElement("p"), { className: "notice bad", textContent: error.message });
  }
  if (turn !== asked) return undefined;
  inspector.replaceChildren(panel);
  inspector.hidden = false;
  inspector.scrollTop = 0;
  if (innerWidth <= 640) inspector.scrollIntoView({ block: "nearest" });
  scene.resize();
  if (scene.near) scene.frame(scene.near);
  const name = panel.querySelector("h2")?.textContent.trim() ?? id;
  announce(fill(texts.focus, { name, n: Math.max(0, around - 1) }));
  const slider = panel.querySelector("input[name=steps]");
  if (slider) {
    slider.value = steps;
    slider.addEventListener("input", () => {
      remember({ steps: slider.value === "1" ? null : slider.value });
      panel.querySelector("output").textContent = slider.value;
      const n = scene.select(id, Number(slider.value));
      scene.frame(scene.near);
      announce(fill(texts.focus, { name, n: n - 1 }));
    });
    panel.querySelector("output").textContent = String(steps);
  }
  if (focus) panel.querySelector("button, a")?.focus();
  return undefined;
}

function close(scene) {
  asked += 1;
  const had = inspector.contains(document.activeElement);
  scene.select(null);
  inspector.hidden = true;
  inspector.replaceChildren();
  remember({ select: null, steps: null, path: null, through: null, came: null });
  if (had) scene.holder.focus();
}

/** Show a group from elsewhere one by one: the server lays it out anew. */
function open(scene, territory) {
  const opened = (address.searchParams.get("open") ?? "").split(",").filter(Boolean);
  address.searchParams.set("open", [...opened, territory].join(","));
  location.assign(address);
}

function inspecting(scene) {
  scene.network.on("click", ({ nodes, edges, event: gesture }) => {
    const id = nodes[0] ?? edges.find((edge) => !scene.edges.get(edge).count);
    const source = gesture.srcEvent ?? gesture;
    if (nodes[0] && !scene.nodes.get(id)?.opens && (source.shiftKey || source.ctrlKey || source.metaKey || severalWanted())) toggle(scene, id);
    else if (scene.nodes.get(id)?.opens) open(scene, scene.nodes.get(id).opens);
    else if (id && !scene.nodes.get(id)?.count) inspect(scene, id);
    else if (scene.selected) close(scene);
  });
  scene.network.on("doubleClick", ({ nodes }) => { if (nodes[0]) scene.fit(true, scene.around(nodes[0], 1).near, 2.2); });
  inspector.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) return close(scene);
    const drop = event.target.closest("[data-drop]");
    if (drop) return several(scene, chosenIds().filter((one) => one !== drop.dataset.drop));
    const go = event.target.closest("a[data-id]");
    if (go && scene.nodes.has(go.dataset.id) + scene.edges.has(go.dataset.id) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      scene.reveal(go.dataset.id);
      inspect(scene, go.dataset.id, { focus: true });
    }
    return undefined;
  });
  addEventListener("entitychosen", (event) => {
    const { id } = event.detail;
    event.preventDefault();
    if (!scene.nodes.has(id)) {
      address.searchParams.set("select", id);
      location.assign(address);
      return;
    }
    if (!scene.shown(id)) {
      const box = boxes("kind").find((one) => one.value === scene.nodes.get(id).group);
      if (box) { box.checked = true; box.dispatchEvent(new Event("change", { bubbles: true })); }
    }
    scene.reveal(id);
    scene.holder.focus();
    inspect(scene, id);
  });
}

// Gaps

function gaps(scene) {
  const toggle = document.getElementById("show-gaps");
  const list = document.getElementById("gap-marks");
  if (!toggle) return;
  const apply = (say) => {
    if (scene) {
      scene.mark(toggle.checked ? scene.picture.marks : []);
    }
    if (list) list.hidden = !toggle.checked;
    remember(toggle.checked ? { gaps: "1" } : { gaps: null, mark: null });
    if (say) announce(toggle.checked ? fill(texts.gaps_on, { n: Math.min(12, picturedMarks) }) : texts.gaps_off);
  };
  const picturedMarks = scene?.picture.marks.length ?? 0;
  toggle.addEventListener("change", () => apply(true));
  list?.addEventListener("click", (event) => {
    const item = event.target.closest("[data-mark]");
    if (!item || !scene) return;
    const mark = scene.picture.marks[Number(item.dataset.mark)];
    for (const other of list.querySelectorAll("[data-mark]")) other.setAttribute("aria-pressed", String(other === item));
    scene.mark([mark]);
    show(mark);
    announce(item.textContent.trim().replace(/\s+/g, " "));
  });
  const show = (mark) => {
    const ids = mark.reach.filter((id) => scene.nodes.has(id));
    if (ids.length) scene.fit(true, ids, 1.3);
  };
  apply(false);
  if (scene && address.searchParams.has("mark") && picturedMarks) show(scene.picture.marks[0]);
}

// Keyboard

function keyboard(scene) {
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
      if (scene.nodes.get(scene.cursor).opens) open(scene, scene.nodes.get(scene.cursor).opens);
      else if (event.shiftKey || severalWanted()) toggle(scene, scene.cursor);
      else inspect(scene, scene.cursor, { focus: scene.selected === scene.cursor });
    } else if (event.key === "Escape" && scene.selected) close(scene);
    else if (singleKeys() && "+=".includes(event.key)) scene.zoom(1.3);
    else if (singleKeys() && event.key === "-") scene.zoom(1 / 1.3);
    else if (singleKeys() && event.key === "0") scene.fit();
  });
  inspector.addEventListener("keydown", (event) => { if (event.key === "Escape") close(scene); });
  for (const [id, act] of [["zoom-in", () => scene.zoom(1.3)], ["zoom-out", () => scene.zoom(1 / 1.3)], ["zoom-fit", () => scene.fit()]]) {
    document.getElementById(id).addEventListener("click", act);
  }
}

// Phones: filters open as a sheet

function sheet() {
  const button = document.getElementById("open-filters");
  if (!button) return;
  const set = (open) => {
    side.toggleAttribute("data-open", open);
    button.setAttribute("aria-expanded", String(open));
    if (open) side.querySelector("input, select, a, button")?.focus();
    else button.focus();
  };
  button.addEventListener("click", () => set(!side.hasAttribute("data-open")));
  side.querySelector("[data-close-sheet]")?.addEventListener("click", () => set(false));
  side.addEventListener("keydown", (event) => { if (event.key === "Escape" && side.hasAttribute("data-open")) set(false); });
}

/** The day as a slider: it tells the day while it moves and goes there once it is let go. */
function time() {
  const slider = document.getElementById("time");
  if (!slider) return;
  const days = slider.dataset.days.split(" ");
  const words = slider.dataset.words.split("|");
  const field = slider.form.elements.as_of;
  slider.addEventListener("input", () => {
    field.value = days[Number(slider.value)];
    slider.form.querySelector("output").textContent = words[Number(slider.value)];
    slider.setAttribute("aria-valuetext", words[Number(slider.value)]);
  });
  // By keyboard every press is a change: the page waits until the hand rests.
  let rest = 0;
  slider.addEventListener("change", () => { clearTimeout(rest); rest = setTimeout(() => slider.form.requestSubmit(), 700); });
}

function wholeScreen() {
  const button = document.getElementById("whole-screen");
  if (!button || !document.fullscreenEnabled) { button?.remove(); return; }
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.getElementById("content").requestFullscreen();
  });
}

function begin() {
  sheet();
  time();
  wholeScreen();
  if (!picture) {
    filters(null);
    gaps(null);
    return;
  }
  if (innerWidth <= 640 && !address.searchParams.has("show") && !address.searchParams.has("select") && !came) {
    location.replace(stage.dataset.table);
    return;
  }
  const scene = new Scene(document.getElementById("canvas"), JSON.parse(picture.textContent));
  scene.cover = inspector;
  filters(scene);
  inspecting(scene);
  gaps(scene);
  keyboard(scene);
  const [selected, ends] = [chosenIds(), address.searchParams.get("path")];
  document.getElementById("several")?.addEventListener("click", ({ currentTarget: button }) => {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  });
  if (came && !selected.length && !ends) cameIn(scene, JSON.parse(came.textContent));
  else if (ends) way(scene);
  else if (selected.length > 1) {
    several(scene, selected).then(() => scene.fit(false, selected.filter((id) => scene.nodes.has(id)), 1.1));
  } else if (selected.length) {
    inspect(scene, selected[0]).then(() => {
      if (scene.near) scene.fit(false, scene.near, 1.1);
    });
  }
  window.scene = scene;
  performance.mark("map-drawn");
}

begin();

/** The picture of what is shown: the server draws it from this page's own address. */
function pictureAddress() {
  const there = new URL(location.href);
  there.pathname += ".svg";
  there.searchParams.set("download", "1");
  return there;
}

function pictures() {
  const svg = document.getElementById("as-svg");
  const png = document.getElementById("as-png");
  if (!svg || !png) return;
  svg.addEventListener("click", () => { svg.href = pictureAddress().href; });
  png.addEventListener("click", async () => {
    const image = new Image();
    image.src = pictureAddress().href;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const link = document.createElement("a");
    link.download = `${document.title.split(" · ")[0]}.png`;
    link.href = canvas.toDataURL("image/png");
    link.click();
  });
}

pictures();
