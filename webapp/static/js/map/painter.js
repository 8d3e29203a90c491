// @ts-check
// Draws islands and marks in the coordinates of the map; what is drawn how strongly, the scene says.

import { outline } from "./shapes.js";

export const FONT = '"Sofia Sans", system-ui, sans-serif';

const COLOURS = [
  "ground", "paper", "ink", "muted", "accent", "island", "island-line", "gap", "gap-tint", "tie-plain",
  "tie-mentoring", "tie-funding", "tie-faint", "kind-organisation", "kind-person", "kind-project",
  "kind-city", "kind-programme", "kind-event", "kind-theme",
  ...Array.from({ length: 15 }, (_, i) => `tone-${i}`),
];

/**
 * The colours of the theme that is on, by their names in the style sheet.
 * @param {HTMLElement} holder
 * @returns {Record<string, string>}
 */
export function colours(holder) {
  const style = getComputedStyle(holder);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Islands under everything; those of a gap in the tint of gaps. */
export function drawIslands(scene, ctx) {
  const scale = scene.network.getScale();
  for (const one of scene.alone ? [] : scene.islands) {
    const tinted = scene.marks.some((mark) => mark.look === "tint" && mark.territories.includes(one.id));
    ctx.fillStyle = tinted ? scene.colours["gap-tint"] : one.external ? scene.colours.ground : scene.colours.island;
    ctx.strokeStyle = tinted ? scene.colours.gap : scene.colours["island-line"];
    ctx.lineWidth = (tinted ? 1.6 : 1) / scale;
    ctx.setLineDash(tinted ? [6 / scale, 4 / scale] : []);
    ctx.fill(one.path);
    ctx.stroke(one.path);
    ctx.setLineDash([]);
  }
}

/** What vis-network asks of a shape of one's own: how it is drawn, and its size. */
export function nodeShape(scene, { ctx, id, x, y }) {
  const node = scene.nodes.get(id);
  return {
    drawNode: () => {
      ctx.translate(x, y);
      ctx.globalAlpha = scene.strengthOf(node);
      drawRing(scene, ctx, node);
      if (node.group === "Group") drawGroup(scene, ctx, node);
      else drawMark(scene, ctx, node);
      if (scene.pins.has(id)) drawPin(scene, ctx, node);
    },
    nodeDimensions: { width: 2.3 * node.size, height: 2.3 * node.size },
  };
}

function drawRing(scene, ctx, node) {
  const picked = scene.isPicked(node.id);
  if (!picked && node.id !== scene.hovered && node.id !== scene.cursor) return;
  ctx.fillStyle = picked ? scene.colours.accent : scene.colours.muted;
  ctx.fill(outline(node.group, node.size + (picked ? 5 : 3)));
  ctx.fillStyle = scene.colours.paper;
  ctx.fill(outline(node.group, node.size + 2));
}

function drawMark(scene, ctx, node) {
  const radius = node.size;
  const colour = scene.toneOf(node) ?? scene.kindColour(node.group);
  const path = outline(node.group, radius);
  const open = node.hollow || node.group === "Theme";
  ctx.fillStyle = open ? scene.colours.paper : colour;
  ctx.fill(path);
  ctx.lineWidth = open ? Math.max(1.4, radius * 0.2) : 1.2;
  ctx.strokeStyle = open ? colour : scene.colours.island;
  ctx.stroke(path);
  if (node.hollow) letter(ctx, "?", colour, 1.3 * radius, radius * 0.08);
  // A dash: what gives colour or size is not recorded of it, which is not zero.
  if (node.silent && !node.hollow) {
    ctx.beginPath();
    ctx.moveTo(-radius / 2, 0);
    ctx.lineTo(radius / 2, 0);
    ctx.lineWidth = Math.max(1.6, radius * 0.16);
    ctx.strokeStyle = scene.colours.ink;
    ctx.stroke();
  }
}

function letter(ctx, words, colour, size, down) {
  ctx.fillStyle = colour;
  ctx.font = `700 ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(words, 0, down);
}

/** Many things folded into one: a ring with their number. */
function drawGroup(scene, ctx, node) {
  const circle = outline("Person", node.size);
  ctx.fillStyle = scene.colours.paper;
  ctx.fill(circle);
  ctx.lineWidth = scene.isPicked(node.id) || node.id === scene.hovered ? 3 : 1.6;
  ctx.strokeStyle = scene.colours.muted;
  ctx.stroke(circle);
  letter(ctx, node.count, scene.colours.ink, node.size * Math.min(0.85, 2.1 / String(node.count).length), 1);
}

/** The head of a pin: this one stands where a reader has put it. */
function drawPin(scene, ctx, node) {
  ctx.beginPath();
  ctx.arc(node.size * 0.8, -node.size * 0.8, Math.max(3, node.size * 0.22), 0, 2 * Math.PI);
  ctx.fillStyle = scene.colours.ink;
  ctx.fill();
  ctx.lineWidth = 1.4;
  ctx.strokeStyle = scene.colours.paper;
  ctx.stroke();
}
