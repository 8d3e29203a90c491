// @ts-check

/** @typedef {[number, number, number, number]} Box  left, top, right, bottom */

const CELL = 64;

/** Boxes on the screen in a coarse grid, to find quickly whether a place is free. */
export class Boxes {
  constructor() {
    /** @type {Map<number, Box[]>} */
    this.cells = new Map();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  key(x, y) { return Math.floor(x / CELL) * 65536 + Math.floor(y / CELL); }

  /**
   * @param {number} x1
   * @param {number} y1
   * @param {number} x2
   * @param {number} y2
   */
  * keys(x1, y1, x2, y2) {
    for (let i = Math.floor(x1 / CELL); i <= Math.floor(x2 / CELL); i += 1) {
      for (let j = Math.floor(y1 / CELL); j <= Math.floor(y2 / CELL); j += 1) yield i * 65536 + j;
    }
  }

  /** @param {Box} box */
  add(...box) {
    for (const key of this.keys(...box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }

  /** @param {Box} box */
  free(...box) { return this.covered(...box) === 0; }

  /**
   * How much of a box is taken, in square pixels; what is taken twice counts twice.
   * @param {Box} box
   */
  covered(...[x1, y1, x2, y2]) {
    let sum = 0;
    for (const key of this.keys(x1, y1, x2, y2)) {
      for (const [a, b, c, d] of this.cells.get(key) ?? []) {
        if (x1 >= c || x2 <= a || y1 >= d || y2 <= b) continue;
        const [left, top] = [Math.max(x1, a), Math.max(y1, b)];
        // Two boxes meet in several cells: what they share counts in that of its upper left corner.
        if (this.key(left, top) === key) sum += (Math.min(x2, c) - left) * (Math.min(y2, d) - top);
      }
    }
    return sum;
  }
}
