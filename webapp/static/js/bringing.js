// Files by drag and drop, and what is under way; without it the forms work as they are.

import { announce, fill, texts } from "./app.js";

function dropping() {
  const form = document.getElementById("drop");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const says = document.getElementById("sending");
  const most = Number(form.dataset.largest);
  const total = () => [...input.files].reduce((sum, file) => sum + file.size, 0);
  const fits = () => {
    const large = total() > most * 1024 * 1024;
    input.setCustomValidity(large ? fill(texts.too_large, { n: most }) : "");
    return !large;
  };
  input.addEventListener("change", fits);
  form.addEventListener("submit", () => {
    says.textContent = fill(texts.sending, { name: [...input.files].map((file) => file.name).join(", ") });
    form.querySelector("button[type=submit]").disabled = true;
  });
  addEventListener("pageshow", () => { form.querySelector("button[type=submit]").disabled = false; says.textContent = ""; });
  // A file that misses the zone would open in the place of the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
  form.addEventListener("dragover", () => form.classList.add("over"));
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("over"); });
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    fits();
    form.requestSubmit();
  });
}

/** What was changed is marked, and a step that takes long says so. */
function meaning() {
  const form = document.querySelector("form.bringing");
  if (!form) return;
  form.addEventListener("change", ({ target }) => {
    if (target.tagName !== "SELECT") return;
    const first = [...target.options].find((option) => option.defaultSelected);
    target.classList.toggle("altered", !first?.selected);
  });
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.dataset.working) {
      submitter.textContent = submitter.dataset.working;
      announce(submitter.dataset.working);
    }
  });
}

dropping();
meaning();
