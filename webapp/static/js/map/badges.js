// @ts-check
// Draws gaps: what is missing dashed red, which nothing else is, and a badge that can be opened.

import { FONT } from "./painter.js";
import { LABEL_PIXELS } from "./lettering.js";
import { outline } from "./shapes.js";

const BADGE = 26;

/**
 * Marks by the place where they stand: several gaps of one place are one badge.
 * @param {{ id: string, place: string, name: string }[]} marks
 * @returns {{ place: string, marks: { id: string, place: string, name: string }[] }[]}
 */
export function byPlace(marks) {
  const found = new Map();
  for (const mark of marks) {
    if (!found.has(mark.place)) found.set(mark.place, { place: mark.place, marks: [] });
    found.get(mark.place).marks.push(mark);
  }
  return [...found.values()];
}

/**
 * Places for a badge, from where it belongs outwards: above and below, then to the sides.
 * @param {[number, number]} place
 * @param {number} width
 */
function nearby([x, y], width) {
  return [0, -width / 2 - 14, width / 2 + 14].flatMap((aside) => [0, -30, 30, -60, 60, -90, 90, -120, 120].map((away) => [x + aside, y + away]));
}

/** Draws the marks of a scene and keeps where their badges are. */
export class Badges {
  constructor(scene, lettering) {
    this.scene = scene;
    this.lettering = lettering;
    /** @type {{ box: number[], marks: any[] }[]} */
    this.boxes = [];
  }

  /** The marks whose badge is at a place of the screen; null for none. */
  at(x, y) {
    const found = this.boxes.findLast(({ box: [a, b, c, d] }) => x >= a && x <= c && y >= b && y <= d);
    return found?.marks ?? null;
  }

  draw(ctx) {
    this.boxes = [];
    const { opened } = this.scene;
    if (opened) this.drawOpened(ctx, opened);
    const { height } = this.scene.room;
    const width = this.scene.room.left + this.scene.room.width;
    const seen = (at) => at && at.x > -20 && at.y > -20 && at.x < width + 20 && at.y < height + 20;
    const found = byPlace(this.scene.marks).map(({ marks }) => {
      const open = marks.find((mark) => mark === opened);
      const anchors = marks.flatMap((mark) => this.drawOne(ctx, mark, mark === opened)).filter(seen);
      const drawn = anchors.find((at) => !at.chip) ?? (open && this.beside(open));
      return { marks, open, anchor: seen(drawn) ? drawn : anchors[0] };
    });
    // The opened one has its place first; no mark is drawn over a badge.
    for (const one of found.sort((a, b) => Number(Boolean(b.open)) - Number(Boolean(a.open)))) {
      if (one.anchor) this.badge(ctx, one.marks, one.anchor, one.open, width);
    }
  }

  /** Draw a mark; gives where its badge can stand, nothing where a filter hides all of it. */
  drawOne(ctx, mark, open) {
    const { scene } = this;
    ctx.strokeStyle = scene.colours.gap;
    ctx.lineWidth = open ? 2.4 : 2;
    ctx.globalAlpha = open || !scene.opened ? 1 : 0.55;
    ctx.setLineDash([6, 4]);
    const anchors = [];
    if (mark.look === "ghost") anchors.push(...mark.nodes.map((id) => this.ghost(ctx, id)));
    if (mark.look === "ring") anchors.push(...mark.nodes.map((id) => this.ring(ctx, id)));
    // What would close a gap is drawn once a reader has opened that gap.
    if (mark.look !== "ring" || open) anchors.push(...mark.pairs.map(([a, b]) => this.missing(ctx, a, b, open)));
    if (mark.look === "band" && open) {
      for (const a of mark.band[0]) for (const b of mark.band[1]) anchors.push(this.missing(ctx, a, b, open));
    } else if (mark.look === "band") anchors.push(this.band(ctx, mark));
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    if (mark.look === "tint") {
      const one = scene.islands.find(({ id }) => mark.territories.includes(id));
      if (one) anchors.push({ ...scene.screen(one.at[0], one.at[1]), down: 16 });
    }
    return anchors.filter(Boolean);
  }

