// @ts-check
// What can be done with one thing of the map: right click, long press, the key for menus.

import { announce, fill, texts } from "../page.js";
import { alone, inspect, inspector } from "./inspector.js";
import { address, carry } from "./trail.js";

/** The menu of a scene; ``ways`` is called to choose the other end. Gives what opens it. */
export function menu(scene, ways) {
  const list = Object.assign(document.createElement("ul"), { className: "node-menu sheet", hidden: true });
  list.setAttribute("role", "menu");
  scene.holder.after(list);
  const close = (focus) => {
    if (list.hidden) return;
    list.hidden = true;
    if (focus) scene.holder.focus();
  };
  const items = () => [...list.querySelectorAll("[role=menuitem]")];
  list.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.findIndex((one) => one === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[(to + all.length) % all.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  addEventListener("pointerdown", (event) => { if (!list.contains(event.target)) close(false); });
  return (id) => {
    const node = scene.nodes.get(id);
    if (!node || node.count) return;
    list.setAttribute("aria-label", node.label);
    list.replaceChildren(...acts(scene, node, ways).map(([words, act]) => item(words, () => { close(true); act(); })));
    list.hidden = false;
    const at = scene.screen(node.x, node.y);
    const { clientWidth: width, clientHeight: height } = scene.holder;
    list.style.insetInlineStart = `${Math.max(8, Math.min(at.x + 12, width - list.offsetWidth - 8))}px`;
    list.style.insetBlockStart = `${Math.max(8, Math.min(at.y + 12, height - list.offsetHeight - 8))}px`;
    items()[0].focus();
  };
}

function item(words, act) {
  const made = document.createElement("li");
  made.setAttribute("role", "none");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  button.setAttribute("role", "menuitem");
  button.addEventListener("click", act);
  made.append(button);
  return made;
}

function acts(scene, { id, label }, ways) {
  const found = [
    [texts.menu_focus, () => inspect(scene, id)],
    [texts.menu_only, () => alone(scene, id)],
    [texts.menu_ways, () => ways(id)],
    [texts.menu_without, () => location.assign(imagined(id))],
    [texts.menu_correct, () => correct(scene, id)],
    [texts.menu_copy, () => copy(id, label)],
  ];
  return ["Organisation", "Person", "City"].includes(scene.nodes.get(id).group) ? found : found.filter(([words]) => words !== texts.menu_ways);
}

/** The page that tells what would be if this were not there. */
function imagined(id) {
  const there = carry(new URL(location.pathname.replace(/map$/, "what-if"), location.href), []);
  there.searchParams.set("sort", "remove");
  there.searchParams.set("id", id);
  return there.href;
}

async function correct(scene, id) {
  await inspect(scene, id);
  const form = inspector.querySelector("details.deciding textarea")?.closest("details");
  if (!form) return;
  form.open = true;
  form.querySelector("textarea").focus();
}

async function copy(id, label) {
  const there = new URL(address);
  for (const name of ["path", "through", "mark"]) there.searchParams.delete(name);
  there.searchParams.set("select", id);
  await write(there.href);
  announce(fill(texts.copied, { name: label }));
}

/** Browsers give the clipboard to pages of this machine and over TLS alone; elsewhere the old way. */
async function write(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const field = Object.assign(document.createElement("textarea"), { value: words });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  return field.remove();
}
