// Draws the map: vis-network holds nodes, ties and the camera; shapes, islands, labels and gap
// marks are drawn here, the last two in screen pixels.

import { DataSet, Network } from "../vendor/vis-network.js";

const FONT = '"Sofia Sans", system-ui, sans-serif';
const LABEL_PIXELS = 13;
const HALO_PIXELS = 4;
const LINE_PIXELS = 15;
const LABEL_LETTERS = 24;
const SHORT_LETTERS = 16;
const MOST_LINES = 4;
const FADED_TIE = 0.06;
const FADED_NODE = 0.16;
const MOST_MARKS = 12;
const DOUBTS_FROM_SCALE = 0.9;

// How strongly each look is drawn while nothing is in focus; ties to folded groups least.
const STRENGTH = { plain: 0.7, mentoring: 0.9, funding: 0.75, faint: 0.4, fold: 0.22 };

const COLOURS = [
  "ground", "paper", "ink", "muted", "island", "island-line", "gap", "gap-tint", "tie-plain",
  "tie-mentoring", "tie-funding", "tie-faint", "kind-organisation", "kind-person", "kind-project",
  "kind-city", "kind-programme", "kind-event", "kind-theme",
  ...Array.from({ length: 15 }, (_, i) => `tone-${i}`),
];

// Half-widths that give every shape the area of a circle of radius one.
const SHAPES = {
  Organisation(path, r) { const a = 0.886 * r; path.roundRect(-a, -a, 2 * a, 2 * a, 0.14 * r); },
  Person(path, r) { path.arc(0, 0, r, 0, 2 * Math.PI); },
  Project(path, r) { const a = 1.2533 * r; polygon(path, 4, a, -Math.PI / 2); },
  City(path, r) { polygon(path, 6, 1.0996 * r, 0); },
  Programme(path, r) { path.roundRect(-1.25 * r, -0.63 * r, 2.5 * r, 1.26 * r, 0.38 * r); },
  Event(path, r) { polygon(path, 3, 1.45 * r, -Math.PI / 2, 0.2 * r); },
  Theme(path, r) { path.roundRect(-1.3 * r, -0.6 * r, 2.6 * r, 1.2 * r, 0.6 * r); },
};

function polygon(path, corners, radius, turn, down = 0) {
  for (let i = 0; i < corners; i += 1) {
    const angle = turn + (2 * Math.PI * i) / corners;
    path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle) + down);
  }
  path.closePath();
}

function outline(kind, radius) {
  const path = new Path2D();
  (SHAPES[kind] ?? SHAPES.Person)(path, radius);
  return path;
}

/** The rounded outline of a hull: a smooth closed curve through the middles of its sides. */
function island(points) {
  const path = new Path2D();
  points.forEach(([x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length];
    const middle = [(x + nx) / 2, (y + ny) / 2];
    if (i === 0) {
      const [px, py] = points[points.length - 1];
      path.moveTo((px + x) / 2, (py + y) / 2);
    }
    path.quadraticCurveTo(x, y, ...middle);
  });
  path.closePath();
  return path;
}

function wrap(words) {
  const lines = [];
  let line = "";
  for (const word of words.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (longer.length <= LABEL_LETTERS || !line) line = longer;
    else { lines.push(line); line = word; }
  }
  lines.push(line);
  return lines;
}

function shorten(words, letters) {
  return words.length <= letters ? words : `${words.slice(0, letters - 1).trimEnd()}…`;
}

export class Scene {
  /**
   * @param {HTMLElement} holder  the element to draw into
   * @param {object} picture      nodes, edges, options, territories and marks from the server
   */
  constructor(holder, picture) {
    this.holder = holder;
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
    this.hiddenKinds = new Set();
    this.hiddenTies = new Set();
    this.near = null;
    this.selected = null;
    this.hovered = null;
    this.cursor = null;
    this.marks = [];
    this.alone = false;
    this.colours = {};
    this.readColours();
    const render = (what) => this.drawNode(what);
    this.nodeData = new DataSet(picture.nodes.map((node) => ({ ...node, ctxRenderer: render })));
    this.edgeData = new DataSet(picture.edges.map((edge) => ({ ...edge, ...this.tieLook(edge) })));
    this.network = new Network(holder, { nodes: this.nodeData, edges: this.edgeData }, picture.options);
    this.network.on("beforeDrawing", (ctx) => this.drawIslands(ctx));
    this.network.on("afterDrawing", (ctx) => this.drawOver(ctx));
    this.network.on("hoverNode", ({ node }) => { this.hovered = node; this.network.redraw(); });
    this.network.on("blurNode", () => { this.hovered = null; this.network.redraw(); });
    this.size = [holder.clientWidth, holder.clientHeight];
    new ResizeObserver(() => this.resize()).observe(holder);
    addEventListener("themechange", () => this.recolour());
    matchMedia("(forced-colors: active)").addEventListener("change", () => this.recolour());
    document.fonts?.ready.then(() => { this.widths = new Map(); this.network.redraw(); });
    this.widths = new Map();
    this.fit(false);
  }

