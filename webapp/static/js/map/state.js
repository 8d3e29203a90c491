// @ts-check
// The words of an address that the scripts of the map read, as values; nothing here knows the page.

/** What the scripts read of an address; whatever else differs, the server has to draw. */
export const OURS = ["select", "path", "through", "steps", "only", "pins", "hide", "hide_ties", "hide_values", "gaps", "mark", "came"];
/** The view of a page, which another page keeps. */
const VIEW = ["scope", "as_of", "reading", "undated", "people"];

/**
 * What the server draws of an address.
 * @param {URL} there
 */
export function servedBy(there) {
  return [...there.searchParams].filter(([name]) => !OURS.includes(name)).map(String).sort().join("&");
}

/**
 * Write words into an address; what is empty is left out.
 * @param {URL} address
 * @param {Record<string, string | boolean | null>} changes
 */
export function write(address, changes) {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "" || value === false) address.searchParams.delete(name);
    else address.searchParams.set(name, String(value));
  }
}

/**
 * Bring the words that the scripts read, and no others, from one address into another.
 * @param {URL} from
 * @param {URL} there
 */
export function keepOurs(from, there) {
  write(there, Object.fromEntries(OURS.map((name) => [name, from.searchParams.get(name)])));
}

/**
 * The view of a page, and the named words, in the address of another.
 * @param {URL} from
 * @param {URL} there
 * @param {string[]} names
 */
export function carried(from, there, names) {
  for (const name of [...VIEW, ...names]) {
    const value = from.searchParams.get(name);
    if (value !== null) there.searchParams.set(name, value);
  }
  return there;
}

/**
 * The ids of a list; that of a tie may hold a comma in its key.
 * @param {string} said
 */
export function ids(said) {
  return said.split(said.includes("|") ? /,(?=\s*(?:[a-z]+:[^\s,|]+(?:,|$)|[A-Z_]+\|))/ : ",").filter(Boolean);
}

/**
 * Pins as the address keeps them: ``id@x:y``, with commas between; those on the canvas.
 * @param {string} said
 * @param {[number, number, number, number]} canvas
 * @returns {Map<string, [number, number]>}
 */
export function pins(said, [left, top, right, bottom]) {
  /** @type {Map<string, [number, number]>} */
  const found = new Map();
  for (const one of said.split(",").filter(Boolean)) {
    const at = one.lastIndexOf("@");
    const [x, y] = one.slice(at + 1).split(":").map(Number);
    if (x >= left && x <= right && y >= top && y <= bottom) found.set(one.slice(0, at), [x, y]);
  }
  return found;
}

/** @param {Map<string, [number, number]>} places */
export const pinned = (places) => [...places].map(([id, [x, y]]) => `${id}@${x}:${y}`).join(",");
