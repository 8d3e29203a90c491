// The words of an address that the map reads and writes.

import assert from "node:assert/strict";
import test from "node:test";

import { carried, ids, keepOurs, pinned, pins, servedBy, write } from "../../webapp/static/js/map/state.js";

const at = (words) => new URL(`http://map.test/en/map?${words}`);

test("selecting, filtering and pinning need nothing of the server; a day or a colour does", () => {
  assert.equal(servedBy(at("colour=sector&select=org:a&hide=Person&pins=org:a@1:2")), servedBy(at("colour=sector")));
  assert.notEqual(servedBy(at("as_of=2025-01-01")), servedBy(at("as_of=2024-01-01")));
  assert.equal(servedBy(at("a=1&b=2")), servedBy(at("b=2&a=1")));
});

test("what is empty leaves the address", () => {
  const address = at("select=org:a&steps=2&only=1");
  write(address, { select: "org:b", steps: null, only: false, mark: "", gaps: true });
  assert.equal(address.search, "?select=org%3Ab&gaps=true");
});

test("ids of ties keep the commas of their keys", () => {
  assert.deepEqual(ids("org:a,org:b"), ["org:a", "org:b"]);
  assert.deepEqual(ids(""), []);
  const tie = "MEMBER_OF|org:a|org:b|2020, renewed";
  assert.deepEqual(ids(`${tie},org:c`), [tie, "org:c"]);
  assert.deepEqual(ids(`org:c,${tie},FUNDS|org:a|project:x|`), ["org:c", tie, "FUNDS|org:a|project:x|"]);
});

test("pins are read as they were written; what stands off the canvas or is no number is none", () => {
  const places = new Map([["org:a", [10, -20]], ["org:x@y", [3, 4]]]);
  assert.deepEqual(pins(pinned(places), [-100, -100, 100, 100]), places);
  assert.equal(pins("org:a@500:0,org:b@x:1,org:c", [-100, -100, 100, 100]).size, 0);
});

test("links of the page get what the scripts read, other pages the view", () => {
  const here = at("select=org:a&hide=Person&as_of=2025-01-01&colour=sector");
  const link = at("hide=City&steps=3&show=table");
  keepOurs(here, link);
  assert.equal(link.search, "?hide=Person&show=table&select=org%3Aa");
  assert.equal(carried(here, new URL("http://map.test/en/ways"), ["select"]).search, "?as_of=2025-01-01&select=org%3Aa");
});
