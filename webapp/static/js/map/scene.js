// The map as a thing to be asked and told: what is shown, lit, selected, pinned, and where the
// camera is. vis-network holds nodes, ties and the camera; what is drawn stands in the modules beside.

import { DataSet, Network } from "../../vendor/vis-network.js";
import { Badges } from "./badges.js";
import { extent, fitting, free } from "./camera.js";
import { Lettering } from "./lettering.js";
import { colours, drawIslands, FONT, nodeShape } from "./painter.js";
import { aroundTheMiddle, other, rings } from "./rings.js";
import { island } from "./shapes.js";

const MOST_MARKS = 12;
const DOUBTS_FROM_SCALE = 0.9;

// How strongly each look is drawn while nothing is in focus; ties to folded groups least.
const STRENGTH = { plain: 0.7, mentoring: 0.9, funding: 0.75, faint: 0.4, fold: 0.22 };
// In a focus: what is walked, what leads on to the ring behind it, everything else.
const [WALKED, LEADS_ON, FADED_TIE] = [0.95, 0.17, 0.04];
const [SECOND_RING, FADED_NODE, BESIDE_A_GAP] = [0.6, 0.13, 0.22];

export class Scene {
  /**
   * @param {HTMLElement} holder  the element to draw into
   * @param {object} picture      nodes, edges, options, territories and marks from the server
   */
  constructor(holder, picture) {
    this.holder = holder;
    this.filters = { kinds: new Set(), ties: new Set(), values: new Set() };
    Object.assign(this, { still: false, selected: null, several: null, hovered: null, cursor: null, alone: null });
    Object.assign(this, { near: null, nearTies: null, depth: null, walked: null, marks: [], opened: null });
    this.colours = colours(holder);
    this.lettering = new Lettering(this);
    this.badges = new Badges(this, this.lettering);
    this.take(picture);
    this.nodeData = new DataSet();
    this.edgeData = new DataSet();
    this.fill();
    this.network = new Network(holder, { nodes: this.nodeData, edges: this.edgeData }, picture.options);
    this.network.on("beforeDrawing", (ctx) => drawIslands(this, ctx));
    this.network.on("afterDrawing", (ctx) => this.drawOver(ctx));
    this.size = [holder.clientWidth, holder.clientHeight];
    new ResizeObserver(() => this.resize()).observe(holder);
    addEventListener("themechange", () => this.recolour());
    matchMedia("(forced-colors: active)").addEventListener("change", () => this.recolour());
    document.fonts?.ready.then(() => { this.lettering.widths.clear(); this.network.redraw(); });
    this.fit(false);
  }

  /** Take a picture as what there is. */
  take(picture) {
    this.picture = picture;
    this.nodes = new Map(picture.nodes.map((node) => [node.id, node]));
    this.edges = new Map(picture.edges.map((edge) => [edge.id, edge]));
    this.ties = new Map(picture.nodes.map((node) => [node.id, []]));
    for (const edge of picture.edges) {
      this.ties.get(edge.from).push(edge);
      this.ties.get(edge.to).push(edge);
    }
    this.order = [...picture.nodes].sort((a, b) => b.importance - a.importance || (a.id < b.id ? -1 : 1));
    this.islands = picture.territories.map((one) => ({ ...one, path: island(one.hull) }));
    this.pins = new Set(picture.nodes.filter((node) => node.home).map((node) => node.id));
    this.graph = {
      nodes: this.nodes, ties: this.ties, steps: new Set(picture.steps),
      tieShown: (tie) => !this.filters.ties.has(tie.group) && this.shown(tie.from) && this.shown(tie.to),
    };
  }

  /** Chips stand beside the canvas; all else is drawn on it. */
  fill() {
    const drawn = (id) => !this.nodes.get(id).chip;
    const ctxRenderer = (what) => nodeShape(this, what);
    this.nodeData.clear();
    this.edgeData.clear();
    this.nodeData.add(this.picture.nodes.filter((node) => !node.chip).map((node) => ({ ...node, ctxRenderer, hidden: !this.shown(node.id) })));
    this.edgeData.add(this.picture.edges.filter((edge) => drawn(edge.from) && drawn(edge.to))
      .map((edge) => ({ ...edge, ...this.tieLook(edge) })));
  }

