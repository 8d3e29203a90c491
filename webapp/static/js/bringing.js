// @ts-check
// Files by drag and drop, and what is under way; without it the forms work as they are.

import { announce, fill, texts } from "./page.js";

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
  form.addEventListener("dragleave", (event) => { if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) form.classList.remove("over"); });
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer?.files.length) return;
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

/** Candidates by keys: they work within a candidate alone, so no other key is taken. */
function reviewing() {
  const form = document.querySelector("form[data-review]");
  if (!form) return;
  const all = [...form.querySelectorAll(".candidate")];
  const go = (one, step) => {
    const next = all[all.indexOf(one) + step];
    (next ?? one).focus();
    (next ?? one).scrollIntoView({ block: "nearest" });
  };
  const answer = (one, state) => {
    const radio = one.querySelector(`input[value="${state}"]`);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "radio") return;
    const one = target.closest(".candidate");
    for (const thing of [one, ...form.querySelectorAll(`a[href="#${one.id}"]`)]) {
      thing.classList.remove("accepted", "rejected", "later");
      thing.classList.add(target.value);
    }
  });
  // The text beside follows the candidate; where it stands above, the page would jump.
  const beside = matchMedia("(min-width: 1001px)");
  form.addEventListener("focusin", ({ target }) => {
    const one = target.closest(".candidate");
    if (!one) return;
    for (const mark of form.querySelectorAll(".mention.here")) mark.classList.remove("here");
    const marks = form.querySelectorAll(`a[href="#${one.id}"]`);
    for (const mark of marks) mark.classList.add("here");
    if (beside.matches) marks[0]?.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("keydown", (event) => {
    const one = event.target.closest(".candidate");
    if (!one || event.altKey || event.ctrlKey || event.metaKey) return;
    // In a field or a list keys are its own.
    if (event.target !== one && event.target.type !== "radio") return;
    if (event.code === "Enter") answer(one, "accepted");
    else if (event.code === "KeyX") answer(one, "rejected");
    else if (event.target === one && event.code === "ArrowUp") { event.preventDefault(); go(one, -1); return; }
    else if (!(event.target === one && event.code === "ArrowDown")) return;
    event.preventDefault();
    go(one, 1);
  });
}

reviewing();
