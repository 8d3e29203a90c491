// @ts-check
// The story on paper: a step that is a page shows what that page says.

import { served } from "./map/served.js";

/** What is asked, opened or followed on a screen, and no part of what the page says. */
const NOT_ON_PAPER = "form, script, button, nav, dialog, .no-print, .unseen, [data-save-view], [role=search]";

/** The styles of a page, where this one has not got them. */
function dress(page) {
  const here = new Set([...document.querySelectorAll("link[rel=stylesheet]")].map((one) => one.href));
  for (const one of page.querySelectorAll("link[rel=stylesheet]")) {
    if (!here.has(one.href)) document.head.append(document.adoptNode(one));
  }
}

/** Its headings stand two ranks lower, below the heading of the step. */
function lower(content) {
  for (const one of content.querySelectorAll("h1, h2, h3, h4")) {
    const made = content.ownerDocument.createElement(`h${Number(one.tagName[1]) + 2}`);
    made.className = one.className;
    made.append(...one.childNodes);
    one.replaceWith(made);
  }
}

function bare(content) {
  lower(content);
  for (const one of content.querySelectorAll("th button")) one.replaceWith(...one.childNodes);
  for (const one of content.querySelectorAll(NOT_ON_PAPER)) one.remove();
  for (const one of content.querySelectorAll("details")) one.open = true;
  for (const one of [content, ...content.querySelectorAll("[id]")]) one.removeAttribute("id");
  return content;
}

async function fillIn(place) {
  const page = await served(place.dataset.step);
  const content = page.querySelector("main > .page, main > *");
  if (!content) return;
  dress(page);
  place.replaceChildren(document.adoptNode(bare(content)));
}

const paper = document.querySelector(".story-paper");
await Promise.allSettled([...document.querySelectorAll("[data-step]")].map(fillIn));
paper.dataset.whole = "";