  /** Another picture in the place of this one: colours, sizes, islands, day; the camera stays. */
  replace(picture) {
    this.take(picture);
    Object.assign(this, { hovered: null, alone: null, opened: null, marks: [] });
    if (!this.nodes.has(this.cursor)) this.cursor = null;
    this.fill();
    this.select(null);
  }

  recolour() {
    this.colours = colours(this.holder);
    this.refreshTies();
    this.network.redraw();
  }

  /** The colour of the value that the reader colours by; null where the kind gives it. */
  toneOf(node) { return node.tone === undefined ? null : this.colours[`tone-${node.tone}`]; }

  kindColour(kind) { return this.colours[`kind-${kind.toLowerCase()}`] ?? this.colours.muted; }

  // What is seen, and how strongly

  shown(id) {
    const node = this.nodes.get(id);
    if (!node || this.filters.kinds.has(node.group)) return false;
    if (this.alone && !this.alone.has(id)) return false;
    const { values } = this.filters;
    return !node.values?.length || !values.size || node.values.some((one) => !values.has(one));
  }

  filter(kinds, ties, values = []) {
    this.filters = { kinds: new Set(kinds), ties: new Set(ties), values: new Set(values.map(Number)) };
    this.refreshNodes();
  }

  refreshNodes() {
    this.nodeData.update(this.picture.nodes.filter((node) => !node.chip)
      .map(({ id, x, y }) => ({ id, x, y, hidden: !this.shown(id) })));
    this.refreshTies();
  }

  isPicked(id) { return id === this.selected || Boolean(this.several?.has(id)); }

  isLit(id) { return !this.near || this.near.has(id); }

  strengthOf(node) {
    if (!this.near) return node.faded ? 0.5 : 1;
    if (this.near.has(node.id)) return (this.depth?.get(node.id) ?? 0) > 1 ? SECOND_RING : 1;
    if (this.depth?.get(node.id) === 2) return SECOND_RING;
    return this.opened && !this.selected ? BESIDE_A_GAP : FADED_NODE;
  }

  tieLook(edge) {
    const colour = this.colours[`tie-${edge.look}`] ?? this.colours["tie-faint"];
    return {
      color: { color: colour, highlight: colour, hover: colour, opacity: this.tieStrength(edge) },
      hidden: !this.graph.tieShown(edge),
    };
  }

  tieStrength(edge) {
    if (this.near) {
      if (this.nearTies.has(edge.id)) return WALKED;
      return this.walked?.has(edge.id) ? LEADS_ON : FADED_TIE;
    }
    const stale = edge.faded && this.marks.length ? 0.35 : 1;
    return STRENGTH[edge.look] * (edge.ended ? 0.5 : stale);
  }

  refreshTies() {
    this.edgeData.update(this.picture.edges.filter((edge) => this.edgeData.get(edge.id))
      .map((edge) => ({ id: edge.id, ...this.tieLook(edge) })));
  }

  // Focus

  /** Nodes and ties within ``steps`` of a node, along work, funding and mentoring; of a tie its ends. */
  around(id, steps) {
    const edge = this.edges.get(id);
    if (edge) return { near: new Set([edge.from, edge.to]), nearTies: new Set([id]), depth: null, walked: null };
    const { depth, walked } = rings(this.graph, [id], steps + 1);
    const near = new Set([...depth].filter(([, far]) => far <= steps).map(([one]) => one));
    const nearTies = new Set([...walked].filter(([, far]) => far <= steps).map(([one]) => one));
    return { near, nearTies, depth, walked };
  }

  select(id, steps = 1) {
    this.selected = this.nodes.has(id) || this.edges.has(id) ? id : null;
    this.several = null;
    this.cursor = this.nodes.has(id) ? id : this.cursor;
    if (this.selected) Object.assign(this, this.around(id, steps));
    else this.lightGap();
    this.refreshTies();
    this.network.redraw();
    return this.near?.size ?? 0;
  }

