/* A document: its running text with all names and, sentence by sentence, its statements. */

import { ask, askUntilRead } from "./api.js";
import { fill, h, plural, say, warn } from "./dom.js";
import { showPieces } from "./evidence.js";
import { go, state } from "./state.js";

const SHOWN = 300; // documents in the list at once

export class DocumentPanel {
  #place; #documents = null; #shown = null; #asked = null; #answer = null; #text; #onRead;

  /* onRead(answer): the list on the right shows the statements of the document. */
  constructor(place, onRead) {
    this.#place = place;
    this.#onRead = onRead;
  }

  /* What the list on the right shows; null where no document is open yet. */
  get given() {
    if (!state.doc) return { key: "no document", title: "Statements", rows: [], empty: "Choose a document.", noCount: true, noDownload: true };
    if (this.#answer?.id !== state.doc) return { key: `waiting ${state.doc}`, title: "Statements", rows: [], empty: "Loading …", noCount: true, noDownload: true };
    return { key: `document ${state.doc}`, title: `Statements in ${state.doc}`, rows: this.#answer.statements, download: new URLSearchParams({ document: state.doc }) };
  }

  async update() {
    if (!state.doc) return this.#showList();
    if (this.#shown !== state.doc) await this.#load();
    return this.#mark();
  }

  async #showList() {
    this.#shown = null;
    this.#asked?.abort();
    try {
      this.#documents ??= (await ask("documents")).documents;
    } catch (error) {
      return warn(error.message);
    }
    const filter = h("input", { type: "search", placeholder: "Part of a name", "aria-label": "Find a document", autocomplete: "off" });
    const list = h("ul", { class: "documents" }), note = h("p", { class: "note" });
    const show = () => {
      const wanted = filter.value.trim().toLowerCase();
      const found = this.#documents.filter((one) => !wanted || one.id.toLowerCase().includes(wanted));
      fill(list, ...found.slice(0, SHOWN).map((one) => h("li", {}, h("button", { type: "button", onclick: () => go({ doc: one.id, open: "" }) }, h("span", {}, one.id), h("small", {}, plural(one.evidence, "reading"))))));
      note.textContent = found.length > SHOWN ? `${SHOWN} of ${plural(found.length, "document")}; type a part of the name.` : plural(found.length, "document");
    };
    filter.addEventListener("input", show);
    show();
    return fill(this.#place, h("div", { class: "bar" }, filter), h("div", { class: "scroll" }, list), note);
  }

  async #load() {
    this.#asked?.abort();
    const asked = this.#asked = new AbortController(), id = state.doc;
    this.#shown = id;
    fill(this.#place, this.#makeHead(id), h("p", { class: "note" }, "Loading …"));
    let isFirst = true;
    const poll = askUntilRead("document", { id }, (answer) => {
      if (state.doc !== id || asked.signal.aborted) return;
      this.#answer = answer;
      this.#show(answer);
      if (isFirst) this.#onRead(answer);
      if (isFirst || answer.state !== "reading") say(answer.note || `${id}, ${plural(answer.statements.length, "statement")}`);
      isFirst = false;
    }, asked.signal).catch((error) => {
      if (error.name === "AbortError") return;
      this.#shown = null;
      fill(this.#place, this.#makeHead(id), h("p", { class: "problem" }, error.message));
    });
    await Promise.race([poll, new Promise((resolve) => { const look = () => (isFirst && this.#shown === id && !asked.signal.aborted ? setTimeout(look, 30) : resolve()); look(); })]);
  }

  #makeHead(id) {
    return h("div", { class: "bar" }, h("button", { type: "button", class: "quiet", onclick: () => go({ doc: "", open: "" }) }, "← Documents"), h("h3", {}, id));
  }

  #show(answer) {
    const top = this.#text?.scrollTop ?? 0, same = this.#text?.dataset.document === answer.id;
    if (same && this.#text.dataset.state === answer.state) return;
    const blocks = answer.blocks.map((block) => {
      const tag = block.kind === "title" ? "h3" : block.kind === "heading" ? "h4" : "p";
      return h(tag, { class: `block ${block.kind}`, title: ["body", "title", "heading"].includes(block.kind) ? null : block.kind.replaceAll("_", " ") }, block.parts.map((part) => this.#showPart(part)));
    });
    this.#text = h("div", { class: "scroll text", tabindex: 0, "aria-label": `Text of ${answer.id}`, data: { document: answer.id, state: answer.state } }, blocks);
    this.#text.addEventListener("keydown", (event) => {
      const step = { j: 1, k: -1 }[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      const sentences = [...this.#text.querySelectorAll(".stated")], at = sentences.indexOf(document.activeElement.closest(".stated"));
      sentences[at < 0 ? 0 : at + step]?.focus();
      event.stopPropagation();
      event.preventDefault();
    });
    fill(this.#place, this.#makeHead(answer.id), answer.note ? h("p", { class: `note state-${answer.state}` }, answer.note) : "", this.#text);
    if (same) this.#text.scrollTop = top;
    this.#mark();
  }

  #showPart(part) {
    const pieces = showPieces(part.pieces, { roles: Boolean(part.statements) });
    if (!part.statements) return pieces;
    const choose = () => {
      const at = part.statements.indexOf(state.open);
      go({ open: part.statements[(at + 1) % part.statements.length], ...(matchMedia("(max-width: 56rem)").matches ? { side: "list" } : {}) });
    };
    return h("span", {
      class: "stated", role: "button", tabindex: 0, data: { statements: part.statements.join(" ") },
      onclick: () => { if (!getSelection().toString()) choose(); },
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); } },
    }, pieces, h("sup", { title: plural(part.statements.length, "statement") }, h("span", { class: "unseen" }, ` ${plural(part.statements.length, "statement")}`), h("span", { "aria-hidden": "true" }, part.statements.length)));
  }

  #mark() {
    if (!this.#text) return;
    let first = null;
    for (const one of this.#text.querySelectorAll(".stated")) {
      const on = Boolean(state.open) && one.dataset.statements.split(" ").includes(state.open);
      one.classList.toggle("current", on);
      if (on) first ??= one;
    }
    if (first && !this.#text.querySelector(".stated.current:focus, .stated.current:hover")) first.scrollIntoView({ block: "center" });
  }
}
