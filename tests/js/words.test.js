// Names as lines: nothing is lost in the whole name, and what is shortened says so.

import assert from "node:assert/strict";
import test from "node:test";

import { LETTERS, shorten, versions, wrap } from "../../webapp/static/js/map/words.js";

const NAMES = [
  "София", "Софийски университет „Св. Климент Охридски“", "Faculty of Mathematics and Informatics",
  "Национална асоциация на общините в Република България", "Donaudampfschifffahrtsgesellschaft", "a  b",
];

test("lines are broken between words and lose none", () => {
  for (const name of NAMES) {
    const lines = wrap(name);
    assert.equal(lines.join(" "), name.split(/\s+/).join(" "));
    for (const line of lines) assert.ok(line.length <= LETTERS || !line.includes(" "), line);
  }
});

test("what is too long ends with three dots and is no longer than it may be", () => {
  assert.equal(shorten("Sofia", 5), "Sofia");
  assert.equal(shorten("Sofia Tech Park", 7), "Sofia…");
});

test("a name has a whole form, one of two lines and a short one", () => {
  assert.deepEqual(versions("Национална асоциация на общините в Република България"), [
    ["Национална асоциация на", "общините в Република", "България"],
    ["Национална асоциация на", "общините в Република …"],
    ["Национална…"],
  ]);
  assert.deepEqual(versions("София"), [["София"], ["София"], ["София"]]);
  assert.deepEqual(versions("Sofia Municipality")[2], ["Sofia Municipality"]);
  assert.deepEqual(versions("Technical University – Sofia")[2], ["Technical…"]);
  assert.deepEqual(versions("Third Digital Cities Challenge seminar")[2], ["Third Digital…"]);
});