  /** Several nodes at once, with the neighbours that at least two of them share. */
  selectSeveral(ids) {
    const chosen = ids.filter((id) => this.nodes.has(id));
    const count = new Map();
    for (const id of chosen) {
      for (const one of new Set(this.ties.get(id).map((edge) => other(edge, id)))) {
        if (this.shown(one)) count.set(one, (count.get(one) ?? 0) + 1);
      }
    }
    const common = [...count].filter(([, n]) => n > 1).map(([id]) => id);
    return this.light([...chosen, ...common], null, chosen);
  }

  /** Put some nodes and ties into the light; without ties, all those between the nodes. */
  light(ids, ties, chosen = []) {
    this.several = new Set(chosen);
    this.selected = chosen[0] ?? ids[0] ?? null;
    this.near = new Set(ids.filter((id) => this.nodes.has(id)));
    const inside = (edge) => this.near.has(edge.from) && this.near.has(edge.to) && (!chosen.length || this.several.has(edge.from) || this.several.has(edge.to));
    this.nearTies = new Set(ties ?? this.picture.edges.filter(inside).map((edge) => edge.id));
    Object.assign(this, { depth: null, walked: null });
    this.refreshTies();
    this.network.redraw();
    return this.near.size;
  }

  /** Show gaps; the opened one comes into the light with all of which its sentence speaks. */
  mark(marks, opened = null) {
    this.marks = opened && !marks.slice(0, MOST_MARKS).includes(opened) ? [...marks.slice(0, MOST_MARKS - 1), opened] : marks.slice(0, MOST_MARKS);
    this.opened = opened;
    if (!this.selected) this.lightGap();
    this.refreshTies();
    this.network.redraw();
  }

  lightGap() {
    Object.assign(this, { near: null, nearTies: null, depth: null, walked: null });
    if (!this.opened) return;
    this.near = new Set(this.opened.reach.filter((id) => this.nodes.has(id)));
    const inside = (edge) => this.near.has(edge.from) && this.near.has(edge.to);
    this.nearTies = new Set(this.picture.edges.filter(inside).map((edge) => edge.id));
  }

  /** Of what an opened gap speaks and a filter hides. */
  hiddenOf(mark) { return mark.reach.filter((id) => this.nodes.has(id) && !this.shown(id)); }

  /** Only a neighbourhood, laid out for itself; with null everything again, where it stood. */
  only(id, steps = 1) {
    this.alone = null;
    for (const node of this.picture.nodes) if (node.stood) [node.x, node.y, node.stood] = [...node.stood, null];
    if (id) {
      const { near, depth } = this.around(id, steps);
      const drawn = new Map([...depth].filter(([one]) => near.has(one) && !this.nodes.get(one).chip));
      for (const [one, at] of aroundTheMiddle(drawn, this.nodes)) {
        const node = this.nodes.get(one);
        node.stood = [node.x, node.y];
        Object.assign(node, at);
      }
      this.alone = near;
    }
    this.refreshNodes();
  }

  // Pins

  /** Put a node where a hand let it go, within the canvas. */
  pin(id, x, y) {
    const node = this.nodes.get(id);
    const [left, top, right, bottom] = this.picture.canvas;
    node.home ??= [node.x, node.y];
    node.x = Math.round(Math.min(Math.max(x, left), right));
    node.y = Math.round(Math.min(Math.max(y, top), bottom));
    this.pins.add(id);
    this.network.moveNode(id, node.x, node.y);
  }

  /** The pins of an address, and no others. */
  pinOnly(places) {
    for (const id of [...this.pins]) {
      const node = this.nodes.get(id);
      if (places.has(id) || !node) continue;
      [node.x, node.y] = node.home;
      this.pins.delete(id);
      this.network.moveNode(id, node.x, node.y);
    }
    for (const [id, [x, y]] of places) if (this.nodes.has(id) && !this.nodes.get(id).chip) this.pin(id, x, y);
    this.network.redraw();
  }

  // Camera

  extent(ids) {
    const drawn = (ids ? [...ids].map((id) => this.nodes.get(id)) : this.picture.nodes.filter((node) => this.shown(node.id)))
      .filter((node) => !node.chip);
    const points = drawn.map((node) => [node.x, node.y]);
    if (!ids && !this.alone) for (const one of this.islands) points.push(...one.hull);
    return extent(points);
  }

