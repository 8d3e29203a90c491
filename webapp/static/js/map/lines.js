// @ts-check
// What is drawn of ties beside the lines themselves, in screen pixels.

import { texts } from "../page.js";
import { FONT } from "./painter.js";

const DOUBTS_FROM_SCALE = 0.9;
const UNDATED_FONT = `italic 500 11.5px ${FONT}`;

/** From what is in the light to the chips of groups from elsewhere; at rest there are none. */
export function drawRays(scene, ctx) {
  const asked = scene.hovered ?? scene.selected;
  if (!asked || !scene.chipAt) return;
  for (const edge of scene.ties.get(asked) ?? []) {
    const [from, to] = [edge.from, edge.to].map((id) => scene.badges.spot(id));
    const chipped = scene.nodes.get(edge.from).chip || scene.nodes.get(edge.to).chip;
    if (!chipped || !from || !to || scene.filters.ties.has(edge.group)) continue;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.strokeStyle = scene.colours[`tie-${edge.look === "fold" ? "plain" : edge.look}`];
    ctx.lineWidth = 1.4;
    ctx.globalAlpha = 0.7;
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** A hollow mark with "?" in the middle of each inferred or illustrative tie that can be read. */
export function drawDoubts(scene, ctx) {
  if (!scene.near && scene.scale < DOUBTS_FROM_SCALE) return;
  ctx.font = `700 11px ${FONT}`;
  ctx.textAlign = "center";
  ctx.lineWidth = 1.4;
  for (const edge of scene.picture.edges) {
    if (!edge.hollow || !scene.graph.tieShown(edge) || (scene.near && !scene.nearTies.has(edge.id))) continue;
    const at = middle(scene, edge);
    ctx.beginPath();
    ctx.arc(at.x, at.y, 7, 0, 2 * Math.PI);
    ctx.fillStyle = scene.colours.paper;
    ctx.fill();
    ctx.strokeStyle = scene.colours.muted;
    ctx.stroke();
    ctx.fillStyle = scene.colours.ink;
    ctx.fillText("?", at.x, at.y + 0.5);
    scene.lettering.texts.add(at.x - 8, at.y - 8, at.x + 8, at.y + 8);
  }
}

/** The word for it on each lit tie of which no date is recorded, where there is room for it. */
export function drawUndated(scene, ctx) {
  scene.undated = 0;
  if (!scene.near) return;
  ctx.textAlign = "center";
  for (const edge of scene.picture.edges) {
    if (!edge.undated || !scene.nearTies.has(edge.id) || !scene.graph.tieShown(edge)) continue;
    const at = middle(scene, edge);
    const half = scene.lettering.width(ctx, texts.undated, UNDATED_FONT) / 2 + 2;
    const box = [at.x - half, at.y - 8, at.x + half, at.y + 8];
    if (!scene.lettering.texts.free(...box)) continue;
    scene.lettering.texts.add(...box);
    scene.lettering.write(ctx, [texts.undated], UNDATED_FONT, scene.colours.muted, at.x, at.y, "center");
    scene.undated += 1;
  }
}

/** The middle of a tie's curve on the screen; its control point is that of vis-network. */
function middle(scene, edge) {
  const [from, to] = [scene.nodes.get(edge.from), scene.nodes.get(edge.to)];
  const bend = edge.smooth.type === "curvedCW" ? edge.smooth.roundness : -edge.smooth.roundness;
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + (bend / 2 + 0.5) * Math.PI;
  const reach = (edge.smooth.roundness / 2 + 0.5) * Math.hypot(to.x - from.x, to.y - from.y);
  const control = { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
  return scene.screen((from.x + to.x) / 4 + control.x / 2, (from.y + to.y) / 4 + control.y / 2);
}
