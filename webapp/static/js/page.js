// @ts-check
// What every script of a page needs: its texts, elements made of text alone, and who is told.

export const texts = JSON.parse(document.getElementById("texts").textContent);
export const language = document.documentElement.lang;

/** An element with attributes and children; text is only ever set as text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function announce(words) {
  const live = document.getElementById("live");
  live.textContent = "";
  setTimeout(() => { live.textContent = words; }, 40);
}

export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** What an address answers as JSON; its own words where it refuses. */
export async function ask(address, signal) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
  const said = await answer.json();
  if (!answer.ok) throw new Error([said.detail, said.hint].filter(Boolean).join(" "));
  return said;
}