  fit(animate = true, ids = null, most = 1.6) {
    if (this.still) return;
    const { clientWidth, clientHeight } = this.holder;
    this.move(fitting(this.extent(ids), this.free(), clientWidth, most, clientHeight), animate);
  }

  /** The part of the canvas that nothing covers, and the room its edges and buttons need. */
  free() {
    const frame = this.holder.getBoundingClientRect();
    let { width, height } = frame;
    const box = this.cover?.getBoundingClientRect();
    const beside = box?.width && box.left > frame.left + 1 && box.left < frame.right - 1 && box.top < frame.bottom - 1;
    if (beside) width = box.left - frame.left;
    else if (box?.height && box.top > frame.top && box.top < frame.bottom) height = box.top - frame.top;
    const reach = (name) => this.holder.parentElement.querySelector(name)?.getBoundingClientRect();
    const [tools, foot] = [reach(".stage-tools"), reach(".chips")];
    return free(width, height, tools ? tools.bottom - frame.top : 0, foot?.height ? frame.bottom - foot.top : 16);
  }

  /** Bring what is selected and its neighbours into the free part, unless most of it is there. */
  frame(ids) {
    const { width, height, above, below } = this.free();
    const inside = (id) => {
      const { x, y } = this.nodes.get(id);
      const at = this.network.canvasToDOM({ x, y });
      return at.x > 16 && at.x < width - 16 && at.y > above - 24 && at.y < height - below + 24;
    };
    const wanted = [...ids].filter((id) => this.nodes.has(id) && !this.nodes.get(id).chip);
    const seen = wanted.filter(inside).length;
    const whole = !this.nodes.has(this.selected) || this.nodes.get(this.selected).chip || inside(this.selected);
    if (wanted.length && (!whole || seen < 0.9 * wanted.length)) this.fit(true, wanted);
  }

  get camera() { return { position: this.network.getViewPosition(), scale: this.network.getScale() }; }