  /** Solid rings round those of whom the sentence of an opened gap speaks: they exist. */
  drawOpened(ctx, mark) {
    const { scene } = this;
    ctx.strokeStyle = scene.colours.gap;
    ctx.lineWidth = 2;
    for (const id of mark.reach) {
      const node = scene.nodes.get(id);
      if (!node || node.chip || !scene.shown(id) || (mark.look === "ring" && mark.nodes.includes(id))) continue;
      const at = scene.screen(node.x, node.y);
      ctx.beginPath();
      ctx.arc(at.x, at.y, node.size * scene.scale * 1.25 + 4, 0, 2 * Math.PI);
      ctx.stroke();
    }
  }

  /** Above somebody of whom an opened gap speaks, where its own thing stands in a folded group. */
  beside(mark) {
    const { scene } = this;
    const node = mark.reach.map((id) => scene.nodes.get(id)).find((one) => one && !one.chip && scene.shown(one.id));
    if (!node) return null;
    const at = scene.screen(node.x, node.y);
    return { x: at.x, y: at.y - node.size * scene.scale * 1.25 - BADGE / 2 - 10 };
  }

  spot(id) {
    const node = this.scene.nodes.get(id);
    if (!node || !this.scene.shown(id)) return null;
    return node.chip ? this.scene.chipAt?.(id) ?? null : this.scene.screen(node.x, node.y);
  }

  ring(ctx, id) {
    const [at, node] = [this.spot(id), this.scene.nodes.get(id)];
    if (!at) return null;
    if (node.chip) return { x: at.x, y: at.y - 34, chip: true };
    const r = node.size * this.scene.scale * 1.25 + 5;
    ctx.beginPath();
    ctx.arc(at.x, at.y, r, 0, 2 * Math.PI);
    ctx.stroke();
    return { x: at.x, y: at.y - r - BADGE / 2 - 2 };
  }

  /** A tie that is missing, or the only one: dashed, beside the ties that are there. */
  missing(ctx, a, b, open) {
    const [p, q] = [this.spot(a), this.spot(b)];
    if (!p || !q) return null;
    const bend = { x: (p.x + q.x) / 2 + 0.16 * (q.y - p.y), y: (p.y + q.y) / 2 - 0.16 * (q.x - p.x) };
    const path = new Path2D();
    path.moveTo(p.x, p.y);
    path.quadraticCurveTo(bend.x, bend.y, q.x, q.y);
    if (open) {
      ctx.save();
      ctx.setLineDash([]);
      ctx.lineWidth = 16;
      ctx.globalAlpha = 0.11;
      ctx.stroke(path);
      ctx.restore();
    }
    ctx.stroke(path);
    return { x: (p.x + q.x) / 4 + bend.x / 2, y: (p.y + q.y) / 4 + bend.y / 2 };
  }

  /** A band between two groups of nodes: from the middle of one to the middle of the other. */
  band(ctx, mark) {
    const middle = (ids) => {
      const found = ids.map((id) => this.spot(id)).filter(Boolean);
      const mean = (axis) => found.reduce((sum, at) => sum + at[axis], 0) / found.length;
      return found.length ? { x: mean("x"), y: mean("y") } : null;
    };
    const [p, q] = mark.band.map(middle);
    if (!p || !q) return null;
    const [dx, dy] = [q.x - p.x, q.y - p.y];
    const length = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [(-dy / length) * 11, (dx / length) * 11];
    const path = new Path2D();
    path.moveTo(p.x + nx, p.y + ny);
    path.lineTo(q.x + nx, q.y + ny);
    path.lineTo(q.x - nx, q.y - ny);
    path.lineTo(p.x - nx, p.y - ny);
    path.closePath();
    ctx.save();
    ctx.fillStyle = this.scene.colours.gap;
    ctx.globalAlpha *= 0.1;
    ctx.fill(path);
    ctx.restore();
    ctx.stroke(path);
    return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
  }

