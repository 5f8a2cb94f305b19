/* Decisions: accept, reject with a class of error, correct, undo; sent with the revision that the curator has seen. */

import { send } from "./api.js";
import { fill, h, say, warn } from "./dom.js";
import { describeDecision, fillCard } from "./evidence.js";

export class Curator {
  /* session: relations, reasons. onDecided(card, decision): the page moves on. onProgress(curation): numbers changed. */
  constructor(session, { onDecided, onProgress }) {
    this.session = session;
    this.reasons = session.reasons;
    this.onDecided = onDecided;
    this.onProgress = onProgress;
    this.hooks = { reasons: session.reasons, act: (card, action) => this.act(card, action) };
  }

  act(card, action) {
    if (action === "accept") return this.#decide(card, { verdict: "accepted" });
    if (action === "reject") return this.#askReason(card);
    if (action === "correct") return this.#askCorrection(card);
    return this.undo(card);
  }

  async undo(card = null) {
    const own = card?.piece.decision;
    try {
      const answer = await send("undo", own ? { evidence: card.piece.id } : {});
      say(`Taken back: ${describeDecision(answer.undone, this.reasons)}`);
      this.onProgress(answer.curation);
      const shown = document.querySelectorAll(".evidence");
      let isShown = false;
      for (const one of shown) {
        if (one.piece.id !== answer.undone.evidence) continue;
        this.#update(one, answer);
        isShown = true;
      }
      this.onUndone?.(answer.undone, isShown);
    } catch (error) {
      warn(error.message);
    }
  }

  async #decide(card, decision) {
    const { piece } = card;
    const body = { statement: piece.statement, evidence: piece.id, seen: card.revision ?? 0, ...decision };
    const buttons = [...card.querySelectorAll(".decision button")];
    buttons.forEach((one) => { one.disabled = true; });
    try {
      const answer = await send("decide", body);
      this.#update(card, answer);
      this.onProgress(answer.curation);
      say(describeDecision(answer.decision, this.reasons));
      this.onDecided(card, answer.decision);
    } catch (error) {
      buttons.forEach((one) => { one.disabled = false; });
      if (error.status === 409) {
        this.#update(card, error.data);
        this.onProgress(error.data.curation);
        const other = error.data.decision;
        fill(card.querySelector(".form-place"), h("p", { class: "problem conflict", role: "alert" },
          other ? `Not saved: ${other.curator} decided meanwhile. What stands is shown above; decide again to put yours in its place.` : "Not saved: the decision here was taken back meanwhile. Look again, then decide."));
        card.focus({ preventScroll: true });
      } else warn(error.message, { lasting: true });
    }
  }

  #update(card, answer) {
    card.piece.decision = answer.decision;
    card.revision = answer.curation.revision;
    const hadFocus = card.contains(document.activeElement);
    fillCard(card, this.hooks);
    if (hadFocus) card.focus({ preventScroll: true });
  }

  #open(card, form, focus) {
    fill(card.querySelector(".form-place"), form);
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#close(card);
    });
    focus.focus();
    form.scrollIntoView({ block: "nearest" });
  }

  #close(card) {
    fill(card.querySelector(".form-place"));
    card.focus({ preventScroll: true });
  }

  /* The classes as a list: a digit or a letter, or arrow keys and Enter, chooses. */
  #askReason(card) {
    const keys = "123456789abdefghi";
    const comment = h("input", { type: "text", name: "comment", maxlength: 2000, autocomplete: "off" });
    const choose = (reason) => this.#decide(card, { verdict: "rejected", error: reason.id, comment: comment.value });
    const options = this.reasons.map((reason, index) => h("button", { type: "button", class: "reason", title: reason.explanation, tabindex: index ? -1 : 0, data: { key: keys[index] }, onclick: () => choose(reason) },
      h("kbd", { "aria-hidden": "true" }, keys[index]), h("span", {}, reason.label), h("span", { class: "unseen" }, reason.explanation)));
    const about = h("p", { class: "reason-about", "aria-hidden": "true" });
    const explain = (event) => {
      const at = options.indexOf(event.target.closest(".reason"));
      if (at >= 0) about.textContent = this.reasons[at].explanation;
    };
    const list = h("div", { class: "reasons", role: "group", "aria-label": "Why is it wrong?" }, options);
    for (const kind of ["focusin", "pointerover"]) list.addEventListener(kind, explain);
    list.addEventListener("keydown", (event) => {
      const at = options.indexOf(document.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const byKey = options.find((one) => one.dataset.key === event.key);
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (step) {
        options.forEach((one) => { one.tabIndex = -1; });
        const next = options[(at + step + options.length) % options.length];
        next.tabIndex = 0;
        next.focus();
      } else if (byKey) byKey.click();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const form = h("form", { class: "decide", onsubmit: (event) => event.preventDefault() }, h("p", { class: "form-title" }, "Why is it wrong?"), list, about, h("label", {}, "Comment ", comment), h("button", { type: "button", class: "quiet", onclick: () => this.#close(card) }, "Cancel"));
    this.#open(card, form, options[0]);
  }

  #askCorrection(card) {
    const { piece } = card;
    const field = (name, label, value, more = {}) => h("label", {}, label, h("input", { type: "text", name, value: value ?? "", autocomplete: "off", maxlength: 300, ...more }));
    const flag = (name, label, on) => h("label", { class: "option" }, h("input", { type: "checkbox", name, checked: on }), label);
    const relation = h("select", { name: "relation" }, this.session.all_relations.map((one) => h("option", { value: one.name, selected: one.name === piece.relation }, one.label)));
    const reason = h("select", { name: "error" }, h("option", { value: "" }, "not said"), this.reasons.map((one) => h("option", { value: one.id }, one.label)));
    const subject = field("subject", "Subject (empty: not named)", piece.subject?.name), object = field("object", "Object", piece.object.name, { required: true });
    const swap = h("button", { type: "button", class: "quiet", onclick: () => {
      const [one, other] = [subject, object].map((label) => label.querySelector("input"));
      [one.value, other.value] = [other.value, one.value];
    } }, "⇄ Exchange the ends");
    const form = h("form", { class: "decide correct" }, h("p", { class: "form-title" }, "What does the sentence say?"),
      h("div", { class: "grid" }, subject, h("label", {}, "Relation", relation), object, field("sites", "Residues, e.g. S939, T1462", piece.sites.map((site) => site.position === null ? site.residue : `${site.residue}${site.position}`).join(", "))),
      h("div", { class: "row" }, flag("negated", "denied", piece.negated), flag("hedged", "hedged", piece.hedged), flag("indirect", "indirect", !piece.direct), swap),
      h("div", { class: "grid" }, h("label", {}, "What was wrong", reason), field("comment", "Comment", "", { maxlength: 2000 })),
      h("div", { class: "row" }, h("button", { type: "submit" }, "Save the correction"), h("button", { type: "button", class: "quiet", onclick: () => this.#close(card) }, "Cancel")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(form);
      this.#decide(card, {
        verdict: "corrected", error: data.get("error") || null, comment: data.get("comment"),
        correction: {
          relation: data.get("relation"), subject: data.get("subject").trim() || null, object: data.get("object").trim(),
          sites: data.get("sites").split(/[,;]/).map((one) => one.trim()).filter(Boolean),
          negated: data.has("negated"), hedged: data.has("hedged"), direct: !data.has("indirect"),
        },
      });
    });
    this.#open(card, form, relation);
  }
}
