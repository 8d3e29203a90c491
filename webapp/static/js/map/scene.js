// @ts-check
// The map as a thing to be asked and told: what is shown, lit, selected, pinned, and where the
// camera is. vis-network holds nodes, ties and the camera; what is drawn stands in the modules beside.

import { DataSet, Network } from "../../vendor/vis-network.js";
import { Badges } from "./badges.js";
import { Lettering } from "./lettering.js";
import { colours, drawIslands, nodeShape } from "./painter.js";
import { aroundTheMiddle, other, rings } from "./rings.js";
import { island } from "./shapes.js";
import { Sight } from "./sight.js";
import { drawDoubts, drawRays, drawUndated } from "./lines.js";

const MOST_MARKS = 12;
/** With more ties than these the neighbours are not lit while the pointer passes. */
const MOST_LIT_AT_ONCE = 5000;

// How strongly each look is drawn while nothing is in focus; ties to folded groups least.
const STRENGTH = { plain: 0.7, mentoring: 0.9, funding: 0.75, faint: 0.4, fold: 0.22 };
// In a focus: what is walked, what leads on to the ring behind it, everything else.
const [WALKED, LEADS_ON, FADED_TIE] = [0.95, 0.17, 0.04];
// Whether it held on the day that is looked at is not recorded.
const UNDATED = 0.45;
const [SECOND_RING, FADED_NODE, BESIDE_A_GAP] = [0.6, 0.13, 0.22];

export class Scene extends Sight {
  /** What is left out. @type {{ kinds: Set<string>, ties: Set<string>, values: Set<number> }} */
  filters = { kinds: new Set(), ties: new Set(), values: new Set() };
  /** @type {Map<string, Tie>} */
  edges = new Map();
  /** The ties of each thing. @type {Map<string, Tie[]>} */
  ties = new Map();
  /** @type {import("./rings.js").Graph} */
  graph;
  /** Those that a reader has put somewhere. @type {Set<string>} */
  pins = new Set();
  /** @type {Set<string> | null} */
  several = null;
  /** @type {string | null} */
  hovered = null;
  /** Who and what is in the light; null while all is. @type {Set<string> | null} */
  near = null;
  /** @type {Set<string> | null} */
  nearTies = null;
  /** How many steps away things are. @type {Map<string, number> | null} */
  depth = null;
  /** The ties that were walked, with the step. @type {Map<string, number> | null} */
  walked = null;
  /** @type {GapMark[]} */
  marks = [];
  /** @type {GapMark | null} */
  opened = null;
  /** Where a chip stands; set where there are chips. @type {((id: string) => { x: number, y: number } | null) | undefined} */
  chipAt;
  /** The camera and the free part of the canvas while a picture is drawn. */
  scale = 1;
  origin = { x: 0, y: 0 };
  /** @type {import("./camera.js").Free} */
  room;

  /**
   * @param {HTMLElement} holder  the element to draw into
   * @param {Picture} picture     from the server
   */
  constructor(holder, picture) {
    super(holder);
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
    this.watch();
    addEventListener("themechange", () => this.recolour());
    matchMedia("(forced-colors: active)").addEventListener("change", () => this.recolour());
    document.fonts?.ready.then(() => { this.lettering.widths.clear(); this.redraw(); });
    this.fit(false);
  }

  /** Take a picture as what there is. @param {Picture} picture */
  take(picture) {
    this.picture = picture;
    this.nodes = new Map(picture.nodes.map((node) => [node.id, node]));
    this.edges = new Map(picture.edges.map((edge) => [edge.id, edge]));
    this.ties = new Map(picture.nodes.map((node) => [node.id, []]));
    for (const edge of picture.edges) {
      this.tiesOf(edge.from).push(edge);
      this.tiesOf(edge.to).push(edge);
    }
    this.order = [...picture.nodes].sort((a, b) => b.importance - a.importance || (a.id < b.id ? -1 : 1));
    this.islands = picture.territories.map((one) => ({ ...one, path: island(one.hull) }));
    this.pins = new Set(picture.nodes.filter((node) => node.home).map((node) => node.id));
    this.graph = {
      nodes: this.nodes, ties: this.ties, steps: new Set(picture.steps),
      tieShown: (tie) => !this.filters.ties.has(tie.group) && this.shown(tie.from) && this.shown(tie.to),
    };
  }

  /** @param {string} id */
  tiesOf(id) { return this.ties.get(id) ?? []; }

