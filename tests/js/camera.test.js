// The camera: what it looks at is in the middle of the free part, as large as fits.

import assert from "node:assert/strict";
import test from "node:test";

import { extent, fitting, free } from "../../webapp/static/js/map/camera.js";

/** Where a point of the map stands on a canvas, by what vis-network does with a camera. */
const seen = ({ position, scale }, [x, y], [width, height]) =>
  [(x - position.x) * scale + width / 2, (y - position.y) * scale + height / 2];

test("the extent of points is their box, and of none a small one round the origin", () => {
  assert.deepEqual(extent([[3, -2], [-5, 7], [0, 0]]), [-5, -2, 3, 7]);
  assert.deepEqual(extent([]), [-1, -1, 1, 1]);
});

test("a large picture has an extent", () => {
  const many = Array.from({ length: 300_000 }, (_, i) => [i, 1 - i]);
  assert.deepEqual(extent(many), [0, -299_998, 299_999, 1]);
});

test("buttons above and below take at most a third of the height each", () => {
  assert.deepEqual(free(0, 1200, 800, 40, 30), { left: 0, width: 1200, height: 800, side: 64, above: 68, below: 54 });
  assert.deepEqual(free(0, 390, 300, 400, 400), { left: 0, width: 390, height: 300, side: 30, above: 100, below: 100 });
});

test("what is fitted fills the free part in one direction and lies in it in the other", () => {
  const room = free(0, 1000, 700, 0, 0);
  const camera = fitting([-400, -50, 400, 50], room, 1000, 6);
  assert.equal(camera.scale, (1000 - 2 * 64) / 800);
  const [left] = seen(camera, [-400, -50], [1000, 700]);
  const [right] = seen(camera, [400, 50], [1000, 700]);
  assert.ok(Math.abs(left - 64) < 1e-9 && Math.abs(right - 936) < 1e-9);
});

test("beside a panel the middle of the free part is the middle of what is seen", () => {
  const [whole, tall] = [1400, 900];
  for (const [begins, width, height] of [[0, 960, 900], [440, 960, 900], [0, 1400, 500]]) {
    const room = free(begins, width, height, 50, 20);
    const camera = fitting([100, 200, 500, 400], room, whole, 6, tall);
    const [x, y] = seen(camera, [300, 300], [whole, tall]);
    assert.ok(Math.abs(x - (begins + width / 2)) < 1e-9, `${x}`);
    assert.ok(Math.abs(y - (room.above + (height - room.above - room.below) / 2)) < 1e-9, `${y}`);
  }
});

test("a point is not blown up beyond the largest scale, and no window is too small", () => {
  assert.equal(fitting([5, 5, 5, 5], free(0, 1000, 700, 0, 0), 1000, 1.6).scale, 1.6);
  assert.equal(fitting([0, 0, 9, 9], free(0, 40, 20, 0, 0), 40, 1.6).scale, 0.01);
});
