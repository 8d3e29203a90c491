// Boxes on the screen: whether a place is free, and how much of it is taken.

import assert from "node:assert/strict";
import test from "node:test";

import { Boxes } from "../../webapp/static/js/map/boxes.js";

test("boxes that only touch leave each other free", () => {
  const boxes = new Boxes();
  boxes.add(0, 0, 10, 10);
  assert.ok(boxes.free(10, 0, 20, 10));
  assert.ok(boxes.free(0, 10, 10, 20));
  assert.ok(!boxes.free(9, 9, 20, 20));
});

test("what is shared counts once however many cells it lies in, and twice under two boxes", () => {
  const boxes = new Boxes();
  boxes.add(-100, -100, 200, 200);
  assert.equal(boxes.covered(-50, -50, 150, 150), 200 * 200);
  boxes.add(0, 0, 64, 64);
  assert.equal(boxes.covered(-50, -50, 150, 150), 200 * 200 + 64 * 64);
});

test("what the grid says is what every box by itself says", () => {
  const boxes = new Boxes();
  let seed = 7;
  const next = (most) => { seed = (seed * 16807) % 2147483647; return (seed % (2 * most)) - most; };
  const all = Array.from({ length: 60 }, () => {
    const [x, y] = [next(400), next(400)];
    return [x, y, x + 1 + Math.abs(next(90)), y + 1 + Math.abs(next(90))];
  });
  for (const box of all) boxes.add(...box);
  for (let turn = 0; turn < 200; turn += 1) {
    const [x, y] = [next(500), next(500)];
    const asked = [x, y, x + 70, y + 40];
    const shared = all.reduce((sum, [a, b, c, d]) =>
      sum + Math.max(0, Math.min(c, asked[2]) - Math.max(a, asked[0])) * Math.max(0, Math.min(d, asked[3]) - Math.max(b, asked[1])), 0);
    assert.equal(boxes.covered(...asked), shared);
    assert.equal(boxes.free(...asked), shared === 0);
  }
});