  readColours() {
    const style = getComputedStyle(this.holder);
    for (const name of COLOURS) this.colours[name] = style.getPropertyValue(`--${name}`).trim();
  }

  recolour() {
    this.readColours();
    this.refreshTies();
    this.network.redraw();
  }

  /** The colour of the value that the reader colours by; null where the kind gives it. */
  toneOf(node) {
    return node.tone === undefined ? null : this.colours[`tone-${node.tone}`];
  }

  kindColour(kind) { return this.colours[`kind-${kind.toLowerCase()}`] ?? this.colours.muted; }

  // Ties

  tieLook(edge) {
    const colour = this.colours[`tie-${edge.look}`] ?? this.colours["tie-faint"];
    const faint = STRENGTH[edge.look];
    const related = !this.near || (this.near.has(edge.from) && this.near.has(edge.to) && this.nearTies.has(edge.id));
    const stale = edge.faded && this.marks.length ? 0.35 : 1;
    const opacity = related ? (this.near ? 1 : edge.ended ? faint * 0.5 : faint * stale) : FADED_TIE;
    return {
      color: { color: colour, highlight: colour, hover: colour, opacity },
      hidden: this.hiddenTies.has(edge.group) || !this.shown(edge.from) || !this.shown(edge.to),
    };
  }

  refreshTies() {
    this.edgeData.update(this.picture.edges.map((edge) => ({ id: edge.id, ...this.tieLook(edge) })));
  }

  // Filters and focus

  shown(id) {
    const node = this.nodes.get(id);
    if (!node || this.hiddenKinds.has(node.group)) return false;
    return !node.values?.length || !this.hiddenValues?.size || node.values.some((one) => !this.hiddenValues.has(one));
  }

  filter(hiddenKinds, hiddenTies, hiddenValues = []) {
    this.hiddenValues = new Set(hiddenValues.map(Number));
    this.hiddenKinds = new Set(hiddenKinds);
    this.hiddenTies = new Set(hiddenTies);
    this.nodeData.update(this.picture.nodes.map((node) => ({ id: node.id, hidden: !this.shown(node.id) })));
    this.refreshTies();
  }

  /** Nodes and ties within ``steps`` of a node or a tie, along what is shown. */
  around(id, steps) {
    const start = this.edges.has(id) ? [this.edges.get(id).from, this.edges.get(id).to] : [id];
    const near = new Set(start);
    const nearTies = new Set(this.edges.has(id) ? [id] : []);
    let rim = this.edges.has(id) ? [] : start;
    for (let step = 0; step < steps; step += 1) {
      const next = [];
      for (const one of rim) {
        for (const edge of this.ties.get(one)) {
          if (this.hiddenTies.has(edge.group)) continue;
          const other = edge.from === one ? edge.to : edge.from;
          if (!this.shown(other)) continue;
          nearTies.add(edge.id);
          if (!near.has(other)) { near.add(other); next.push(other); }
        }
      }
      rim = next;
    }
    return { near, nearTies };
  }

  select(id, steps = 1) {
    this.selected = this.nodes.has(id) || this.edges.has(id) ? id : null;
    this.several = null;
    this.cursor = this.nodes.has(id) ? id : this.cursor;
    if (this.selected) ({ near: this.near, nearTies: this.nearTies } = this.around(id, steps));
    else this.near = null;
    this.refreshTies();
    this.network.redraw();
    if (!this.selected && this.alone) this.mark(this.marks);
    return this.near?.size ?? 0;
  }

