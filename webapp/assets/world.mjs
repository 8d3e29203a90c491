// Countries from world-atlas (Natural Earth, public domain): Europe in detail, the rest in outline.
import { readFileSync, writeFileSync } from "node:fs";
import { feature } from "topojson-client";

const [west, south, east, north] = [-25, 33, 46, 72];
const inside = ([x, y]) => x >= west && x <= east && y >= south && y <= north;

/** A ring on a grid without repeated points; null where little is left of it. */
function coarse(ring, grid) {
  // A ring that crosses the date line goes on beyond 180 degrees instead of round the globe.
  const crosses = ring.some(([x], i) => i && Math.abs(x - ring[i - 1][0]) > 180);
  const found = [];
  for (const [x, y] of ring) {
    const point = [crosses && x < 0 ? x + 360 : x, y].map((v) => Math.round(v * grid) / grid);
    const last = found.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) found.push(point);
  }
  return found.length > 3 ? found : null;
}

function countries(file, grid, wanted) {
  const world = JSON.parse(readFileSync(`node_modules/world-atlas/${file}`, "utf8"));
  return feature(world, world.objects.countries).features.filter(({ id }) => wanted(id)).map(({ id, geometry, properties }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const kept = polygons.map((rings) => rings.map((ring) => coarse(ring, grid)).filter(Boolean)).filter((rings) => rings.length);
    return { type: "Feature", id, properties: { name: properties.name }, geometry: { type: "MultiPolygon", coordinates: kept } };
  });
}

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"));
const large = new Set(["643", "304", "840", "124", "010"]);
const near = new Set(
  feature(atlas, atlas.objects.countries).features
    .filter(({ id, geometry }) => !large.has(id) && JSON.stringify(geometry.coordinates).match(/\[-?[\d.]+,-?[\d.]+\]/g).map(JSON.parse).some(inside))
    .map(({ id }) => id),
);
const features = [
  ...countries("countries-110m.json", 10, (id) => !near.has(id) && id !== "010"),
  ...countries("countries-50m.json", 20, (id) => near.has(id)),
];
writeFileSync(process.argv[2], JSON.stringify({ type: "FeatureCollection", features }));
