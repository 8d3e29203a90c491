// Who stands around whom.

import assert from "node:assert/strict";
import test from "node:test";

import { aroundTheMiddle, rings } from "../../webapp/static/js/map/rings.js";

/** A graph of kinds by id, and ties "from KIND to". */
function graph(kinds, lines) {
  const nodes = new Map(Object.entries(kinds).map(([id, group], i) => [id, { id, group, x: Math.cos(i), y: Math.sin(i) }]));
  const ties = new Map([...nodes.keys()].map((id) => [id, []]));
  for (const line of lines) {
    const [from, group, to] = line.split(" ");
    const tie = { id: line, from, to, group };
    ties.get(from).push(tie);
    ties.get(to).push(tie);
  }
  return { nodes, ties, steps: new Set(["WORKS"]), tieShown: () => true };
}

test("the first ring is everybody tied, the next follow work alone and pass no city", () => {
  const town = graph(
    { a: "Organisation", b: "Organisation", c: "Organisation", d: "Organisation", sofia: "City", e: "Organisation" },
    ["a WORKS b", "b WORKS c", "b LOCATED d", "a LOCATED sofia", "sofia WORKS e"],
  );
  const { depth, walked } = rings(town, ["a"], 3);
  assert.deepEqual(Object.fromEntries(depth), { a: 0, b: 1, sofia: 1, c: 2 });
  assert.deepEqual(Object.fromEntries(walked), { "a WORKS b": 1, "a LOCATED sofia": 1, "b WORKS c": 2 });
});

test("a neighbourhood stands round its middle, each ring further out and nobody on another", () => {
  const ids = Array.from({ length: 40 }, (_, i) => `n${i}`);
  const nodes = new Map(ids.map((id, i) => [id, { id, x: Math.cos(i), y: Math.sin(i) }]));
  const depth = new Map(ids.map((id, i) => [id, i === 0 ? 0 : i < 9 ? 1 : 2]));
  const places = aroundTheMiddle(depth, nodes);
  assert.deepEqual(places.get("n0"), { x: 0, y: 0 });
  const far = (id) => Math.hypot(places.get(id).x / 1.5, places.get(id).y);
  assert.ok(Math.max(...ids.slice(1, 9).map(far)) < Math.min(...ids.slice(9).map(far)));
  for (const a of ids) for (const b of ids) {
    if (a < b) assert.ok(Math.hypot(places.get(a).x - places.get(b).x, places.get(a).y - places.get(b).y) > 30, `${a} ${b}`);
  }
});
