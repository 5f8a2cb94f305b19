/* The shortcuts: shown with "?", and switched off there by whoever speaks to the machine or types with one finger. */

import { fill, h } from "./dom.js";

const GROUPS = [
  ["Anywhere", [["/", "search"], ["1 2 3 4", "network, documents, curate, ask"], ["s", "to the statements"], ["g", "to the network or the text"], ["?", "this list"], ["Esc", "close a menu or a form; then the open statement"]]],
  ["Statements", [["j  k", "next, previous statement (in Curate: reading; in a text: sentence)"], ["Enter", "open or close it"]]],
  ["Decide on the evidence", [["a", "accept"], ["r", "reject, then the key of a class"], ["c", "correct relation, ends, residues"], ["u", "undo"]]],
  ["Network", [["← ↑ → ↓", "to a neighbour"], ["n  p", "to the relations of a molecule"], ["Enter", "select"], ["e", "expand neighbours"], ["Shift + arrows", "move the molecule"], ["+  −  0", "zoom, show all"]]],
  ["Search box", [["↑ ↓ Enter", "choose"], ["Ctrl + Enter", "open a molecule beside the others"]]],
];
const KEY = "sigmine shortcuts off";

export function areKeysOn() {
  try {
    return localStorage.getItem(KEY) !== "yes";
  } catch {
    return true;
  }
}

export function fillHelp(dialog) {
  const box = h("input", { type: "checkbox", checked: areKeysOn(), onchange: () => { try { localStorage.setItem(KEY, box.checked ? "no" : "yes"); } catch { /* then they stay on */ } } });
  fill(dialog, 
    h("div", { class: "help-head" }, h("h2", { id: "help-title" }, "Keyboard"), h("button", { type: "button", "aria-label": "Close", onclick: () => dialog.close() }, "×")),
    h("div", { class: "help-groups" }, GROUPS.map(([title, rows]) => h("section", {}, h("h3", {}, title), h("dl", {}, rows.flatMap(([keys, words]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, words)]))))),
    h("label", { class: "option" }, box, "Single keys are shortcuts"));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}
