// @ts-check
// The outlines of marks and islands; nothing here knows where or in which colour they are drawn.

/** @typedef {[number, number]} Point */

/**
 * Half-widths that give every shape the area of a circle of radius one.
 * @type {Record<string, (path: Path2D, r: number) => void>}
 */
const SHAPES = {
  Organisation(path, r) { const a = 0.886 * r; path.roundRect(-a, -a, 2 * a, 2 * a, 0.14 * r); },
  Person(path, r) { path.arc(0, 0, r, 0, 2 * Math.PI); },
  Project(path, r) { const a = 1.2533 * r; polygon(path, 4, a, -Math.PI / 2); },
  City(path, r) { polygon(path, 6, 1.0996 * r, 0); },
  Programme(path, r) { path.roundRect(-1.25 * r, -0.63 * r, 2.5 * r, 1.26 * r, 0.38 * r); },
  Event(path, r) { polygon(path, 3, 1.45 * r, -Math.PI / 2, 0.2 * r); },
  Theme(path, r) { path.roundRect(-1.3 * r, -0.6 * r, 2.6 * r, 1.2 * r, 0.6 * r); },
};

/**
 * @param {Path2D} path
 * @param {number} corners
 * @param {number} radius
 * @param {number} turn
 */
function polygon(path, corners, radius, turn, down = 0) {
  for (let i = 0; i < corners; i += 1) {
    const angle = turn + (2 * Math.PI * i) / corners;
    path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle) + down);
  }
  path.closePath();
}

/**
 * The outline of a kind of thing around the origin; a circle where the kind has none.
 * @param {string} kind
 * @param {number} radius
 */
export function outline(kind, radius) {
  const path = new Path2D();
  (SHAPES[kind] ?? SHAPES.Person)(path, radius);
  return path;
}

/**
 * The rounded outline of a hull: a smooth closed curve through the middles of its sides.
 * @param {Point[]} points
 */
export function island(points) {
  const path = new Path2D();
  points.forEach(([x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length];
    if (i === 0) {
      const [px, py] = points[points.length - 1];
      path.moveTo((px + x) / 2, (py + y) / 2);
    }
    path.quadraticCurveTo(x, y, (x + nx) / 2, (y + ny) / 2);
  });
  path.closePath();
  return path;
}
