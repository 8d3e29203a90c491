// Badges of rankings that are still being checked: asked again until they are ready.

const EVERY = 800;
const groups = new Map();
for (const one of document.querySelectorAll("[data-sure]")) {
  if (!["waiting", "running"].includes(one.dataset.state)) continue;
  groups.set(one.dataset.sure, [...(groups.get(one.dataset.sure) ?? []), one]);
}

async function ask(address, badges) {
  let said;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) return;
    said = await answer.json();
  } catch {
    return; // The application has ended; what is shown stays as it was.
  }
  for (const badge of badges) {
    const { place } = badge.dataset;
    badge.textContent = place ? (said.places[place] ?? (said.place || said.words)) : said.words;
    badge.dataset.state = said.state;
  }
  if (["waiting", "running"].includes(said.state)) setTimeout(ask, EVERY, address, badges);
}

for (const [address, badges] of groups) ask(address, badges);
