// Where names stand: beside their mark where it is free, and never over another name.

import assert from "node:assert/strict";
import test from "node:test";

import { Boxes } from "../../webapp/static/js/map/boxes.js";
import { around, boxOf, place } from "../../webapp/static/js/map/placing.js";

const letters = { line: 15, widthOf: (line) => 7 * line.length };
const bounds = [0, 0, 1000, 700];
const taken = () => ({ texts: new Boxes(), shapes: new Boxes(), firsts: new Boxes() });
const mark = { x: 500, y: 350, r: 10 };

test("of eight places none covers the mark", () => {
  for (const { x, y } of around(mark, 70, 15)) {
    const clear = x >= 505 || x + 70 <= 495 || y >= 355 || y + 15 <= 345;
    assert.ok(clear, `${x} ${y}`);
  }
});

test("a name stands at the right, else at the left, else below", () => {
  const desk = taken();
  const sides = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const found = place([["Sofia"]], mark, letters, bounds, desk, {});
    desk.texts.add(...boxOf(found));
    sides.push([found.x, found.y, found.align]);
  }
  assert.deepEqual(sides, [[510, 342.5, "left"], [455, 342.5, "right"], [482.5, 359, "center"]]);
});

test("a shorter form is taken before a name is left out", () => {
  const desk = taken();
  const narrow = [480, 330, 560, 370];
  assert.deepEqual(place([["Sofia Tech Park"], ["Sofia…"]], mark, letters, narrow, desk, {}).lines, ["Sofia…"]);
  assert.equal(place([["Sofia Tech Park"]], mark, letters, narrow, desk, {}), undefined);
});

test("who must have a name covers marks before it has none, and never another name", () => {
  const desk = taken();
  desk.shapes.add(300, 200, 700, 500);
  assert.equal(place([["Sofia"]], mark, letters, bounds, desk, {}), undefined);
  const found = place([["Sofia"]], mark, letters, bounds, desk, { must: true, first: true });
  assert.equal(found.away, 0);
  desk.texts.add(0, 0, 1000, 700);
  assert.equal(place([["Sofia"]], mark, letters, bounds, desk, { must: true, first: true }), undefined);
});

test("of many that are chosen a name is left out rather than laid over marks", () => {
  const desk = taken();
  desk.shapes.add(300, 200, 700, 500);
  assert.equal(place([["Sofia"]], mark, letters, bounds, desk, { must: true, crowded: true, many: true }), undefined);
  assert.ok(place([["Sofia"]], mark, letters, bounds, desk, { must: true, crowded: true }));
});