  /** Several nodes at once, with the neighbours that at least two of them share. */
  selectSeveral(ids) {
    const chosen = ids.filter((id) => this.nodes.has(id));
    const count = new Map();
    for (const id of chosen) {
      for (const other of new Set(this.ties.get(id).map((edge) => (edge.from === id ? edge.to : edge.from)))) {
        if (this.shown(other)) count.set(other, (count.get(other) ?? 0) + 1);
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
    this.refreshTies();
    this.network.redraw();
    return this.near.size;
  }

  /** Show gap marks; one alone comes into focus with all that it is about. */
  mark(marks) {
    this.marks = marks.slice(0, MOST_MARKS);
    this.alone = marks.length === 1;
    if (!this.selected) {
      this.near = this.alone ? new Set(marks[0].reach.filter((id) => this.nodes.has(id))) : null;
      const inside = (edge) => this.near.has(edge.from) && this.near.has(edge.to);
      this.nearTies = new Set(this.near ? this.picture.edges.filter(inside).map((edge) => edge.id) : []);
      this.refreshTies();
    }
    if (this.selected || !this.alone) this.refreshTies();
    this.network.redraw();
  }

  // Camera

  extent(ids) {
    const chosen = ids ? [...ids].map((id) => this.nodes.get(id)) : this.picture.nodes.filter((n) => this.shown(n.id));
    const points = chosen.map((n) => [n.x, n.y]);
    if (!ids) for (const one of this.islands) points.push(...one.hull);
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    return xs.length ? [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] : [-1, -1, 1, 1];
  }

  fit(animate = true, ids = null, most = 1.6) {
    const [left, top, right, bottom] = this.extent(ids);
    const { width, height, side, above, below } = this.free();
    const scale = Math.min(
      most, (width - 2 * side) / Math.max(1, right - left), (height - above - below) / Math.max(1, bottom - top),
    );
    // The camera looks at the middle of the canvas, a part of which may be covered.
    const position = {
      x: (left + right) / 2 + (this.holder.clientWidth - width) / 2 / scale,
      y: (top + bottom) / 2 - (above - below) / 2 / scale,
    };
    this.move({ position, scale }, animate);
  }

  /** The part of the canvas that nothing covers, and the room its edges and buttons need. */
  free() {
    const frame = this.holder.getBoundingClientRect();
    let { width, height } = frame;
    const box = this.cover?.getBoundingClientRect();
    const covers = box?.width && box.left > frame.left && box.left < frame.right - 1 && box.top < frame.bottom - 1;
    if (covers) width = box.left - frame.left;
    const [side, above, below] = width > 700 ? [64, 84, 52] : [30, 76, 40];
    return { width, height, side, above, below };
  }

  /** Bring what is selected and its neighbours into the free part, unless most of it is there. */
  frame(ids) {
    const { width, height, above, below } = this.free();
    const inside = (id) => {
      const { x, y } = this.nodes.get(id);
      const at = this.network.canvasToDOM({ x, y });
      return at.x > 16 && at.x < width - 16 && at.y > above - 24 && at.y < height - below + 24;
    };
    const wanted = [...ids].filter((id) => this.nodes.has(id));
    const seen = wanted.filter(inside).length;
    const whole = !this.nodes.has(this.selected) || inside(this.selected);
    if (!whole || seen < 0.9 * wanted.length) this.fit(true, wanted);
  }

  move(camera, animate) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.network.moveTo({ ...camera, animation: animate && !still ? { duration: 260, easingFunction: "easeOutQuad" } : false });
  }

  /** Keep scale and upper left corner when the window changes or the inspector opens. */
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
    if (!node) return;
    const at = this.network.canvasToDOM({ x: node.x, y: node.y });
    const { clientWidth: width, clientHeight: height } = this.holder;
    const inside = at.x > width * 0.12 && at.x < width * 0.88 && at.y > height * 0.12 && at.y < height * 0.88;
    if (!inside) this.move({ position: { x: node.x, y: node.y }, scale: this.network.getScale() }, true);
  }

  /** The nearest shown node in a direction of the keyboard, seen from the cursor. */
  neighbour(direction) {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[direction];
    const from = this.nodes.get(this.cursor) ?? this.order.find((node) => this.shown(node.id));
    if (!from) return null;
    if (!this.cursor) return from.id;
    let best = null;
    let least = Infinity;
    for (const node of this.picture.nodes) {
      if (node.id === from.id || !this.shown(node.id)) continue;
      const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
      const across = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
      if (along <= 0 || across > along * 1.6) continue;
      const cost = along + 1.5 * across;
      if (cost < least) { least = cost; best = node.id; }
    }
    return best;
  }