  /** A theme that somebody needs and nobody offers: a dashed pill with its name. */
  ghost(ctx, id) {
    const at = this.spot(id);
    if (!at) return null;
    const { scene, lettering } = this;
    const node = scene.nodes.get(id);
    if (node.chip) return { x: at.x, y: at.y - 34, chip: true };
    const font = `600 ${LABEL_PIXELS}px ${FONT}`;
    const width = lettering.width(ctx, node.label, font) + 24;
    ctx.beginPath();
    ctx.roundRect(at.x - width / 2, at.y - 13, width, 26, 13);
    ctx.fillStyle = scene.colours.paper;
    ctx.fill();
    ctx.stroke();
    ctx.font = font;
    ctx.textAlign = "center";
    ctx.fillStyle = scene.colours.gap;
    ctx.fillText(node.label, at.x, at.y + 0.5);
    lettering.texts.add(at.x - width / 2, at.y - 14, at.x + width / 2, at.y + 14);
    lettering.written.add(id);
    return { x: at.x, y: at.y - 13 - BADGE / 2 - 2 };
  }

  /** The words of a gap, white on red, where nothing else is written; with a count for several. */
  badge(ctx, marks, { x: middle, y: centre, down = 0 }, open, room) {
    const { scene, lettering } = this;
    const first = open ?? marks[0];
    const font = `650 ${open ? 14.5 : 13}px ${FONT}`;
    const words = lettering.width(ctx, first.name, font);
    const width = words + 22 + (marks.length > 1 ? 24 : 0);
    const edge = { right: room - width - 4, bottom: scene.holder.clientHeight - BADGE - 4 };
    /** @type {[number, number]} */
    const wanted = [Math.max(4, Math.min(middle - width / 2, edge.right)), Math.max(4, Math.min(centre - BADGE / 2 + down, edge.bottom))];
    const free = (/** @type {number[]} */ [left, top]) => left >= 4 && left <= edge.right && top >= 4 && top <= edge.bottom && lettering.texts.free(left, top, left + width, top + BADGE) && (!scene.opened || lettering.shapes.free(left, top, left + width, top + BADGE));
    // Beside an opened gap a badge without a place would only be in its way.
    const found = nearby(wanted, width).find(free);
    if (!found && scene.opened && !open) return;
    const [x, y] = found ?? wanted;
    /** @type {import("./boxes.js").Box} */
    const box = [x, y, x + width, y + BADGE];
    lettering.texts.add(...box);
    this.boxes.push({ box, marks });
    ctx.save();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    // Beside an opened gap the others step back.
    const [ground, letters] = scene.opened && !open ? ["paper", "gap"] : ["gap", "paper"];
    ctx.fillStyle = scene.colours[ground];
    ctx.strokeStyle = scene.colours.gap;
    ctx.lineWidth = 1.2;
    ctx.beginPath();
    ctx.roundRect(x, y, width, BADGE, BADGE / 2);
    ctx.fill();
    ctx.stroke();
    if (open) {
      ctx.beginPath();
      ctx.roundRect(x - 4, y - 4, width + 8, BADGE + 8, BADGE / 2 + 4);
      ctx.lineWidth = 2;
      ctx.strokeStyle = scene.colours.gap;
      ctx.stroke();
    }
    ctx.font = font;
    ctx.textAlign = "left";
    ctx.fillStyle = scene.colours[letters];
    ctx.fillText(first.name, x + 11, y + BADGE / 2 + 0.5);
    if (marks.length > 1) this.count(ctx, marks.length, x + width - 17, y + BADGE / 2, ground);
    ctx.restore();
  }

  count(ctx, n, x, y, ground) {
    ctx.translate(x, y);
    ctx.fill(outline("Person", 9));
    ctx.font = `700 12px ${FONT}`;
    ctx.textAlign = "center";
    ctx.fillStyle = this.scene.colours[ground];
    ctx.fillText(String(n), 0, 0.5);
    ctx.translate(-x, -y);
  }
}
