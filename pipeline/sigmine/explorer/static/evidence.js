/* One piece of evidence: the sentence with its marks, the rule, the works cited, and what curators decided on it. */

import { askUntilRead } from "./api.js";
import { away, fill, h, warn } from "./dom.js";
import { addressOf, go } from "./state.js";

export const ROLES = { subject: "subject", object: "object", trigger: "trigger", site: "residue", citation: "citation" };

/* Pieces of a text, {text, kinds?, name?, type?, curie?}, as elements; roles are named to screen readers. */
export function showPieces(pieces, { roles = true } = {}) {
  return pieces.map((piece) => {
    if (!piece.kinds) return document.createTextNode(piece.text);
    const kinds = piece.kinds.filter((kind) => roles || kind === "mention");
    const what = kinds.map((kind) => ROLES[kind]).filter(Boolean).join(" and ");
    const identity = describe(piece);
    const type = piece.type && piece.kinds.some((kind) => ["subject", "object", "mention"].includes(kind)) ? `type ${shapeOf(piece.type)}` : "";
    return h("span", { class: `mark ${piece.kinds.join(" ")} ${type}`, title: [what, identity].filter(Boolean).join(": ") || null },
      roles && what ? h("span", { class: "unseen" }, ` ${what}: `) : null, piece.text);
  });
}

export function shapeOf(type) { return ["PROTEIN", "FAMILY", "COMPLEX", "CHEMICAL"].includes(type) ? type : "OTHER"; }

export function describe({ name, type, curie, reason, modifiers }) {
  if (!name) return "";
  return [name, type?.toLowerCase(), curie ?? (reason ? `no identity: ${reason}` : "no identity"), modifiers?.join(", ")].filter(Boolean).join(", ");
}

/* The card of a piece of evidence. hooks: decide(piece, card), undo(piece), openDocument(piece). */
export function makeCard(piece, hooks) {
  const card = h("article", { class: `evidence ${piece.side}`, tabindex: -1, data: { evidence: piece.id }, "aria-label": `Evidence in ${piece.document}` });
  card.piece = piece;
  fillCard(card, hooks);
  return card;
}

export function fillCard(card, hooks) {
  const { piece } = card;
  fill(card, 
    h("p", { class: "sentence" }, ...showPieces(piece.sentence)),
    piece.elsewhere.length ? h("p", { class: "elsewhere" }, ...piece.elsewhere.flatMap((one) => [h("span", {}, `${ROLES[one.kind]} in another sentence: `), ...showPieces([{ ...one, kinds: [one.kind] }]), " "])) : null,
    h("p", { class: "meta" },
      h("a", { href: addressOf({ tab: "document", doc: piece.document, open: piece.statement, text: "" }), onclick: (event) => { if (event.ctrlKey || event.metaKey) return; event.preventDefault(); go({ tab: "document", doc: piece.document, open: piece.statement, text: "", side: "" }); } }, piece.document),
      ` ${piece.section}`, piece.pages.length ? `, page ${piece.pages.join(", ")}` : "", ". ", ...showFlags(piece), ` Belief ${piece.belief.toFixed(2)}.`),
    showWorks(piece), showRule(piece), showDecision(card, hooks));
}

function showFlags(piece) {
  const flags = [[piece.claim.replaceAll("_", " "), piece.hedged ? "hedged" : ""]];
  if (piece.negated) flags.push(["denied", "against"]);
  if (!piece.direct) flags.push(["indirect", ""]);
  return flags.map(([words, kind]) => h("span", { class: `tag ${kind}` }, words));
}

function showWorks(piece) {
  if (!piece.citations.length) return null;
  const rows = piece.citations.flatMap(({ marker, works }) => works.length ? works.map((work) => h("li", {}, h("span", { class: "marker" }, works.length > 1 && work.number ? `[${work.number}]` : marker), " ", showWork(work))) : [h("li", {}, h("span", { class: "marker" }, marker), " ", h("span", { class: "dim" }, "without an entry in the reference list"))]);
  return h("ul", { class: "works", "aria-label": "Works cited" }, rows);
}

function showWork(work) {
  const authors = work.authors.length > 2 ? `${work.authors[0]} et al.` : work.authors.join(" and ");
  const words = work.title || work.text ? [authors, work.title ?? work.text, [work.journal, work.year].filter(Boolean).join(" ")].filter(Boolean).join(". ") : "";
  return [words || null, " ", ...work.links.flatMap((link) => [away(link.address, link.name, `${link.name}: ${work.title ?? words}`), " "])];
}

