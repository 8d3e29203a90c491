// @ts-check
// How wide words are: by a table of the shipped font, so that a saved picture says the same.

import { WIDTHS } from "./widths.js";

/** In thousandths of their size: letters of other alphabets, and of scripts that are written in squares. */
const [OTHER, SQUARE] = [600, 1000];
const SQUARES_FROM = 0x1100;

/** @type {Record<string, Map<string, number>>} */
const TABLES = Object.fromEntries(Object.entries(WIDTHS).map(([weight, rows]) =>
  [weight, new Map(Object.entries(rows).flatMap(([width, letters]) => [...letters].map((letter) => [letter, Number(width)])))]));

/**
 * The width of a line of words in pixels.
 * @param {string} words
 * @param {number} size
 * @param {500 | 700} weight
 */
export function widthOf(words, size, weight) {
  const table = TABLES[weight];
  let sum = 0;
  for (const letter of words) sum += table.get(letter) ?? ((letter.codePointAt(0) ?? 0) >= SQUARES_FROM ? SQUARE : OTHER);
  return (sum * size) / 1000;
}
