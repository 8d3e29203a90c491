// @ts-check
// The geographic map: countries, cities, and the advice between them. Everything it shows stands
// in the tables below it as well.

import { circleMarker, geoJSON, latLngBounds, map, polyline } from "../vendor/leaflet.js";
import { announce } from "./page.js";

const box = document.getElementById("places");
const { places, arcs, words } = JSON.parse(document.getElementById("places-data").textContent);

const chart = map(box, { attributionControl: false, zoomSnap: 0.5, minZoom: 2, maxZoom: 9, keyboard: true });
const at = new Map(places.map((place) => [place.id, [place.latitude, place.longitude]]));
chart.fitBounds(places.length ? latLngBounds(middle()).pad(0.08) : [[36, -10], [66, 40]]);

/** Where most cities are: a handful far away would otherwise shrink the rest to a dot. */
function middle() {
  const part = (values, share) => [...values].sort((a, b) => a - b)[Math.round((values.length - 1) * share)];
  const [ys, xs] = [0, 1].map((i) => [...at.values()].map((point) => point[i]));
  return [[part(ys, 0.03), part(xs, 0.03)], [part(ys, 0.97), part(xs, 0.97)]];
}

/** A resolved colour for a custom property, in the theme of the moment. */
function resolved(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  box.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** A gentle bow from one city to the other. */
function bow([y1, x1], [y2, x2]) {
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const [cx, cy] = [mx - (y2 - y1) * 0.18, my + (x2 - x1) * 0.18];
  return Array.from({ length: 25 }, (_, i) => {
    const t = i / 24;
    const mix = (a, c, b) => (1 - t) ** 2 * a + 2 * (1 - t) * t * c + t ** 2 * b;
    return [mix(y1, cy, y2), mix(x1, cx, x2)];
  });
}

/** Text in a bubble, with links; set as text alone. */
function bubble(title, lines, links) {
  const made = document.createElement("div");
  const head = document.createElement("strong");
  head.textContent = title;
  made.append(head);
  for (const line of lines) {
    const row = document.createElement("p");
    row.textContent = line;
    made.append(row);
  }
  for (const [text, href] of links) {
    const link = document.createElement("a");
    link.textContent = text;
    link.href = href;
    made.append(link, document.createElement("br"));
  }
  return made;
}

/** A shape that the keyboard reaches and that says what it is. */
function reachable(shape, name) {
  const element = shape.getElement();
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", name);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); shape.openPopup(); }
  });
}

let drawn = [];

function draw(countries) {
  for (const shape of drawn) shape.remove();
  drawn = [];
  if (countries) {
    drawn.push(geoJSON(countries, { interactive: false, style: { color: resolved("--island-line"), weight: 1, fillColor: resolved("--island"), fillOpacity: 1 } }).addTo(chart));
  }
  for (const arc of arcs) {
    const line = polyline(bow(at.get(arc.mentor), at.get(arc.mentee)), {
      color: resolved("--tie-mentoring"), weight: arc.state === "holds" ? 2.4 : 1.5,
      opacity: arc.state === "ended" ? 0.3 : 0.65, className: `arc ${arc.standing}`,
    }).addTo(chart);
    line.bindPopup(bubble(arc.name, arc.lines, arc.links));
    reachable(line, arc.name);
    drawn.push(line);
  }
  for (const place of places) {
    const marker = circleMarker(at.get(place.id), {
      radius: 4 + Math.min(14, 1.6 * Math.sqrt(place.organisations)), color: resolved("--paper"), weight: 1.5,
      fillColor: resolved("--kind-city"), fillOpacity: 0.92,
    }).addTo(chart);
    marker.bindPopup(bubble(place.name, place.lines, place.links));
    reachable(marker, place.name);
    drawn.push(marker);
  }
}

draw(null);
let world = null;
fetch(box.dataset.countries)
  .then((answer) => answer.json())
  .then((countries) => { world = countries; draw(world); performance.mark("places-drawn"); box.dataset.ready = "1"; });
addEventListener("themechange", () => draw(world));
chart.on("popupopen", ({ popup }) => announce(popup.getContent().textContent));
document.getElementById("places-fit")?.addEventListener("click", () => {
  if (places.length) chart.fitBounds(latLngBounds([...at.values()]).pad(0.12));
});
box.setAttribute("aria-label", words.label);
