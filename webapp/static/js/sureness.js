// @ts-check
// Badges of rankings that are still being checked: asked again, one by one, until all are ready.

const EVERY = 1000;
const busy = (state) => state === "waiting" || state === "running";
const groups = new Map();
for (const one of document.querySelectorAll("[data-sure]")) {
  if (busy(one.dataset.state)) groups.set(one.dataset.sure, [...(groups.get(one.dataset.sure) ?? []), one]);
}

/** Ask how far one ranking is and say so in its badges; whether it has to be asked again. */
async function ask(address, badges) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) return false;
  const said = await answer.json();
  for (const badge of badges) {
    const { place } = badge.dataset;
    badge.textContent = place ? (said.places[place] ?? (said.place || said.words)) : said.words;
    badge.dataset.state = said.state;
  }
  return busy(said.state);
}

async function watch() {
  try {
    for (const [address, badges] of groups) {
      if (!(await ask(address, badges))) groups.delete(address);
    }
  } catch {
    return; // The application has ended; what is shown stays as it was.
  }
  if (groups.size) setTimeout(watch, EVERY);
}

watch();
