// @ts-check
// The live map of the first screen: a click leads to the same thing on the whole map.

import { chips } from "./map/chips.js";
import { Scene } from "./map/scene.js";
import { served } from "./map/served.js";

const LOOK_AGAIN = 2000;
const coming = () => [...document.querySelectorAll("[data-coming]")];

function go(name, value) {
  const there = new URL(document.querySelector(".live .stage-tools a").href);
  there.searchParams.set(name, value);
  location.assign(there);
}

function draw() {
  const holder = document.getElementById("canvas");
  const scene = new Scene(holder, JSON.parse(document.getElementById("picture").textContent));
  scene.network.on("click", ({ nodes }) => { if (nodes[0]) go("select", nodes[0]); });
  scene.network.on("hoverNode", () => holder.classList.add("over-node"));
  scene.network.on("blurNode", () => holder.classList.remove("over-node"));
  chips(scene, (territory) => go("open", territory));
  scene.fit(false);
  window.scene = scene;
  performance.mark("map-drawn");
}

/** Put what was still being worked out in its place, as soon as it is there. */
async function arrive() {
  while (coming().length) {
    await new Promise((resolve) => { setTimeout(resolve, LOOK_AGAIN); });
    // Where nobody answers there is another turn.
    const page = await served(location.href).catch(() => null);
    for (const gap of coming()) {
      const come = page?.getElementById(gap.id);
      if (!come || "coming" in come.dataset) continue;
      gap.replaceWith(document.adoptNode(come));
      if (come.querySelector("#canvas")) draw();
    }
  }
}

if (document.getElementById("canvas")) draw();
arrive();
