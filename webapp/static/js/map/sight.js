// @ts-check
// What of the map is in the window: the camera, and what lies over the canvas.

import { extent, fitting, free } from "./camera.js";

const NARROW = 640;
/** So much of the room beside the outermost mark the buttons may take. */
const SIDE = 30;
const [LEAST_SCALE, MOST_SCALE] = [0.08, 6];

/** The camera over a holder; who extends it has nodes, islands and the network that draws them. */
export class Sight {
  /** @type {Picture} */
  picture;
  /** @type {Map<string, Thing>} */
  nodes = new Map();
  /** @type {(Territory & { path: Path2D })[]} */
  islands = [];
  /** Things, the most important first. @type {Thing[]} */
  order = [];
  /** The network of vis-network, which has no types here. @type {any} */
  network;
  /** A node or a tie. @type {string | null} */
  selected = null;
  /** Where the keyboard is. @type {string | null} */
  cursor = null;
  /** Who alone is drawn. @type {Set<string> | null} */
  alone = null;
  /** @type {[number, number]} */
  size = [0, 0];

  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.holder = /** @type {Found} */ (holder);
    /** What lies over a part of the canvas, where there is something. @type {HTMLElement | null} */
    this.cover = null;
    /** While true nothing moves the camera but who asks for a place of it. */
    this.still = false;
    /** How often the camera was sent somewhere. */
    this.moves = 0;
  }

  /** Whether a thing is shown: here all are, who extends this has filters. @param {string} id */
  shown(id) { return this.nodes.has(id); }

  /** The thing of an id that the picture has. @param {string | null} id */
  thing(id) { return /** @type {Thing} */ (this.nodes.get(id ?? "")); }

  watch() {
    this.size = [this.holder.clientWidth, this.holder.clientHeight];
    new ResizeObserver(() => this.resize()).observe(this.holder);
  }

  /** @param {Iterable<string> | null} ids */
  extent(ids) {
    const drawn = (ids ? [...ids].flatMap((id) => this.nodes.get(id) ?? []) : this.picture.nodes.filter((node) => this.shown(node.id)))
      .filter((node) => !node.chip);
    /** @type {[number, number][]} */
    const points = drawn.map((node) => [node.x, node.y]);
    if (!ids && !this.alone) for (const one of this.islands) points.push(...one.hull);
    return extent(points);
  }

  /** @param {boolean} animate @param {Iterable<string> | null} ids */
  fit(animate = true, ids = null, most = 1.6) {
    if (this.still) return;
    const { clientWidth, clientHeight } = this.holder;
    this.move(fitting(this.extent(ids), this.free(), clientWidth, most, clientHeight), animate);
  }

  /** The part of the canvas that nothing covers, and the room its edges and buttons need. */
  free() {
    const frame = this.holder.getBoundingClientRect();
    let { width, height } = frame;
    // In a story the sentence stands over the left third.
    const left = document.getElementById("step") && width > NARROW ? width / 3 : 0;
    if (left) return free(left, width - left, height, 0, 16);
    const box = this.cover?.getBoundingClientRect();
    const beside = box?.width && box.left > frame.left + 1 && box.left < frame.right - 1 && box.top < frame.bottom - 1;
    if (beside) width = box.left - frame.left;
    else if (box?.height && box.top > frame.top && box.top < frame.bottom) height = box.top - frame.top;
    const reach = (name) => this.holder.parentElement.querySelector(name)?.getBoundingClientRect();
    const [tools, chips, keys, zoom] = [".stage-tools", ".chips", ".keys", ".zoom"].map(reach);
    // No mark lies under the buttons: where they stand in a column the free part ends before them, where in a row above them.
    const inRow = zoom && zoom.width > zoom.height;
    const below = [chips, keys, inRow ? zoom : null].filter((one) => one?.height && one.bottom <= frame.top + height + 1);
    const foot = Math.max(16, ...below.map((one) => frame.top + height - one.top));
    const edge = !inRow && zoom?.width && zoom.right <= frame.left + width + 1 ? frame.left + width - zoom.left : 0;
    return free(0, width - Math.max(0, edge - SIDE), height, tools ? tools.bottom - frame.top : 0, foot);
  }

  /** Bring what is selected and its neighbours into the free part, unless most of it is there. */
  frame(ids, share = 0.9) {
    const { left, width, height, above, below } = this.free();
    const inside = (id) => {
      const { x, y } = this.thing(id);
      const at = this.network.canvasToDOM({ x, y });
      return at.x > left + 16 && at.x < left + width - 16 && at.y > above - 24 && at.y < height - below + 24;
    };
    const wanted = [...ids].filter((id) => this.nodes.has(id) && !this.thing(id).chip);
    const seen = wanted.filter(inside).length;
    const whole = !this.selected || !this.nodes.has(this.selected) || this.thing(this.selected).chip || inside(this.selected);
    if (wanted.length && (!whole || seen < share * wanted.length)) this.fit(true, wanted);
  }

  /** Draw with the next frame, whatever else changes until then. */
  redraw() {
    this.holder.dispatchEvent(new CustomEvent("changed"));
    this.network.body.emitter.emit("_requestRedraw");
  }

  /** Change nodes and ties as one: vis-network would draw the picture anew after each of them. */
  together(change) {
    const { emitter } = this.network.body;
    emitter.emit("_blockRedraw");
    change();
    emitter.emit("_allowRedraw");
    this.redraw();
  }

  get camera() { return { position: this.network.getViewPosition(), scale: this.network.getScale() }; }

  move(camera, animate) {
    this.moves += 1;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.network.moveTo({ ...camera, animation: animate && !still ? { duration: 260, easingFunction: "easeOutQuad" } : false });
    this.holder.dispatchEvent(new CustomEvent("moved"));
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
    const scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, this.network.getScale() * factor));
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
    const from = this.thing(this.cursor) ?? this.order.find(open);
    if (!from || !this.cursor) return from?.id ?? null;
    /** @type {string | null} */
    let best = null;
    let least = Infinity;
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
    this.redraw();
  }
}
