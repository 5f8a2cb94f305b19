/* The right side: statements, the open one with its evidence; in step with what is on the left. */

import { ask, makeQuery } from "./api.js";
import { fill, h, menu, plural, say, warn } from "./dom.js";
import { makeCard, shapeOf } from "./evidence.js";
import { go, listOf, state } from "./state.js";
import { openMolecule } from "./search.js";

const SIGNS = { 1: "→", "-1": "⊣", 0: "–" };

export class StatementList {
  #place; #session; #curator; #head; #rows; #more; #shown = null; #asked = null; #items = new Map(); #total = 0; #given = null;

  constructor(place, session, curator) {
    this.#place = place;
    this.#session = session;
    this.#curator = curator;
    this.#head = h("div", { class: "list-head" });
    this.#rows = h("ol", { class: "rows" });
    this.#more = h("button", { type: "button", class: "more", hidden: true, onclick: () => this.#load(this.#items.size) }, "More");
    place.append(this.#head, this.#rows, this.#more);
    this.#rows.addEventListener("keydown", (event) => {
      if (!event.target.matches(".row-button")) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.move(step);
    });
  }

  /* Shows what the address says; given: {key, title, rows, empty} instead of asking for statements. */
  async update(given = null) {
    this.#given = given;
    const key = given ? given.key : listOf(state).toString();
    if (key !== this.#shown) {
      this.#shown = key;
      this.#items = new Map();
      fill(this.#rows);
      this.#more.hidden = true;
      if (given) this.#add(given.rows, given.rows.length, true);
      else await this.#load(0);
    }
    await this.#showOpen();
  }

  async #load(offset) {
    this.#asked?.abort();
    const asked = this.#asked = new AbortController();
    this.#place.setAttribute("aria-busy", "true");
    if (!offset) this.#showHead(null);
    try {
      const query = listOf(state);
      query.set("offset", offset);
      const answer = await ask("statements", query, asked.signal);
      this.#add(answer.rows, answer.total, answer.complete);
      if (offset) this.#rows.children[offset]?.querySelector(".row-button").focus();
      else say(`${plural(answer.total, "statement")} listed`);
    } catch (error) {
      if (error.name !== "AbortError") {
        this.#shown = null;
        warn(error.message);
      }
    } finally {
      if (asked === this.#asked) this.#place.removeAttribute("aria-busy");
    }
  }

  #add(rows, total, complete) {
    this.#total = total;
    for (const row of rows) {
      if (this.#items.has(row.id)) continue;
      const item = this.#makeItem(row);
      this.#items.set(row.id, item);
      this.#rows.append(item);
    }
    this.#more.hidden = this.#items.size >= total;
    this.#more.textContent = `Show more (${this.#items.size} of ${total.toLocaleString("en")})`;
    this.#showHead(this.#given?.noCount ? "" : `${total.toLocaleString("en")}${complete ? "" : "+"}`);
    if (!total) fill(this.#rows, h("li", { class: "dim nothing" }, this.#given?.empty ?? "No statement fits."));
  }

  #showHead(count) {
    const title = this.#given?.title ?? (state.text ? `Sentences with “${state.text}”` : state.node ? "Statements of this molecule" : "Statements drawn");
    const clear = !this.#given && (state.text || state.node) ? h("button", { type: "button", class: "quiet", onclick: () => go({ text: "", node: "", open: "" }) }, "Show all drawn") : null;
    fill(this.#head, h("h2", { id: "right-title" }, title, count ? h("span", { class: "count" }, count) : ""), clear, count === null || this.#given?.noDownload ? "" : makeDownload(this.#session, this.#given?.download ?? listOf(state)));
    this.#rows.classList.toggle("waiting", count === null);
  }

  #makeItem(row) {
    const tags = [row.denied && ["denied", "against"], !row.denied && row.hedged === row.evidence && ["hedged", "hedged"], !row.direct && ["indirect", ""], row.site_status && !["unchecked", "valid"].includes(row.site_status) && [row.site_status.replaceAll("_", " "), "against"]].filter(Boolean);
    const sign = SIGNS[row.sign] ?? "–";
    const belief = h("span", { class: "belief-bar", title: `Belief ${row.belief.toFixed(2)}` }, h("span", {}), h("span", { class: "unseen" }, `belief ${row.belief.toFixed(2)}`));
    belief.firstChild.style.setProperty("width", `${Math.round(row.belief * 100)}%`);
    const button = h("button", { type: "button", class: "row-button", "aria-expanded": "false", onclick: () => this.toggle(row.id) },
      h("span", { class: "claim" }, h("span", { class: `type ${shapeOf(row.subject?.type)}` }, row.subject?.name ?? "something"), " ",
        h("span", { class: `relation sign${row.sign}` }, h("span", { "aria-hidden": "true" }, `${sign} `), row.relation_label), " ",
        h("span", { class: `type ${shapeOf(row.object.type)}` }, row.object.name), row.site ? h("span", { class: "site" }, ` ${row.site}`) : null),
      h("span", { class: "behind" }, ...tags.map(([words, kind]) => h("span", { class: `tag ${kind}` }, words)), showCurated(row), h("span", { class: "support", title: "Sentences (papers cited), hedged, against" }, row.support), belief));
    const item = h("li", { class: "item", data: { statement: row.id } }, button, h("div", { class: "detail", hidden: true }));
    item.row = row;
    return item;
  }

  toggle(id) { go({ open: state.open === id ? "" : id }); }

  /* Opens the next (1) or the one before (-1). */
  move(step) {
    const items = [...this.#items.values()];
    const at = items.findIndex((item) => item.contains(document.activeElement) || item.dataset.statement === state.open);
    const next = items[at < 0 ? 0 : at + step];
    if (next) next.querySelector(".row-button").focus();
    else if (step > 0 && !this.#more.hidden) this.#more.click();
  }

  async #showOpen() {
    for (const item of this.#rows.querySelectorAll(".item.is-open")) if (item.dataset.statement !== state.open) close(item);
    if (!state.open) return;
    let item = this.#items.get(state.open);
    if (item?.classList.contains("is-open")) return;
    try {
      const revealed = ask("statement", { id: state.open });
      const answer = await revealed;
      if (answer.id !== state.open) return;
      item = this.#items.get(state.open);
      if (!item) {
        item = this.#makeItem(answer);
        this.#items.set(answer.id, item);
        this.#rows.querySelector(".nothing")?.remove();
        this.#rows.prepend(item);
      }
      this.#fill(item, answer);
    } catch (error) {
      warn(error.message);
    }
  }

  #fill(item, answer) {
    const detail = item.querySelector(".detail");
    const cards = answer.pieces.map((piece) => {
      const card = makeCard(piece, this.#curator.hooks);
      card.revision = answer.revision;
      return card;
    });
    const ends = [answer.subject, answer.object].filter(Boolean).map((end) => h("span", { class: "end" },
      h("button", { type: "button", class: "quiet", onclick: (event) => openMolecule(end.key, event.ctrlKey || event.metaKey), title: "Open what is around it" }, end.name),
      h("small", {}, ` ${end.type.toLowerCase()} `), end.link ? h("a", { href: end.link, target: "_blank", rel: "noopener noreferrer" }, end.curie) : h("small", { class: "dim" }, "no identity")));
    fill(detail, h("p", { class: "ends" }, ...ends, h("small", { class: "dim" }, ` belief ${answer.belief.toFixed(2)}, ${plural(answer.pieces.length, "reading")}, id `, h("code", {}, answer.id))), ...cards);
    detail.hidden = false;
    item.classList.add("is-open");
    item.querySelector(".row-button").setAttribute("aria-expanded", "true");
    item.scrollIntoView({ block: "nearest" });
    this.onOpened?.(item);
  }

  /* The card that keys act on: the one with the focus, else the first of the open statement that nobody decided. */
  currentCard() {
    const focused = document.activeElement?.closest?.(".evidence");
    if (focused) return focused;
    const cards = [...this.#rows.querySelectorAll(".item.is-open .evidence")];
    return cards.find((card) => card.piece.id === state.item) ?? cards.find((card) => !card.piece.decision) ?? cards[0] ?? null;
  }

  findCard(evidence) { return [...this.#rows.querySelectorAll(".evidence")].find((card) => card.piece.id === evidence) ?? null; }

  refreshMark(card) {
    const item = card.closest(".item");
    const cards = [...item.querySelectorAll(".evidence")];
    const curated = {};
    for (const { piece } of cards) if (piece.decision) curated[piece.decision.verdict] = (curated[piece.decision.verdict] ?? 0) + 1;
    item.row.curated = curated;
    item.querySelector(".behind .curated")?.remove();
    const mark = showCurated(item.row);
    if (mark) item.querySelector(".behind .support").before(mark);
  }
}

function close(item) {
  item.classList.remove("is-open");
  item.querySelector(".detail").hidden = true;
  fill(item.querySelector(".detail"));
  item.querySelector(".row-button").setAttribute("aria-expanded", "false");
}

function showCurated(row) {
  const signs = { accepted: "✓", rejected: "✗", corrected: "✎" };
  const said = Object.entries(row.curated);
  if (!said.length) return null;
  return h("span", { class: "curated" }, said.map(([verdict, number]) => h("span", { class: verdict, title: `${number} ${verdict}` }, signs[verdict], h("span", { class: "unseen" }, `${number} ${verdict}`))));
}

/* The formats, by what they are for; each a link that downloads the statements of the list. */
export function makeDownload(session, query) {
  return menu("Download", (shut) => {
    const families = Map.groupBy ? Map.groupBy(session.formats, (one) => one.family) : group(session.formats);
    return [...families].map(([family, formats]) => h("div", { class: "family" }, h("b", {}, family), formats.map((one) => {
      const parameters = new URLSearchParams(query);
      parameters.set("format", one.name);
      return h("a", { href: `api/download?${makeQuery(parameters)}`, download: "", title: `Leaves out: ${one.lost}`, onclick: () => setTimeout(shut) }, h("code", {}, one.name), ` ${one.purpose}`);
    })));
  }, { class: "menu download" });
}

function group(formats) {
  const found = new Map();
  for (const one of formats) found.set(one.family, [...(found.get(one.family) ?? []), one]);
  return found;
}
