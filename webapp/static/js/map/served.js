// @ts-check
// Parts of pages of this application, brought into this one (parsed by the browser as a page).

import { texts } from "../page.js";

/**
 * @param {string | URL} href
 * @returns {Promise<Document>}
 */
export function served(href) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", href);
    request.responseType = "document";
    request.onload = () => (request.response ? resolve(request.response) : reject(new Error(texts.no_answer)));
    request.onerror = () => reject(new Error(texts.no_answer));
    request.send();
  });
}

/** The panel of a page, or a notice that says why there is none. */
export async function panel(href) {
  try {
    const found = (await served(href)).querySelector(".panel, .hover-card, .notice");
    if (found) return document.adoptNode(found);
    throw new Error(texts.no_answer);
  } catch (error) {
    return Object.assign(document.createElement("p"), { className: "notice bad", textContent: /** @type {Error} */ (error).message });
  }
}

/** The picture at an address, and what stands beside it put into the place of what stood there. */
export async function drawnAnew(href) {
  const page = await served(href);
  const picture = page.getElementById("picture");
  if (!picture) return null;
  const had = document.activeElement?.id;
  for (const place of ["#side", ".stage-tools"]) {
    const [old, made] = [document.querySelector(place), page.querySelector(place)];
    old.replaceChildren(...[...made.childNodes].map((one) => document.adoptNode(one)));
  }
  document.querySelector("h1").textContent = page.querySelector("h1").textContent;
  const canvas = document.getElementById("canvas");
  canvas.setAttribute("aria-label", page.getElementById("canvas").getAttribute("aria-label") ?? "");
  if (had) document.getElementById(had)?.focus();
  return JSON.parse(picture.textContent);
}