  move(camera, animate) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.network.moveTo({ ...camera, animation: animate && !still ? { duration: 260, easingFunction: "easeOutQuad" } : false });
  }

  /** Keep scale and upper left corner when the window changes. */
  resize() {
    const [width, height] = [this.holder.clientWidth, this.holder.clientHeight];
    if (!width || !height || (width === this.size[0] && height === this.size[1])) return;
    const scale = this.network.getScale();
    const corner = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const position = { x: corner.x + width / 2 / scale, y: corner.y + height / 2 / scale };
    this.size = [width, height];
    this.network.setSize("100%", "100%");
    this.network.moveTo({ position, scale, animation: false });
    this.network.redraw();
  }

  zoom(factor) {
    const scale = Math.min(6, Math.max(0.08, this.network.getScale() * factor));
    this.move({ position: this.network.getViewPosition(), scale }, true);
  }

  /** Bring a node into the middle part of the window where it is not there already. */
  reveal(id) {
    const node = this.nodes.get(id);
    if (!node || node.chip) return;
    const at = this.network.canvasToDOM({ x: node.x, y: node.y });
    const { clientWidth: width, clientHeight: height } = this.holder;
    const inside = at.x > width * 0.12 && at.x < width * 0.88 && at.y > height * 0.12 && at.y < height * 0.88;
    if (!inside) this.move({ position: { x: node.x, y: node.y }, scale: this.network.getScale() }, true);
  }

  /** The nearest shown node in a direction of the keyboard, seen from the cursor. */
  neighbour(direction) {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[direction];
    const open = (node) => !node.chip && this.shown(node.id);
    const from = this.nodes.get(this.cursor) ?? this.order.find(open);
    if (!from || !this.cursor) return from?.id ?? null;
    let [best, least] = [null, Infinity];
    for (const node of this.picture.nodes) {
      if (node.id === from.id || !open(node)) continue;
      const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
      const across = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
      if (along <= 0 || across > along * 1.6) continue;
      if (along + 1.5 * across < least) [best, least] = [node.id, along + 1.5 * across];
    }
    return best;
  }

  point(id) {
    this.cursor = id;
    this.reveal(id);
    this.network.redraw();
  }

  hover(id) {
    if (id === this.hovered) return;
    this.hovered = id;
    // Who is under the pointer shows its neighbours, as long as nothing else is in focus.
    if (!this.selected && !this.opened) {
      if (id) Object.assign(this, this.around(id, 1));
      else Object.assign(this, { near: null, nearTies: null, depth: null, walked: null });
      this.refreshTies();
    }
    this.network.redraw();
  }

  // Drawing in screen pixels

  get drawn() { return this.lettering.drawn; }

  screen(x, y) { return { x: this.origin.x + x * this.scale, y: this.origin.y + y * this.scale }; }

  drawOver(ctx) {
    const ratio = ctx.canvas.width / this.holder.clientWidth;
    this.scale = this.network.getScale();
    this.origin = this.network.canvasToDOM({ x: 0, y: 0 });
    this.room = this.free();
    this.lettering.clear();
    for (const box of this.furniture()) this.lettering.texts.add(...box);
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    this.lettering.takeMarks();
    this.drawRays(ctx);
    this.drawDoubts(ctx);
    this.badges.draw(ctx);
    this.lettering.captions(ctx);
    this.lettering.labels(ctx);
    ctx.restore();
    this.holder.dispatchEvent(new CustomEvent("drawn"));
  }

  /** From what is in the light to the chips of groups from elsewhere; at rest there are none. */
  drawRays(ctx) {
    const asked = this.hovered ?? this.selected;
    if (!asked || !this.chipAt) return;
    for (const edge of this.ties.get(asked) ?? []) {
      const [from, to] = [edge.from, edge.to].map((id) => this.badges.spot(id));
      const chipped = this.nodes.get(edge.from).chip || this.nodes.get(edge.to).chip;
      if (!chipped || !from || !to || this.filters.ties.has(edge.group)) continue;
      ctx.beginPath();
      ctx.moveTo(from.x, from.y);
      ctx.lineTo(to.x, to.y);
      ctx.strokeStyle = this.colours[`tie-${edge.look === "fold" ? "plain" : edge.look}`];
      ctx.lineWidth = 1.4;
      ctx.globalAlpha = 0.7;
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  }

  /** A hollow mark with "?" in the middle of each inferred or illustrative tie that can be read. */
  drawDoubts(ctx) {
    if (!this.near && this.scale < DOUBTS_FROM_SCALE) return;
    ctx.font = `700 11px ${FONT}`;
    ctx.textAlign = "center";
    ctx.lineWidth = 1.4;
    for (const edge of this.picture.edges) {
      if (!edge.hollow || !this.graph.tieShown(edge) || (this.near && !this.nearTies.has(edge.id))) continue;
      const at = this.middle(edge);
      ctx.beginPath();
      ctx.arc(at.x, at.y, 7, 0, 2 * Math.PI);
      ctx.fillStyle = this.colours.paper;
      ctx.fill();
      ctx.strokeStyle = this.colours.muted;
      ctx.stroke();
      ctx.fillStyle = this.colours.ink;
      ctx.fillText("?", at.x, at.y + 0.5);
      this.lettering.texts.add(at.x - 8, at.y - 8, at.x + 8, at.y + 8);
    }
  }

  /** The middle of a tie's curve on the screen; its control point is that of vis-network. */
  middle(edge) {
    const [from, to] = [this.nodes.get(edge.from), this.nodes.get(edge.to)];
    const bend = edge.smooth.type === "curvedCW" ? edge.smooth.roundness : -edge.smooth.roundness;
    const angle = Math.atan2(from.y - to.y, to.x - from.x) + (bend / 2 + 0.5) * Math.PI;
    const reach = (edge.smooth.roundness / 2 + 0.5) * Math.hypot(to.x - from.x, to.y - from.y);
    const control = { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
    return this.screen((from.x + to.x) / 4 + control.x / 2, (from.y + to.y) / 4 + control.y / 2);
  }

  /** Where buttons lie over the map. */
  furniture() {
    const frame = this.holder.getBoundingClientRect();
    return [...this.holder.parentElement.querySelectorAll(".stage-tools > *, .zoom, .chips > *")].map((one) => {
      const box = one.getBoundingClientRect();
      return [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
    });
  }
}
