// The live map of the first screen: a click leads to the same thing on the whole map.

import { Scene } from "./scene.js";

const holder = document.getElementById("canvas");
const scene = new Scene(holder, JSON.parse(document.getElementById("picture").textContent));

scene.network.on("click", ({ nodes }) => {
  if (!nodes[0]) return;
  const there = new URL(document.querySelector(".live .stage-tools a").href);
  there.searchParams.set("select", nodes[0]);
  location.assign(there);
});
scene.network.on("hoverNode", () => holder.classList.add("over-node"));
scene.network.on("blurNode", () => holder.classList.remove("over-node"));
window.scene = scene;
performance.mark("map-drawn");
