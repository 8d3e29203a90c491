// The cases of labels.json, to which the saved picture is held as well (tests/web/test_lettering.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { Boxes } from "../../webapp/static/js/map/boxes.js";
import { widthOf } from "../../webapp/static/js/map/letters.js";
import { boxOf, place } from "../../webapp/static/js/map/placing.js";
import { versions } from "../../webapp/static/js/map/words.js";

const cases = JSON.parse(readFileSync(new URL("labels.json", import.meta.url), "utf8"));
const near = (a, b) => Math.abs(a - b) < 1e-6;

test("names break, are shortened and are as wide as in the cases", () => {
  for (const { name, forms, widths } of cases.names) {
    assert.deepEqual(versions(name), forms);
    for (const weight of [500, 700]) assert.ok(near(widthOf(name, 13, weight), widths[weight]), name);
  }
});

test("names stand where they do in the cases", () => {
  for (const { bounds, marks, places } of cases.desks) {
    const desk = { texts: new Boxes(), shapes: new Boxes(), firsts: new Boxes() };
    for (const { x, y, r } of marks) desk.shapes.add(x - r, y - r, x + r, y + r);
    marks.forEach(({ name, x, y, r, standing }, i) => {
      const letters = { line: 15, widthOf: (line) => widthOf(line, 13, 500) };
      const found = place(versions(name), { x, y, r: r + 4 }, letters, bounds, desk, standing);
      if (found) desk.texts.add(...boxOf(found));
      const said = found ? { lines: found.lines, box: boxOf(found), away: found.away } : null;
      assert.deepEqual(said?.lines, places[i]?.lines, name);
      assert.equal(said?.away, places[i]?.away);
      said?.box.forEach((side, n) => assert.ok(near(side, places[i].box[n]), `${name} ${side}`));
    });
  }
});
