/* What to decide next, what teaches most first; the reading itself stands on the right. */

import { ask } from "./api.js";
import { fill, h, plural, say, warn } from "./dom.js";
import { go, state } from "./state.js";

export class QueuePanel {
  #place; #items = null; #progress; #list; #note; #asked = null;

  constructor(place, curation) {
    this.#place = place;
    this.#progress = h("div", { class: "progress" });
    this.#list = h("ol", { class: "queue" });
    this.#note = h("p", { class: "note" });
    place.append(h("div", { class: "bar" }, this.#progress, h("button", { type: "button", class: "quiet", onclick: () => this.load() }, "Rank anew")), h("div", { class: "scroll" }, this.#list), this.#note);
    this.show(curation);
  }

  show(curation) {
    const { decided, counts, curator } = curation;
    fill(this.#progress, h("b", {}, plural(decided, "decision")), ` ${counts.accepted} accepted, ${counts.rejected} rejected, ${counts.corrected} corrected. You are `, h("b", {}, curator), ".");
    this.#progress.title = `Kept in ${curation.folder}`;
  }

  async update() {
    if (!this.#items) await this.load();
    this.#mark();
  }

  async load() {
    this.#asked?.abort();
    const asked = this.#asked = new AbortController();
    this.#note.textContent = "Ranking what teaches most …";
    try {
      const answer = await ask("queue", {}, asked.signal);
      this.#items = answer.items;
      this.#note.textContent = [answer.items.length ? "Uncertain readings that much hangs on come first." : "Nothing is left to decide.", answer.note].filter(Boolean).join(" ");
      this.show(answer.curation);
      fill(this.#list, ...answer.items.map((item) => h("li", { data: { evidence: item.evidence, statement: item.statement } },
        h("button", { type: "button", onclick: () => go({ tab: "queue", open: item.statement, item: item.evidence, side: "list" }) }, h("span", {}, item.label), h("small", {}, `${item.document}, right with ${Math.round(item.probability * 100)} %`)))));
      if (state.tab === "queue" && !this.#find()) {
        const [first] = answer.items;
        if (first) this.open(first, { replace: true });
      }
      this.#mark();
    } catch (error) {
      if (error.name !== "AbortError") warn(error.message);
    }
  }

  open(item, how) { go({ tab: "queue", open: item.statement, item: item.evidence }, how); }

  #find() { return this.#items?.find((item) => item.evidence === state.item && item.statement === state.open); }

  /* Opens the next (1) or the one before (-1) that nobody has decided. */
  move(step) {
    if (!this.#items?.length) return;
    let at = this.#items.indexOf(this.#find());
    if (at < 0 && step < 0) at = this.#items.length;
    const rest = step > 0 ? this.#items.slice(at + 1) : this.#items.slice(0, Math.max(at, 0)).reverse();
    const next = rest.find((item) => step < 0 || !item.decided);
    if (next) this.open(next);
    else {
      say("That was the last of the queue.");
      if (step > 0) this.load();
    }
  }

  /* Marks a reading as decided (a verdict) or not (null). */
  decide(evidence, verdict) {
    for (const item of this.#items ?? []) if (item.evidence === evidence) item.decided = verdict;
    this.#mark();
  }

  #mark() {
    for (const [index, row] of [...this.#list.children].entries()) {
      const item = this.#items[index], isOpen = item.evidence === state.item && item.statement === state.open;
      row.className = [item.decided ?? "", isOpen ? "current" : ""].join(" ").trim();
      const button = row.querySelector("button");
      if (isOpen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      button.setAttribute("aria-label", `${item.label}${item.decided ? `, ${item.decided}` : ""}`);
      if (isOpen) row.scrollIntoView({ block: "nearest" });
    }
  }

  /* The list on the right: the statement of the reading alone. */
  get given() {
    const item = this.#find();
    return { key: `queue ${state.open}`, title: "To decide", rows: [], noDownload: true, noCount: true, empty: state.open ? "" : "Choose a reading.", item };
  }
}
