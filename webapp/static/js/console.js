// @ts-check
// The console: an editor in the place of the text field, completion from the model, errors where
// they are, and a history that stays in this browser.

import {
  autocompletion, bracketMatching, classHighlighter, closeBrackets, closeBracketsKeymap, completionKeymap, cypher,
  defaultKeymap, drawSelection, EditorState, EditorView, highlightActiveLine, history, historyKeymap, keymap,
  lineNumbers, lintGutter, setDiagnostics, StreamLanguage, syntaxHighlighting,
} from "../vendor/codemirror.js";

const field = document.getElementById("cypher");
const form = field.form;
const model = JSON.parse(document.getElementById("model").textContent);
const KEPT = "ecosystem-console-history";
const MOST = 50;

/** What fits at the cursor: kinds after a colon, properties after a dot, parameters after a dollar. */
function complete(context) {
  const word = context.matchBefore(/[:.$]?\w*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const sign = word.text[0];
  const lists = { ":": model.kinds, ".": model.properties, $: model.parameters };
  const chosen = lists[sign];
  if (chosen) return { from: word.from + 1, options: chosen, validFor: /^\w*$/ };
  return { from: word.from, options: [...model.words, ...model.kinds], validFor: /^\w*$/ };
}

/**
 * Text typed over a selection, put in by the editor itself: Chromium would keep the colour of what
 * was there by a style of its own, which the policy of the page forbids.
 */
function overSelection(event, view) {
  const { from, to, empty } = view.state.selection.main;
  if (empty || event.inputType !== "insertText" || event.isComposing || !event.data) return false;
  const insert = () => view.state.update({ ...view.state.replaceSelection(event.data), userEvent: "input.type", scrollIntoView: true });
  const handled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, event.data, insert));
  if (!handled) view.dispatch(insert());
  event.preventDefault();
  return true;
}

function editor() {
  const label = document.querySelector(`label[for="${field.id}"]`);
  label.id = "cypher-label";
  const run = { key: "Mod-Enter", run: () => { form.requestSubmit(); return true; } };
  const view = new EditorView({
    state: EditorState.create({
      doc: field.value,
      extensions: [
        EditorView.cspNonce.of(field.dataset.nonce),
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(), lintGutter(),
        StreamLanguage.define(cypher), syntaxHighlighting(classHighlighter),
        autocompletion({ override: [complete] }),
        keymap.of([run, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.lineWrapping,
        EditorView.domEventHandlers({ beforeinput: overSelection }),
        EditorView.contentAttributes.of({ "aria-labelledby": "cypher-label", "aria-describedby": "editor-help", spellcheck: "false" }),
        EditorView.updateListener.of((update) => { if (update.docChanged) field.value = update.state.doc.toString(); }),
      ],
    }),
  });
  field.before(view.dom);
  field.hidden = true;
  field.required = false;
  label.addEventListener("click", () => view.focus());
  return view;
}

/** The mark at the place that the database complains about. */
function showError(view) {
  const { line, column, message } = field.dataset;
  if (!message) return;
  const at = Math.min(Math.max(1, Number(line) || 1), view.state.doc.lines);
  const row = view.state.doc.line(at);
  const from = Math.min(row.from + Math.max(0, (Number(column) || 1) - 1), row.to);
  const diagnostic = { from, to: Math.max(from, row.to), severity: "error", message };
  view.dispatch(setDiagnostics(view.state, [diagnostic]));
}

function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch { return []; }
}

function remember(queries) {
  try { localStorage.setItem(KEPT, JSON.stringify(queries.slice(0, MOST))); } catch { /* storage is off: nothing is kept */ }
}

function past(view) {
  const box = document.getElementById("past");
  const list = box.querySelector("ol");
  const asked = field.dataset.asked;
  if (asked) remember([asked, ...remembered().filter((one) => one !== asked)]);
  const queries = remembered();
  box.hidden = !queries.length;
  list.replaceChildren(...queries.map((text) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "item";
    button.textContent = text.length > 160 ? `${text.slice(0, 160)} …` : text;
    button.addEventListener("click", () => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      view.focus();
    });
    item.append(button);
    return item;
  }));
  document.getElementById("forget").addEventListener("click", () => { remember([]); box.hidden = true; view.focus(); });
}

const view = editor();
showError(view);
past(view);