  point(id) {
    this.cursor = id;
    this.reveal(id);
    this.network.redraw();
  }

  // Drawing in map coordinates

  drawIslands(ctx) {
    const scale = this.network.getScale();
    for (const one of this.islands) {
      const tinted = this.marks.some((mark) => mark.look === "tint" && mark.territories.includes(one.id));
      ctx.fillStyle = tinted ? this.colours["gap-tint"] : one.external ? this.colours.ground : this.colours.island;
      ctx.strokeStyle = tinted ? this.colours.gap : this.colours["island-line"];
      ctx.lineWidth = (tinted ? 1.6 : 1) / scale;
      ctx.setLineDash(tinted ? [6 / scale, 4 / scale] : []);
      ctx.fill(one.path);
      ctx.stroke(one.path);
      ctx.setLineDash([]);
    }
  }

  drawNode({ ctx, id, x, y }) {
    const node = this.nodes.get(id);
    const radius = node.size;
    const colour = this.toneOf(node) ?? this.kindColour(node.group);
    const picked = id === this.selected || Boolean(this.several?.has(id));
    const hover = id === this.hovered || id === this.cursor;
    const dimmed = this.near && !this.near.has(id);
    return {
      drawNode: () => {
        ctx.translate(x, y);
        ctx.globalAlpha = dimmed ? FADED_NODE : node.faded ? 0.5 : 1;
        const path = outline(node.group, radius);
        if (picked || hover) {
          const ring = outline(node.group, radius + (picked ? 4.5 : 3));
          ctx.fillStyle = picked ? this.colours.ink : this.colours.muted;
          ctx.fill(ring);
          ctx.fillStyle = this.colours.paper;
          ctx.fill(outline(node.group, radius + 2));
        }
        if (node.group === "Group") return this.drawGroup(ctx, node, picked || hover);
        const open = node.hollow || node.group === "Theme";
        ctx.fillStyle = open ? this.colours.paper : colour;
        ctx.fill(path);
        ctx.lineWidth = open ? Math.max(1.4, radius * 0.2) : 1.2;
        ctx.strokeStyle = open ? colour : this.colours.island;
        ctx.stroke(path);
        if (node.hollow) {
          ctx.fillStyle = colour;
          ctx.font = `700 ${1.3 * radius}px ${FONT}`;
          ctx.textAlign = "center";
          ctx.textBaseline = "middle";
          ctx.fillText("?", 0, radius * 0.08);
        }
        // A dash: what gives colour or size is not recorded of it, which is not zero.
        if (node.silent && !node.hollow) {
          ctx.beginPath();
          ctx.moveTo(-radius / 2, 0);
          ctx.lineTo(radius / 2, 0);
          ctx.lineWidth = Math.max(1.6, radius * 0.16);
          ctx.strokeStyle = this.colours.ink;
          ctx.stroke();
        }
        return undefined;
      },
      nodeDimensions: { width: 2.3 * radius, height: 2.3 * radius },
    };
  }

