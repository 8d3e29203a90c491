// @ts-check
// Where a name stands beside its mark, among all that stands there already; `webapp/lettering.py`
// has the same rule for the saved picture, and both are held to the same cases.

/**
 * @typedef {import("./boxes.js").Box} Box
 * @typedef {import("./boxes.js").Boxes} Boxes
 * @typedef {{ x: number, y: number, r: number }} Mark  its middle, and how far its name keeps from it
 * @typedef {{ texts: Boxes, shapes: Boxes, firsts: Boxes }} Taken  what is written, all marks, those of the first
 * @typedef {"left" | "right" | "center"} Align
 * @typedef {{ x: number, y: number, wide: number, tall: number, align: Align, lines: string[], away: number }} Place
 * @typedef {{ must?: boolean, first?: boolean, crowded?: boolean, many?: boolean }} Standing
 */

// How far from its mark a name may be moved; from the second on a line leads back to the mark.
const AWAY = [0, 14, 30, 52];
/** So many square pixels of marks a name covers before it moves a pixel away. */
const MOVING = 9;
/** And so many before it is shortened. */
const SHORTENING = 350;

/**
 * The eight places of a name around its mark.
 * @param {Mark} mark
 * @param {number} wide
 * @param {number} tall
 * @returns {{ x: number, y: number, align: Align }[]}
 */
export function around({ x, y, r }, wide, tall) {
  const slant = r * 0.75;
  return [
    { x: x + r, y: y - tall / 2, align: "left" },
    { x: x - r - wide, y: y - tall / 2, align: "right" },
    { x: x - wide / 2, y: y + r - 1, align: "center" },
    { x: x - wide / 2, y: y - r - tall + 1, align: "center" },
    { x: x + slant, y: y + slant - 3, align: "left" },
    { x: x + slant, y: y - slant - tall + 3, align: "left" },
    { x: x - slant - wide, y: y + slant - 3, align: "right" },
    { x: x - slant - wide, y: y - slant - tall + 3, align: "right" },
  ];
}

/** @param {Place} place @returns {Box} */
export const boxOf = ({ x, y, wide, tall }) => [x, y, x + wide, y + tall];

/**
 * The first place that covers nothing; for who must have a name, the one that covers least. Whoever is chosen among several
 * stands close to others of them (`crowded`): their names move away before they cover a mark, and of `many` the list has every name.
 * @param {string[][]} forms  the name from its longest form to its shortest, as lines
 * @param {Mark} mark
 * @param {{ line: number, widthOf: (line: string) => number }} letters  how tall a line is, how wide one
 * @param {Box} bounds  where names may stand
 * @param {Taken} taken
 * @param {Standing} standing
 * @returns {Place | undefined}
 */
export function place(forms, mark, { line, widthOf }, bounds, taken, { must, first, crowded, many }) {
  const options = forms.flatMap((lines) => {
    const wide = Math.max(...lines.map(widthOf));
    const tall = lines.length * line;
    return (must ? AWAY : [0]).flatMap((away) => around({ ...mark, r: mark.r + away }, wide, tall)
      .map((one) => ({ ...one, wide, tall, lines, away })));
  });
  const [left, top, right, bottom] = bounds;
  const inside = options.filter(({ x, y, wide, tall }) => x >= left && y >= top && x + wide <= right && y + tall <= bottom);
  const open = inside.filter((one) => taken.texts.free(...boxOf(one)));
  const best = open.find((one) => !one.away && taken.shapes.free(...boxOf(one)));
  if (best || !must) return best;
  const clear = crowded ? open.find((one) => taken.shapes.free(...boxOf(one))) : undefined;
  if (clear || (crowded && many)) return clear;
  const polite = first ? open.filter((one) => taken.firsts.free(...boxOf(one))) : open;
  return least(polite.length ? polite : open, (one) =>
    taken.shapes.covered(...boxOf(one)) + MOVING * one.away + (one.lines === forms[0] ? 0 : SHORTENING));
}

/**
 * @param {Place[]} places
 * @param {(place: Place) => number} cost
 */
function least(places, cost) {
  /** @type {Place | undefined} */
  let best;
  let lowest = Infinity;
  for (const one of places) {
    const its = cost(one);
    if (its < lowest) [best, lowest] = [one, its];
  }
  return best;
}
