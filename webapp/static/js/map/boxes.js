// @ts-check

/** @typedef {[number, number, number, number]} Box  left, top, right, bottom */

/** Boxes on the screen in a coarse grid, to find quickly whether a place is free. */
export class Boxes {
  constructor() {
    /** @type {Map<number, Box[]>} */
    this.cells = new Map();
  }

  /**
   * @param {number} x1
   * @param {number} y1
   * @param {number} x2
   * @param {number} y2
   */
  * keys(x1, y1, x2, y2) {
    for (let i = Math.floor(x1 / 64); i <= Math.floor(x2 / 64); i += 1) {
      for (let j = Math.floor(y1 / 64); j <= Math.floor(y2 / 64); j += 1) yield i * 65536 + j;
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
    const met = new Set();
    let sum = 0;
    for (const key of this.keys(x1, y1, x2, y2)) {
      for (const one of this.cells.get(key) ?? []) {
        if (met.has(one)) continue;
        met.add(one);
        const [a, b, c, d] = one;
        if (x1 < c && x2 > a && y1 < d && y2 > b) sum += (Math.min(x2, c) - Math.max(x1, a)) * (Math.min(y2, d) - Math.max(y1, b));
      }
    }
    return sum;
  }
}
