// @ts-check
// Who stands around whom: rings of neighbours, and a neighbourhood laid out for itself.

/**
 * @typedef {{ nodes: Map<string, Thing>, ties: Map<string, Tie[]>, steps: Set<string>,
 *   tieShown: (tie: Tie) => boolean }} Graph
 */

const NO_WAY = new Set(["City", "Theme", "Group"]);

/** @param {Tie} tie @param {string} end */
export const other = (tie, end) => (tie.from === end ? tie.to : tie.from);

/**
 * The ties along which a focus goes from one thing: at first all, as its panel lists them; from
 * there work, funding and mentoring, and through no city, theme or group, which join everybody.
 * @param {Graph} graph
 * @param {string} id
 * @param {boolean} first
 */
function goes(graph, id, first) {
  const own = (graph.ties.get(id) ?? []).filter(graph.tieShown);
  if (first) return own;
  return NO_WAY.has(graph.nodes.get(id)?.group ?? "") ? [] : own.filter((tie) => graph.steps.has(tie.group) && !tie.count);
}

/**
 * How many steps away everything stands from where one begins, up to ``most``, and the ties walked.
 * @param {Graph} graph
 * @param {string[]} start
 * @param {number} most
 * @returns {{ depth: Map<string, number>, walked: Map<string, number> }}
 */
export function rings(graph, start, most) {
  /** @type {Map<string, number>} */
  const depth = new Map(start.map((id) => [id, 0]));
  /** @type {Map<string, number>} */
  const walked = new Map();
  let rim = start;
  for (let step = 1; step <= most; step += 1) {
    const next = [];
    for (const one of rim) {
      for (const tie of goes(graph, one, step === 1)) {
        const there = other(tie, one);
        if (!walked.has(tie.id)) walked.set(tie.id, step);
        if (!depth.has(there)) { depth.set(there, step); next.push(there); }
      }
    }
    rim = next;
  }
  return { depth, walked };
}

/**
 * Places for a neighbourhood alone: who is in the middle, and each ring around it in turn.
 * @param {Map<string, number>} depth
 * @param {Map<string, Thing>} nodes
 * @returns {Map<string, { x: number, y: number }>}
 */
export function aroundTheMiddle(depth, nodes, apart = 74) {
  const places = new Map();
  let radius = 0;
  for (let ring = 0; ring <= Math.max(0, ...depth.values()); ring += 1) {
    const angle = (/** @type {string} */ id) => Math.atan2(nodes.get(id)?.y ?? 0, nodes.get(id)?.x ?? 0);
    const inside = [...depth].filter(([, far]) => far === ring).map(([id]) => id)
      .sort((a, b) => angle(a) - angle(b) || (a < b ? -1 : 1));
    // A full ring is parted into circles, so that none grows beyond what a window shows.
    for (let from = 0; from < inside.length;) {
      if (ring > 0 || inside.length > 1) radius += from || ring > 1 ? apart * 1.2 : apart * 2;
      const room = radius ? Math.max(6, Math.floor((2 * Math.PI * radius) / apart)) : 1;
      const circle = inside.slice(from, from + room);
      circle.forEach((id, place) => {
        const turn = (2 * Math.PI * (place + (ring % 2) / 2)) / circle.length;
        places.set(id, { x: 1.5 * radius * Math.cos(turn), y: radius * Math.sin(turn) });
      });
      from += room;
    }
  }
  return places;
}
