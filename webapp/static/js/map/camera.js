// @ts-check
// Where the camera has to be so that something is seen in the part of the canvas that is free.

/**
 * @typedef {{ left: number, width: number, height: number, side: number, above: number, below: number }} Free
 * @typedef {[number, number, number, number]} Extent
 * @typedef {{ position: { x: number, y: number }, scale: number }} Camera
 */

/**
 * @param {[number, number][]} points
 * @returns {Extent}
 */
export function extent(points) {
  if (!points.length) return [-1, -1, 1, 1];
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const least = (/** @type {number[]} */ all) => all.reduce((a, b) => Math.min(a, b));
  const most = (/** @type {number[]} */ all) => all.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), most(xs), most(ys)];
}

/**
 * The room that the edges of a canvas and the buttons along its top and its foot need.
 * @param {number} left    where the free part begins
 * @param {number} width
 * @param {number} height
 * @param {number} head  how far down the buttons at the top reach
 * @param {number} foot  how far up those at the foot reach
 * @returns {Free}
 */
export function free(left, width, height, head, foot) {
  const most = height / 3;
  return { left, width, height, side: width > 700 ? 64 : 30, above: Math.min(most, head + 28), below: Math.min(most, foot + 24) };
}

/**
 * The camera that looks at an extent; it looks at the middle of the canvas, of which a part may
 * be covered.
 * @param {Extent} extent
 * @param {Free} free
 * @param {number} whole  the width of the canvas with what is covered
 * @param {number} most   the largest scale
 * @param {number} [tall] the height of the canvas with what is covered
 * @returns {Camera}
 */
export function fitting([left, top, right, bottom], { left: begins, width, height, side, above, below }, whole, most, tall = height) {
  const scale = Math.max(0.01, Math.min(
    most, (width - 2 * side) / Math.max(1, right - left), (height - above - below) / Math.max(1, bottom - top),
  ));
  return {
    scale,
    position: {
      x: (left + right) / 2 + (whole / 2 - begins - width / 2) / scale,
      y: (top + bottom) / 2 - (above - below) / 2 / scale + (tall - height) / 2 / scale,
    },
  };
}
