// @ts-check
// A box for a name: what bears it is offered below, in the search and wherever an actor is asked.

import { announce, ask, element, fill, language, texts } from "./page.js";

const MOST = 8;
const PAUSE = 120;
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

function optionOf(item, id) {
  const option = element("li", { role: "option", id, "aria-selected": "false" },
    shape(item.kind), item.no_longer ? element("s", { class: "gone" }, named(item.shown, item.lang)) : named(item.shown, item.lang),
    item.no_longer ? element("span", { class: "chip gone" }, item.no_longer) : null,
    element("span", { class: "kind-name" }, item.kind_name));
  Object.assign(option.dataset, { id: item.id, name: item.shown, href: item.href });
  return option;
}

/**
 * A combobox after the pattern of WAI-ARIA: `take` gets the option that is chosen.
 * `firstOnEnter` says whether Enter without a choice takes the first of them.
 */
export function combobox(input, { kinds = [], take, firstOnEnter = () => false }) {
  const list = element("ul", { role: "listbox", id: `${input.id}-suggestions`, hidden: true, "aria-label": texts.suggestions });
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
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
  const open = (option) => { close(); take(option); };
  const suggest = async () => {
    const words = input.value.trim();
    pending.abort();
    if (!words) return close();
    pending = new AbortController();
    const address = new URL(document.querySelector("form.search").dataset.suggest, location.href);
    address.search = String(new URLSearchParams([["q", words], ["limit", String(MOST)], ["lang", language], ...kinds.map((kind) => ["kind", kind])]));
    let answer;
    try {
      answer = await ask(address, pending.signal);
    } catch (caught) {
      const error = /** @type {Error} */ (caught);
      if (error.name !== "AbortError") announce(error.message);
      return undefined;
    }
    list.replaceChildren(...answer.items.map((item, i) => optionOf(item, `${input.id}-option-${i}`)));
    if (!answer.items.length) {
      list.append(element("li", { class: "empty", role: "option", "aria-disabled": "true", id: `${input.id}-option-none` }, texts.nothing_found));
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    announce(answer.items.length ? fill(texts.found, { n: answer.items.length }) : texts.nothing_found);
    return undefined;
  };
  const openFirst = async () => {
    clearTimeout(timer);
    await suggest();
    const first = options().find((one) => one.dataset.id);
    if (first) open(first);
  };
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option?.dataset.id) open(option);
  });
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, PAUSE); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && options()[chosen]?.dataset.id) {
      event.preventDefault();
      open(options()[chosen]);
    } else if (event.key === "Enter" && firstOnEnter()) {
      event.preventDefault();
      openFirst();
    }
  });
  input.addEventListener("blur", () => { clearTimeout(timer); close(); });
}

/** A box that asks for an actor: what is chosen is sent by its id, what is typed by its name. */
function picker(input) {
  const { name } = input;
  const sent = element("input", { type: "hidden" });
  input.before(sent);
  const say = (id) => {
    sent.value = id;
    [sent.name, input.name] = id ? [name, ""] : ["", name];
  };
  say(input.dataset.id ?? "");
  input.addEventListener("input", () => say(""));
  combobox(input, {
    kinds: (input.dataset.pick || "").split(" ").filter(Boolean),
    take: (option) => {
      input.value = option.dataset.name;
      say(option.dataset.id);
    },
  });
}

export function pickers(within = document) {
  within.querySelectorAll("input[data-pick]").forEach(picker);
}