function showRule(piece) {
  const { rule } = piece;
  const way = h("div", { class: "way" });
  const find = h("button", { type: "button", class: "quiet", onclick: () => showWay(piece, way, find) }, "Show the way through the sentence");
  return h("details", { class: "rule" }, h("summary", {}, "Rule ", h("code", {}, rule.name)),
    rule.example ? h("p", {}, "Pattern ", h("code", {}, rule.example), " in ", h("code", {}, rule.template), ", its words in ", h("code", {}, rule.words), ".") : h("p", { class: "dim" }, "Today's grammar has no such rule."),
    h("p", {}, `Trigger “${piece.trigger}”.`, piece.cues.length ? ` Cues: ${piece.cues.join(", ")}.` : ""), find, way);
}

async function showWay(piece, place, button) {
  button.disabled = true;
  try {
    await askUntilRead("why", { statement: piece.statement, evidence: piece.id }, (answer) => {
      if (answer.state === "reading") fill(place, h("p", { class: "dim" }, "The document is being read again; loading the language model takes some seconds …"));
      else if (answer.state === "failed") fill(place, h("p", { class: "problem" }, answer.note));
      else fill(place, ...describeWay(answer));
    });
  } catch (error) {
    warn(error.message);
  }
  button.disabled = false;
  button.hidden = place.childElementCount > 0;
}

function describeWay(answer) {
  const found = answer.sentences.flatMap((sentence) => sentence.statements);
  return [
    ...answer.notes.map((note) => h("p", { class: "dim" }, `${note[0].toUpperCase()}${note.slice(1)}.`)),
    ...found.map((one) => h("dl", {},
      ...one.ends.flatMap((end) => [h("dt", {}, end.role), h("dd", {}, end.words.length ? end.words.flatMap((word) => [word.way ? h("small", {}, ` ${word.way}${word.label} `) : null, word.text]) : "no way through the parse", h("br"), h("small", {}, end.path ? `path ${end.path}` : "not by a path, but from a list"))]),
      ...one.sites.flatMap((site) => [h("dt", {}, site.name), h("dd", {}, site.bound)]),
      one.negated !== null ? [h("dt", {}, "denied by"), h("dd", {}, one.negated || "–")] : null,
      one.hedged !== null ? [h("dt", {}, "hedged by"), h("dd", {}, one.hedged || "–")] : null,
      one.also.length ? [h("dt", {}, "also read by"), h("dd", {}, one.also.join("; "))] : null,
      one.near.length ? [h("dt", {}, "nearly"), h("dd", {}, one.near.slice(0, 3).map((note) => h("div", {}, h("code", {}, note.rule), `: ${note.missing.join("; ")}`)))] : null)),
  ];
}

const WORDS = { accepted: "Accepted", rejected: "Rejected", corrected: "Corrected" };

export function describeDecision(decision, reasons) {
  const when = decision.time ? new Date(decision.time).toLocaleString() : "";
  const reason = reasons?.find((one) => one.id === decision.error)?.label ?? decision.error;
  const said = decision.correction ? `: ${nameCorrection(decision.correction)}` : "";
  return `${WORDS[decision.verdict]}${reason ? ` (${reason.toLowerCase()})` : ""}${said} by ${decision.curator}${when ? `, ${when}` : ""}${decision.comment ? `: “${decision.comment}”` : ""}`;
}

export function nameCorrection(one) {
  const flags = [one.negated && "denied", one.hedged && "hedged", !one.direct && "indirect"].filter(Boolean);
  return `${one.subject?.name ?? "something"} ${one.relation.replaceAll("_", " ")} ${one.object.name}${one.sites.length ? ` at ${one.sites.join(", ")}` : ""}${flags.length ? ` (${flags.join(", ")})` : ""}`;
}

function showDecision(card, hooks) {
  const { piece } = card;
  const button = (key, words, act) => h("button", { type: "button", class: `verdict ${act}`, "aria-keyshortcuts": key, onclick: () => hooks.act(card, act) }, words, h("kbd", { "aria-hidden": "true" }, key));
  const { decision } = piece;
  return h("div", { class: `decision ${decision?.verdict ?? ""}` },
    decision ? h("p", { class: "verdict-line" }, describeDecision(decision, hooks.reasons)) : null,
    h("div", { class: "verdicts", role: "group", "aria-label": "Your decision" }, button("a", "Accept", "accept"), button("r", "Reject", "reject"), button("c", "Correct", "correct"), decision ? button("u", "Undo", "undo") : null),
    h("div", { class: "form-place" }));
}
