// @ts-check
// Writes names beside marks and above islands, in screen pixels, the most important first.

import { Boxes } from "./boxes.js";
import { widthOf } from "./letters.js";
import { FONT } from "./painter.js";
import { boxOf, place } from "./placing.js";
import { versions } from "./words.js";

export const LABEL_PIXELS = 13;
const STRONG_PIXELS = 15;
const HALO_PIXELS = 4.5;
const LINE_PIXELS = 15;
const PRESENTED = 23 / LABEL_PIXELS;
const ALWAYS = 25;
const ALWAYS_NARROW = 6;
const NARROW = 640;
const NEAR_ENOUGH = 0.9;
/** From so many on not every chosen one has its whole name. */
const MANY = 12;

/** @typedef {import("./boxes.js").Box} Box */

/** The desk on which names are laid out while a picture is drawn. */
export class Lettering {
  /** Texts, badges and buttons: nothing is ever written over them. */
  texts = new Boxes();
  /** Marks, which only a more important name may cover. */
  shapes = new Boxes();
  /** Marks of those who always have their name: not even these cover each other's. */
  firsts = new Boxes();
  /** @type {{ id: string, box: Box, lines: string[] }[]} */
  drawn = [];
  /** @type {Set<string>} */
  written = new Set();
  /** How many names there are at most; who has one in any case, and all in their order. */
  most = Infinity;
  /** @type {Thing[]} */
  first = [];
  /** @type {Thing[]} */
  queue = [];

  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.widths = new Map();
    // On a wall names are read from the back of the room.
    this.big = document.getElementById("step") ? PRESENTED : 1;
    this.line = LINE_PIXELS * this.big;
  }

  /** Begin a picture: nothing is written yet, and buttons cover what they cover. */
  clear() {
    this.texts = new Boxes();
    this.shapes = new Boxes();
    this.firsts = new Boxes();
    this.drawn = [];
    this.written = new Set();
  }

  width(ctx, text, font) {
    const key = `${font}|${text}`;
    if (!this.widths.has(key)) {
      ctx.font = font;
      this.widths.set(key, ctx.measureText(text).width);
    }
    return this.widths.get(key);
  }

  write(ctx, lines, font, colour, x, y, align, alpha = 1, halo = "island") {
    ctx.font = font;
    ctx.textAlign = align;
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = this.scene.colours[halo];
    ctx.lineWidth = HALO_PIXELS;
    lines.forEach((line, i) => ctx.strokeText(line, x, y + i * this.line));
    ctx.fillStyle = colour;
    lines.forEach((line, i) => ctx.fillText(line, x, y + i * this.line));
    ctx.globalAlpha = 1;
  }

  captions(ctx) {
    const { scene } = this;
    const font = `650 ${this.big * (LABEL_PIXELS + 0.5)}px ${FONT}`;
    for (const one of scene.alone ? [] : scene.islands) {
      const at = scene.screen(one.at[0], one.at[1]);
      const width = this.width(ctx, one.caption, font);
      const tinted = scene.marks.some((mark) => mark.look === "tint" && mark.territories.includes(one.id));
      const x = Math.min(Math.max(at.x, width / 2 + 6), scene.room.width - width / 2 - 6);
      /** @type {Box} */
      const box = [x - width / 2 - 3, at.y - 17, x + width / 2 + 3, at.y + 1];
      if (!this.texts.free(...box) || !this.shapes.free(...box)) continue;
      this.texts.add(...box);
      this.write(ctx, [one.caption], font, scene.colours[tinted ? "gap" : "muted"], x, at.y - 8, "center", 1, "ground");
    }
  }

  /** Take the places of all marks that are in the light. */
  takeMarks() {
    const { scene } = this;
    const narrow = scene.room.width <= NARROW && scene.holder.clientWidth <= NARROW;
    this.most = narrow && scene.scale < NEAR_ENOUGH ? ALWAYS_NARROW : Infinity;
    const seen = scene.order.filter((node) => scene.shown(node.id) && !node.chip && scene.isLit(node.id));
    this.first = seen.slice(0, narrow ? ALWAYS_NARROW : ALWAYS);
    const first = new Set(this.first);
    for (const node of seen) {
      const at = scene.screen(node.x, node.y);
      const r = node.size * scene.scale * 1.05;
      this.shapes.add(at.x - r, at.y - r, at.x + r, at.y + r);
      if (first.has(node)) this.firsts.add(at.x - r, at.y - r, at.x + r, at.y + r);
    }
    this.queue = seen;
  }

  labels(ctx) {
    const { scene } = this;
    const { several } = scene;
    const chosen = several?.size ? scene.order.map((node) => node.id).filter((id) => several.has(id)) : [];
    const wanted = [...(chosen.length ? [] : [scene.selected]), scene.hovered, scene.cursor, ...chosen];
    const asked = wanted.filter((id) => id && scene.nodes.has(id));
    const must = new Set([...asked.map((id) => scene.thing(id)), ...this.first].filter((node) => !node.chip && scene.shown(node.id)));
    const [width, height] = [scene.room.left + scene.room.width, scene.room.height];
    for (const node of new Set([...must, ...this.queue])) {
      if (this.written.has(node.id) || this.drawn.length >= Math.max(this.most, must.size)) continue;
      const at = scene.screen(node.x, node.y);
      if (at.x < -40 || at.y < -20 || at.x > width + 40 || at.y > height + 20) continue;
      const onScreen = at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height;
      // Of many that are chosen only the first keep their name whatever it covers.
      const whole = asked.includes(node.id) && !(several && several.size > MANY && several.has(node.id));
      this.label(ctx, node, at, must.has(node) && onScreen, whole, this.first.includes(node));
    }
  }

  /** Where names may stand: no nearer to the edges of the free part than this. @returns {Box} */
  bounds() {
    const { left, width, height } = this.scene.room;
    return [2, 2, left + width - 2, height - 2];
  }

  label(ctx, node, at, must, whole, first) {
    const { scene } = this;
    const strong = node.group === "City" || scene.isPicked(node.id);
    const weight = strong ? 700 : 500;
    const size = this.big * (scene.isPicked(node.id) ? STRONG_PIXELS : LABEL_PIXELS);
    const font = `${weight} ${size}px ${FONT}`;
    const [full, two, short] = versions(node.label);
    const forms = whole ? [full, two, short] : short[0] === two[0] ? [two] : [two, short];
    const { several } = scene;
    const r = node.size * scene.scale * (scene.isPicked(node.id) ? 1.35 : 1.15) + 4;
    const letters = { line: this.line, widthOf: (/** @type {string} */ line) => widthOf(line, size, weight) };
    const standing = { must, first, crowded: Boolean(several?.has(node.id)), many: (several?.size ?? 0) > MANY };
    const found = place(forms, { ...at, r }, letters, this.bounds(), this, standing);
    if (!found) return;
    const { lines, x, y, wide, align, away } = found;
    this.texts.add(...boxOf(found));
    this.drawn.push({ id: node.id, box: boxOf(found), lines });
    if (away) this.lead(ctx, at, found);
    const start = { left: x, right: x + wide, center: x + wide / 2 }[align];
    const colour = node.external && !whole ? scene.colours.muted : scene.colours.ink;
    this.write(ctx, lines, font, colour, start, y + this.line / 2, align, node.faded && !whole ? 0.7 : 1);
  }

  /** A thin line from a name that had to move to the mark that it names. */
  lead(ctx, at, { x, y, wide, tall }) {
    ctx.beginPath();
    ctx.moveTo(at.x, at.y);
    ctx.lineTo(Math.min(Math.max(at.x, x), x + wide), Math.min(Math.max(at.y, y), y + tall));
    ctx.strokeStyle = this.scene.colours.muted;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
}