  /** Chips stand beside the canvas; all else is drawn on it. */
  fill() {
    const drawn = (id) => !this.thing(id).chip;
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
    const { cursor } = this;
    if (cursor && !this.nodes.has(cursor)) this.cursor = null;
    this.together(() => this.fill());
    this.select(null);
  }

  recolour() {
    this.colours = colours(this.holder);
    this.refreshTies();
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
    this.together(() => {
      this.nodeData.update(this.picture.nodes.filter((node) => !node.chip)
        .map(({ id, x, y }) => ({ id, x, y, hidden: !this.shown(id) })));
      this.updateTies();
    });
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

  tieStrength(edge) { return this.strengthInSight(edge) * (edge.undated ? UNDATED : 1); }

  strengthInSight(edge) {
    if (this.near) {
      if (this.nearTies?.has(edge.id)) return WALKED;
      return this.walked?.has(edge.id) ? LEADS_ON : FADED_TIE;
    }
    const stale = edge.faded && this.marks.length ? 0.35 : 1;
    return STRENGTH[edge.look] * (edge.ended ? 0.5 : stale);
  }

  refreshTies() { this.together(() => this.updateTies()); }

  updateTies() {
    this.edgeData.update(this.picture.edges.filter((edge) => this.edgeData.get(edge.id))
      .map((edge) => ({ id: edge.id, ...this.tieLook(edge) })));
  }

  // Focus

  /**
   * Nodes and ties within ``steps`` of a node, from the second on along work, funding and mentoring; of a tie its ends.
   * @param {string} id
   * @param {number} steps
   */
  around(id, steps) {
    const edge = this.edges.get(id);
    if (edge) {
      const ends = [edge.from, edge.to];
      return { near: new Set(ends), nearTies: new Set([id]), depth: new Map(ends.map((end) => [end, 0])), walked: new Map() };
    }
    const { depth, walked } = rings(this.graph, [id], steps + 1);
    const near = new Set([...depth].filter(([, far]) => far <= steps).map(([one]) => one));
    const nearTies = new Set([...walked].filter(([, far]) => far <= steps).map(([one]) => one));
    return { near, nearTies, depth, walked };
  }

  /** A thing with those to whom work, money or advice ties it; with all where there is none of it. */
  atWork(id) {
    const meant = this.tiesOf(id).filter((tie) => this.graph.steps.has(tie.group) && this.graph.tieShown(tie));
    return meant.length ? new Set([id, ...meant.map((tie) => other(tie, id))]) : this.around(id, 1).near;
  }

  select(id, steps = 1) {
    this.selected = this.nodes.has(id) || this.edges.has(id) ? id : null;
    this.several = null;
    this.cursor = this.nodes.has(id) ? id : this.cursor;
    if (this.selected) Object.assign(this, this.around(id, steps));
    else this.lightGap();
    this.refreshTies();
    return this.near?.size ?? 0;
  }

  /** The nodes among the ids and the ends of the ties among them. */
  endsOf(ids) {
    const ends = (id) => { const tie = this.edges.get(id); return tie ? [tie.from, tie.to] : [id]; };
    return [...new Set(ids.flatMap(ends))].filter((id) => this.nodes.has(id));
  }

  /** Several nodes at once, with the neighbours that at least two of them share. */
  selectSeveral(ids) {
    const chosen = this.endsOf(ids);
    const ties = ids.filter((id) => this.edges.has(id));
    // Who chose ties sees these: what else joins their ends is not meant.
    if (ties.length) return this.light(chosen, ties, chosen);
    const count = new Map();
    for (const id of chosen) {
      for (const one of new Set(this.tiesOf(id).map((edge) => other(edge, id)))) {
        if (this.shown(one)) count.set(one, (count.get(one) ?? 0) + 1);
      }
    }
    const common = [...count].filter(([, n]) => n > 1).map(([id]) => id);
    return this.light([...chosen, ...common], null, chosen);
  }

  /** Put some nodes and ties into the light; without ties, all those between the nodes. */
  light(ids, ties, chosen = []) {
    const several = this.several = new Set(chosen);
    this.selected = chosen[0] ?? ids[0] ?? null;
    const near = this.near = new Set(ids.filter((id) => this.nodes.has(id)));
    const inside = (edge) => near.has(edge.from) && near.has(edge.to) && (!chosen.length || several.has(edge.from) || several.has(edge.to));
    this.nearTies = new Set(ties ?? this.picture.edges.filter(inside).map((edge) => edge.id));
    Object.assign(this, { depth: null, walked: null });
    this.refreshTies();
    return near.size;
  }

  /** Show gaps; the opened one comes into the light with all of which its sentence speaks. */
  mark(marks, opened = null) {
    this.marks = opened && !marks.slice(0, MOST_MARKS).includes(opened) ? [...marks.slice(0, MOST_MARKS - 1), opened] : marks.slice(0, MOST_MARKS);
    this.opened = opened;
    if (!this.selected) this.lightGap();
    this.refreshTies();
  }

  lightGap() {
    Object.assign(this, { near: null, nearTies: null, depth: null, walked: null });
    if (!this.opened) return;
    const near = this.near = new Set(this.opened.reach.filter((id) => this.nodes.has(id)));
    const inside = (edge) => near.has(edge.from) && near.has(edge.to);
    this.nearTies = new Set(this.picture.edges.filter(inside).map((edge) => edge.id));
  }

  /** Of what an opened gap speaks and a filter hides. */
  hiddenOf(mark) { return mark.reach.filter((id) => this.nodes.has(id) && !this.shown(id)); }

  /** Only a neighbourhood, laid out for itself; with null everything again, where it stood. */
  only(id, steps = 1) {
    this.putBack();
    if (id) {
      const { near, depth } = this.around(id, steps);
      const drawn = new Map([...depth].filter(([one]) => near.has(one) && !this.thing(one).chip));
      for (const [one, at] of aroundTheMiddle(drawn, this.nodes)) {
        const node = this.thing(one);
        node.stood = [node.x, node.y];
        Object.assign(node, at);
      }
      this.alone = near;
    }
    this.refreshNodes();
  }

  /** Only several, where they stand; with null everything again. */
  onlySeveral(ids) {
    this.putBack();
    if (ids) this.alone = new Set(this.endsOf(ids));
    this.refreshNodes();
  }

  putBack() {
    this.alone = null;
    for (const node of this.picture.nodes) if (node.stood) [node.x, node.y, node.stood] = [...node.stood, null];
  }

  // Pins

  /** Put a node where a hand let it go, within the canvas. */
  pin(id, x, y) {
    this.stand(id, x, y);
    this.together(() => this.updatePlaces([id]));
  }

  stand(id, x, y) {
    const node = this.thing(id);
    const [left, top, right, bottom] = this.picture.canvas;
    node.home ??= [node.x, node.y];
    node.x = Math.round(Math.min(Math.max(x, left), right));
    node.y = Math.round(Math.min(Math.max(y, top), bottom));
    this.pins.add(id);
  }

  updatePlaces(ids) {
    this.nodeData.update(ids.map((id) => this.nodes.get(id)).map(({ id, x, y }) => ({ id, x, y })));
  }

  /** The pins of an address, and no others. */
  pinOnly(places) {
    const released = [...this.pins].filter((id) => this.nodes.has(id) && !places.has(id));
    for (const id of released) {
      const node = this.thing(id);
      if (node.home) [node.x, node.y] = node.home;
      this.pins.delete(id);
    }
    const pinned = [...places.keys()].filter((id) => this.nodes.has(id) && !this.thing(id).chip);
    for (const id of pinned) this.stand(id, ...places.get(id));
    this.together(() => this.updatePlaces([...released, ...pinned]));
  }

  hover(id) {
    if (id === this.hovered) return;
    this.hovered = id;
    // Who is under the pointer shows its neighbours, as long as nothing else is in focus.
    if (!this.selected && !this.opened && this.picture.edges.length < MOST_LIT_AT_ONCE) {
      if (id) Object.assign(this, this.around(id, 1));
      else Object.assign(this, { near: null, nearTies: null, depth: null, walked: null });
      this.refreshTies();
    } else this.redraw();
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
    drawRays(this, ctx);
    drawDoubts(this, ctx);
    this.badges.draw(ctx);
    this.lettering.captions(ctx);
    drawUndated(this, ctx);
    this.lettering.labels(ctx);
    ctx.restore();
    this.holder.dispatchEvent(new CustomEvent("drawn"));
  }

  /** Where buttons lie over the map. @returns {import("./boxes.js").Box[]} */
  furniture() {
    const frame = this.holder.getBoundingClientRect();
    return [...this.holder.parentElement.querySelectorAll(".stage-tools > *, .zoom, .chips > *")].map((one) => {
      const box = one.getBoundingClientRect();
      return [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
    });
  }
}
