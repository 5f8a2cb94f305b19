/* The explorer's page: puts the parts together and gives each what the address says. */

import { ask } from "./api.js";
import { AskPanel } from "./ask_panel.js";
import { Curator } from "./curate.js";
import { byId, h, isTyping, plural, warn } from "./dom.js";
import { DocumentPanel } from "./document_panel.js";
import { areKeysOn, fillHelp } from "./help.js";
import { StatementList } from "./list.js";
import { NetworkView } from "./network_view.js";
import { QueuePanel } from "./queue_panel.js";
import { makeSearch } from "./search.js";
import { addressOf, go, onChange, state } from "./state.js";

const TABS = { network: "Network", document: "Documents", queue: "Curate", ask: "Ask" };
let parts = null, wanted = null;

async function start() {
  let session;
  try {
    session = await ask("session");
  } catch (error) {
    warn(error.message, { lasting: true });
    return;
  }
  byId("place").textContent = /^https?:/.test(session.place) ? session.place : session.place.replace(/[\\/]+$/, "").split(/[\\/]/).pop();
  byId("place").title = `${session.place}: ${plural(session.statements, "statement")}, ${plural(session.documents, "document")}, sigmine ${session.version}`;
  const search = makeSearch(byId("search"), (kind) => { wanted = kind; });
  makeTabs();
  fillHelp(byId("help"));
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  byId("home").addEventListener("click", (event) => {
    event.preventDefault();
    go({ tab: "network", focus: [], relation: [], section: [], node: "", open: "", doc: "", text: "", belief: "", hedged: "", denied: "", direct: "", side: "", item: "" });
  });
  const curator = new Curator(session, { onDecided: (card, decision) => afterDecision(card, decision), onProgress: (curation) => parts.queue.show(curation) });
  curator.onUndone = (decision, isShown) => {
    parts.queue.decide(decision.evidence, null);
    for (const card of document.querySelectorAll(".evidence")) if (card.piece.id === decision.evidence) parts.list.refreshMark(card);
    if (!isShown) go({ open: decision.statement, item: state.tab === "queue" ? decision.evidence : state.item });
  };
  parts = {
    search, curator,
    network: new NetworkView(byId("panel-network"), session),
    queue: new QueuePanel(byId("panel-queue"), session.curation),
    ask: new AskPanel(byId("panel-ask"), session),
    list: new StatementList(byId("right"), session, curator),
  };
  parts.document = new DocumentPanel(byId("panel-document"), () => parts.list.update(parts.document.given));
  parts.list.onOpened = (item) => showDecided(item);
  onChange(() => update());
  document.addEventListener("keydown", onKey);
  await update();
}

function makeTabs() {
  const tabs = Object.entries(TABS).map(([name, label], index) => h("a", { href: addressOf({ tab: name, side: "" }), data: { tab: name }, title: `${label} (${index + 1})`, onclick: (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go({ tab: name, side: "", ...(name === "queue" || state.tab === "queue" ? { open: "", item: "" } : {}) });
  } }, label));
  const list = h("a", { href: addressOf({ side: "list" }), class: "only-narrow", data: { side: "list" }, onclick: (event) => { event.preventDefault(); go({ side: "list" }); } }, "Statements");
  byId("tabs").append(...tabs, list);
}

async function update() {
  document.body.dataset.side = state.side || "left";
  document.body.dataset.tab = state.tab;
  for (const link of byId("tabs").children) {
    const isList = link.dataset.side === "list";
    const narrowList = matchMedia("(max-width: 56rem)").matches && state.side === "list";
    const on = isList ? narrowList : link.dataset.tab === state.tab && !narrowList;
    if (on) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    link.classList.toggle("tab-open", !isList && link.dataset.tab === state.tab);
    link.href = isList ? addressOf({ side: "list" }) : addressOf({ tab: link.dataset.tab, side: "" });
  }
  byId("left-title").textContent = TABS[state.tab] ?? "Network";
  document.title = `${state.tab === "document" && state.doc ? state.doc : TABS[state.tab] ?? "Network"} – sigmine`;
  for (const name of Object.keys(TABS)) byId(`panel-${name}`).hidden = name !== state.tab;
  const panel = parts[state.tab];
  if (!panel) {
    go({ tab: "network" }, { replace: true });
    return;
  }
  if (state.tab === "document" || state.tab === "queue") {
    await panel.update();
    await parts.list.update(state.text ? null : panel.given);
  } else await Promise.all([panel.update(), parts.list.update()]);
  const kind = wanted;
  wanted = null;
  if (kind === "molecule") parts.network.focusTarget?.focus();
  else if (kind) focusList();
}

function focusList() { (document.querySelector(".item.is-open .row-button") ?? document.querySelector(".row-button"))?.focus(); }

/* In the queue the reading that is asked for is the one in view. */
function showDecided(item) {
  if (state.tab !== "queue") return;
  const card = parts.list.findCard(state.item);
  for (const one of item.querySelectorAll(".evidence")) one.classList.toggle("asked", one === card);
  card?.scrollIntoView({ block: "nearest" });
}

function afterDecision(card, decision) {
  parts.list.refreshMark(card);
  parts.queue.decide(card.piece.id, decision.verdict);
  if (state.tab === "queue") {
    if (card.piece.id === state.item) parts.queue.move(1);
    return;
  }
  const cards = [...card.closest(".detail").querySelectorAll(".evidence")];
  const next = cards.slice(cards.indexOf(card) + 1).find((one) => !one.piece.decision);
  (next ?? card).focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || byId("help").open) return;
  if (event.key === "Escape") {
    if (isTyping(event.target)) event.target.blur();
    else if (!byId("alert").hidden) byId("alert").hidden = true;
    else if (state.open) go({ open: "" });
    return;
  }
  if (isTyping(event.target) || !areKeysOn()) return;
  const acts = {
    "/": () => { parts.search.focus(); parts.search.select(); },
    "?": () => byId("help").showModal(),
    1: () => go({ tab: "network", side: "" }),
    2: () => go({ tab: "document", side: "" }),
    3: () => go({ tab: "queue", side: "", open: "", item: "" }),
    4: () => go({ tab: "ask", side: "" }),
    s: () => { go({ side: "list" }, { replace: true }); focusList(); },
    g: () => {
      go({ side: "" }, { replace: true });
      const target = { network: () => parts.network.focusTarget, document: () => document.querySelector("#panel-document .stated.current, #panel-document .text, #panel-document input"), queue: () => document.querySelector("#panel-queue .current button, #panel-queue button"), ask: () => document.querySelector("#query-name") }[state.tab]?.();
      target?.focus();
    },
    j: () => (state.tab === "queue" ? parts.queue.move(1) : parts.list.move(1)),
    k: () => (state.tab === "queue" ? parts.queue.move(-1) : parts.list.move(-1)),
    u: () => parts.curator.undo(parts.list.currentCard()?.piece.decision ? parts.list.currentCard() : null),
  };
  for (const [key, act] of [["a", "accept"], ["r", "reject"], ["c", "correct"]]) {
    acts[key] = () => {
      const card = parts.list.currentCard();
      if (card) parts.curator.act(card, act);
      else warn("Open a statement first: its evidence is what is decided on.");
    };
  }
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

start();