  /** Many things from elsewhere, folded into one: a ring with their number. */
  drawGroup(ctx, node, strong) {
    const circle = outline("Person", node.size);
    ctx.fillStyle = this.colours.paper;
    ctx.fill(circle);
    ctx.lineWidth = strong ? 3 : 1.6;
    ctx.strokeStyle = this.colours.muted;
    ctx.stroke(circle);
    ctx.fillStyle = this.colours.ink;
    ctx.font = `700 ${node.size * Math.min(0.85, 2.1 / String(node.count).length)}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(node.count, 0, 1);
  }

  // Drawing in screen pixels

  drawOver(ctx) {
    const canvas = ctx.canvas;
    const ratio = canvas.width / this.holder.clientWidth;
    this.scale = this.network.getScale();
    this.origin = this.network.canvasToDOM({ x: 0, y: 0 });
    this.taken = new Boxes();
    this.tags = new Boxes();
    this.drawn = [];
    for (const box of this.furniture()) this.taken.add(...box);
    this.written = new Set();
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const node of this.picture.nodes) {
      if (!this.shown(node.id) || (this.near && !this.near.has(node.id))) continue;
      const at = this.screen(node.x, node.y);
      const r = node.size * this.scale * 1.05;
      this.taken.add(at.x - r, at.y - r, at.x + r, at.y + r);
    }
    this.drawDoubts(ctx);
    this.drawMarks(ctx);
    this.drawCaptions(ctx);
    this.drawLabels(ctx);
    ctx.restore();
    this.holder.dispatchEvent(new CustomEvent("drawn"));
  }

  /** A hollow mark with "?" in the middle of each inferred or illustrative tie that can be read. */
  drawDoubts(ctx) {
    if (!this.near && this.scale < DOUBTS_FROM_SCALE) return;
    ctx.font = `700 11px ${FONT}`;
    ctx.textAlign = "center";
    ctx.lineWidth = 1.4;
    for (const edge of this.picture.edges) {
      const hidden = this.hiddenTies.has(edge.group) || !this.shown(edge.from) || !this.shown(edge.to);
      if (!edge.hollow || hidden || (this.near && !this.nearTies.has(edge.id))) continue;
      const at = this.middle(edge);
      ctx.beginPath();
      ctx.arc(at.x, at.y, 7, 0, 2 * Math.PI);
      ctx.fillStyle = this.colours.paper;
      ctx.fill();
      ctx.strokeStyle = this.colours.muted;
      ctx.stroke();
      ctx.fillStyle = this.colours.ink;
      ctx.fillText("?", at.x, at.y + 0.5);
      this.taken.add(at.x - 8, at.y - 8, at.x + 8, at.y + 8);
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
    return [...this.holder.parentElement.querySelectorAll(".stage-tools > *, .zoom")].map((one) => {
      const box = one.getBoundingClientRect();
      return [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
    });
  }

  screen(x, y) { return { x: this.origin.x + x * this.scale, y: this.origin.y + y * this.scale }; }

  words(ctx, text, font) {
    const key = `${font}|${text}`;
    if (!this.widths.has(key)) {
      ctx.font = font;
      this.widths.set(key, ctx.measureText(text).width);
    }
    return this.widths.get(key);
  }

  write(ctx, lines, font, colour, x, y, align, alpha = 1) {
    ctx.font = font;
    ctx.textAlign = align;
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = this.colours.island;
    ctx.lineWidth = HALO_PIXELS;
    lines.forEach((line, i) => ctx.strokeText(line, x, y + i * LINE_PIXELS));
    ctx.fillStyle = colour;
    lines.forEach((line, i) => ctx.fillText(line, x, y + i * LINE_PIXELS));
    ctx.globalAlpha = 1;
  }

  drawCaptions(ctx) {
    const font = `650 ${LABEL_PIXELS + 1}px ${FONT}`;
    for (const one of this.islands) {
      const at = this.screen(one.at[0], one.at[1]);
      const width = this.words(ctx, one.caption, font);
      const tinted = this.marks.some((mark) => mark.look === "tint" && mark.territories.includes(one.id));
      const x = Math.min(Math.max(at.x, width / 2 + 6), this.holder.clientWidth - width / 2 - 6);
      const box = [x - width / 2 - 3, at.y - 17, x + width / 2 + 3, at.y + 1];
      if (!this.taken.free(...box)) continue;
      this.taken.add(...box);
      ctx.font = font;
      ctx.textAlign = "center";
      ctx.strokeStyle = this.colours.ground;
      ctx.lineWidth = HALO_PIXELS;
      ctx.strokeText(one.caption, x, at.y - 8);
      ctx.fillStyle = tinted ? this.colours.gap : this.colours.muted;
      ctx.fillText(one.caption, x, at.y - 8);
    }
  }

  drawLabels(ctx) {
    const { clientWidth: width, clientHeight: height } = this.holder;
    const always = [this.selected, this.hovered, this.cursor].filter((id) => this.nodes.has(id));
    const queue = [...always.map((id) => this.nodes.get(id)), ...this.order];
    const done = new Set(this.written);
    for (const node of queue) {
      if (done.has(node.id) || !this.shown(node.id)) continue;
      const forced = always.includes(node.id);
      if (this.near && !this.near.has(node.id) && !forced) continue;
      const at = this.screen(node.x, node.y);
      if (at.x < -40 || at.y < -20 || at.x > width + 40 || at.y > height + 20) continue;
      done.add(node.id);
      this.placeLabel(ctx, node, at, forced, width, height);
    }
  }

  placeLabel(ctx, node, at, forced, width, height) {
    const strong = node.group === "City" || node.id === this.selected;
    const font = `${strong ? 700 : 500} ${LABEL_PIXELS}px ${FONT}`;
    const whole = wrap(node.label).slice(0, MOST_LINES).map((line) => shorten(line, 2 * LABEL_LETTERS));
    const r = node.size * this.scale * 1.15 + 4;
    const place = (lines) => {
      const wide = Math.max(...lines.map((line) => this.words(ctx, line, font)));
      const tall = lines.length * LINE_PIXELS;
      const places = [
        [at.x + r, at.y - tall / 2, "left"],
        [at.x - r - wide, at.y - tall / 2, "right"],
        [at.x - wide / 2, at.y + r - 1, "center"],
        [at.x - wide / 2, at.y - r - tall + 1, "center"],
      ];
      if (node.group === "Group") places.unshift(places.splice(2, 1)[0]);
      const inside = ([x, y]) => x >= 2 && y >= 2 && x + wide <= width - 2 && y + tall <= height - 2;
      let found = places.find(([x, y]) => inside([x, y]) && this.taken.free(x, y, x + wide, y + tall));
      if (!found && forced) found = places.find(inside) ?? places[0];
      return found && { lines, wide, tall, x: found[0], y: found[1], align: found[2] };
    };
    const two = whole.slice(0, 2).map((line) => shorten(line, LABEL_LETTERS));
    if (whole.length > 2) two[1] = shorten(`${two[1]} …`, LABEL_LETTERS);
    const short = [shorten(node.label, SHORT_LETTERS)];
    const chosen = forced ? place(whole) : place(two) ?? (short[0] === two[0] ? null : place(short));
    if (!chosen) return;
    const { lines, wide, tall, x, y, align } = chosen;
    this.taken.add(x, y, x + wide, y + tall);
    this.drawn.push({ id: node.id, box: [x, y, x + wide, y + tall] });
    const start = { left: x, right: x + wide, center: x + wide / 2 }[align];
    const colour = node.external && !forced ? this.colours.muted : this.colours.ink;
    this.write(ctx, lines, font, colour, start, y + LINE_PIXELS / 2, align, node.faded && !forced ? 0.7 : 1);
  }

  // Gaps: dashed red and nothing else is dashed red

  drawMarks(ctx) {
    for (const mark of this.marks) {
      ctx.strokeStyle = this.colours.gap;
      ctx.lineWidth = 2;
      ctx.setLineDash([6, 4]);
      // What would close a gap is drawn once a reader has picked that gap.
      const pairs = mark.look === "ring" && !this.alone ? [] : mark.pairs;
      for (const [a, b] of pairs) this.dashBetween(ctx, mark, a, b);
      if (mark.look === "ring") this.ringNodes(ctx, mark);
      if (mark.look === "ghost") this.ghosts(ctx, mark);
      if (mark.look === "band" && this.alone) {
        for (const a of mark.band[0]) for (const b of mark.band[1]) this.dashBetween(ctx, mark, a, b);
      } else if (mark.look === "band") this.dashBand(ctx, mark);
      ctx.setLineDash([]);
      if (mark.look === "tint") {
        const one = this.islands.find((island_) => mark.territories.includes(island_.id));
        if (one) this.tag(ctx, mark, this.screen(one.at[0], one.at[1]), 12);
      }
    }
  }

  ringNodes(ctx, mark) {
    for (const id of mark.nodes) {
      const node = this.nodes.get(id);
      if (!node || !this.shown(id)) continue;
      const at = this.screen(node.x, node.y);
      const r = node.size * this.scale * 1.25 + 5;
      ctx.beginPath();
      ctx.arc(at.x, at.y, r, 0, 2 * Math.PI);
      ctx.stroke();
      this.tag(ctx, mark, { x: at.x + r * 0.75, y: at.y - r * 0.75 - 4 }, 0);
    }
  }

  /** A tie that is missing, or the only one: dashed, beside the ties that are there. */
  dashBetween(ctx, mark, a, b) {
    const [from, to] = [this.nodes.get(a), this.nodes.get(b)];
    if (!from || !to || !this.shown(a) || !this.shown(b)) return;
    const [p, q] = [this.screen(from.x, from.y), this.screen(to.x, to.y)];
    const middle = { x: (p.x + q.x) / 2 + 0.16 * (q.y - p.y), y: (p.y + q.y) / 2 - 0.16 * (q.x - p.x) };
    ctx.beginPath();
    ctx.moveTo(p.x, p.y);
    ctx.quadraticCurveTo(middle.x, middle.y, q.x, q.y);
    ctx.stroke();
    this.tag(ctx, mark, { x: (p.x + q.x) / 4 + middle.x / 2, y: (p.y + q.y) / 4 + middle.y / 2 }, 0);
  }

  /** A band between two groups of nodes: from the middle of one to the middle of the other. */
  dashBand(ctx, mark) {
    const middle = (ids) => {
      const found = ids.map((id) => this.nodes.get(id)).filter((node) => node && this.shown(node.id));
      const mean = (axis) => found.reduce((sum, node) => sum + node[axis], 0) / found.length;
      return found.length ? this.screen(mean("x"), mean("y")) : null;
    };
    const [p, q] = mark.band.map(middle);
    if (!p || !q) return;
    const [dx, dy] = [q.x - p.x, q.y - p.y];
    const length = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [(-dy / length) * 11, (dx / length) * 11];
    ctx.beginPath();
    ctx.moveTo(p.x + nx, p.y + ny);
    ctx.lineTo(q.x + nx, q.y + ny);
    ctx.lineTo(q.x - nx, q.y - ny);
    ctx.lineTo(p.x - nx, p.y - ny);
    ctx.closePath();
    ctx.fillStyle = this.colours.gap;
    ctx.globalAlpha = 0.1;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.stroke();
    this.tag(ctx, mark, { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 }, 0);
  }

  /** A theme that somebody needs and nobody offers: a dashed pill with its name. */
  ghosts(ctx, mark) {
    const font = `600 ${LABEL_PIXELS}px ${FONT}`;
    for (const id of mark.nodes) {
      const node = this.nodes.get(id);
      if (!node || !this.shown(id)) continue;
      const at = this.screen(node.x, node.y);
      const width = this.words(ctx, node.label, font) + 24;
      ctx.beginPath();
      ctx.roundRect(at.x - width / 2, at.y - 13, width, 26, 13);
      ctx.fillStyle = this.colours.paper;
      ctx.fill();
      ctx.stroke();
      ctx.font = font;
      ctx.textAlign = "center";
      ctx.fillStyle = this.colours.gap;
      ctx.fillText(node.label, at.x, at.y + 0.5);
      this.taken.add(at.x - width / 2, at.y - 14, at.x + width / 2, at.y + 14);
      this.written.add(id);
      this.tag(ctx, mark, { x: at.x + width / 2 - 2, y: at.y - 13 }, 0);
    }
  }

  tag(ctx, mark, at, down) {
    const font = `700 11px ${FONT}`;
    const width = this.words(ctx, mark.rule, font) + 10;
    let [x, y] = [at.x - width / 2, at.y - 8 + down];
    for (let tries = 0; tries < 4 && !this.tags.free(x, y, x + width, y + 16); tries += 1) y -= 18;
    this.tags.add(x, y, x + width, y + 16);
    ctx.save();
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.roundRect(x, y, width, 16, 5);
    ctx.fillStyle = this.colours.gap;
    ctx.fill();
    ctx.font = font;
    ctx.textAlign = "center";
    ctx.fillStyle = this.colours.paper;
    ctx.fillText(mark.rule, x + width / 2, y + 8.5);
    ctx.restore();
    this.taken.add(x, y, x + width, y + 16);
  }
}

/** Boxes on the screen in a coarse grid, to find quickly whether a place is free. */
class Boxes {
  constructor() { this.cells = new Map(); }

  * keys(x1, y1, x2, y2) {
    for (let i = Math.floor(x1 / 64); i <= Math.floor(x2 / 64); i += 1) {
      for (let j = Math.floor(y1 / 64); j <= Math.floor(y2 / 64); j += 1) yield i * 65536 + j;
    }
  }

  add(x1, y1, x2, y2) {
    for (const key of this.keys(x1, y1, x2, y2)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([x1, y1, x2, y2]);
    }
  }

  free(x1, y1, x2, y2) {
    for (const key of this.keys(x1, y1, x2, y2)) {
      for (const [a, b, c, d] of this.cells.get(key) ?? []) {
        if (x1 < c && x2 > a && y1 < d && y2 > b) return false;
      }
    }
    return true;
  }
}
