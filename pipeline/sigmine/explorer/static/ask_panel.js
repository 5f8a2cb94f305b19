/* SPARQL, and the queries with a name: only asked, never changed. */

import { ask, makeQuery } from "./api.js";
import { fill, h, plural, say } from "./dom.js";
import { go, state } from "./state.js";
import { openMolecule } from "./search.js";

const EXAMPLE = `# The kinases with most substrates
SELECT ?kinase (COUNT(DISTINCT ?o) AS ?substrates) {
  ?s sigmine:relation "phosphorylates" ; rdf:subject/rdfs:label ?kinase ; rdf:object ?o
} GROUP BY ?kinase ORDER BY DESC(?substrates) LIMIT 20`;

export class AskPanel {
  #place; #session; #name; #about; #fields; #sparql; #result; #asked = null; #shown = null;

  constructor(place, session) {
    this.#place = place;
    this.#session = session;
    this.#name = h("select", { id: "query-name", onchange: () => { this.#showFields([]); } },
      h("option", { value: "" }, "SPARQL of your own"), session.queries.map((one) => h("option", { value: one.name }, one.name)));
    this.#about = h("p", { class: "dim" });
    this.#fields = h("div", { class: "grid" });
    this.#sparql = h("textarea", { rows: 9, spellcheck: "false", "aria-label": "SPARQL", autocapitalize: "off" });
    this.#sparql.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.#submit(); }
    });
    this.#result = h("div", { class: "result", "aria-live": "polite" });
    const form = h("form", { class: "ask" }, h("label", {}, "Query ", this.#name), this.#about, this.#fields, this.#sparql,
      h("div", { class: "row" }, h("button", { type: "submit" }, "Ask"), h("small", { class: "dim" }, "Ctrl+Enter asks. Updates and SERVICE are refused.")));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    place.append(h("div", { class: "scroll" }, form, this.#result));
  }

  get #query() { return this.#session.queries.find((one) => one.name === this.#name.value); }

  async update() {
    const parameters = this.#parameters();
    if (parameters === this.#shown) return;
    this.#name.value = this.#session.queries.some((one) => one.name === state.name) ? state.name : "";
    this.#showFields(state.arg);
    if (!this.#name.value) this.#sparql.value = state.sparql || this.#sparql.value || EXAMPLE;
    this.#shown = parameters;
    if (state.name || state.sparql) await this.#run(parameters);
    else fill(this.#result);
  }

  #parameters() { return state.name ? makeQuery({ name: state.name, arg: state.arg }) : state.sparql ? makeQuery({ sparql: state.sparql }) : ""; }

  #showFields(values) {
    const query = this.#query;
    this.#sparql.readOnly = Boolean(query);
    this.#sparql.hidden = Boolean(query);
    this.#about.textContent = query ? query.description : "";
    fill(this.#fields, ...(query?.arguments ?? []).map((one, index) => h("label", {}, `${one.name}${one.is_optional ? " (may be empty)" : ""}`,
      h("input", { type: "text", value: values[index] ?? "", placeholder: one.meaning, required: !one.is_optional, autocomplete: "off", spellcheck: "false" }))));
  }

  #submit() {
    const query = this.#query;
    const values = [...this.#fields.querySelectorAll("input")].map((input) => input.value.trim());
    this.#shown = null; // asked again, also if nothing has changed
    const next = query ? { name: query.name, arg: values, sparql: "" } : { name: "", arg: [], sparql: this.#sparql.value };
    const before = this.#parameters();
    go(next);
    if (before === this.#parameters()) this.update();
  }

  async #run(parameters) {
    this.#asked?.abort();
    const asked = this.#asked = new AbortController();
    fill(this.#result, h("p", { class: "dim" }, "Asking …"));
    try {
      this.#show(await ask("ask", new URLSearchParams(parameters), asked.signal), parameters);
    } catch (error) {
      if (error.name !== "AbortError") fill(this.#result, h("p", { class: "problem", role: "alert" }, error.message));
    }
  }

  #show(answer, parameters) {
    if (answer.form === "ask") return fill(this.#result, h("p", { class: "answer" }, answer.answer ? "Yes" : "No"));
    const links = ["tsv", "json"].map((form) => h("a", { href: `api/answer?${parameters}&form=${form}`, download: "", class: "download-answer" }, form.toUpperCase()));
    const cut = answer.total > answer.rows.length ? `, the first ${answer.rows.length.toLocaleString("en")} are shown` : "";
    const head = h("p", { class: "row" }, h("b", {}, plural(answer.total, "row")), cut, " Download all: ", links);
    const table = h("table", {}, h("caption", { class: "unseen" }, "Answer"), h("thead", {}, h("tr", {}, answer.variables.map((name) => h("th", { scope: "col" }, name.replaceAll("_", " "))))),
      h("tbody", {}, answer.rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, this.#showCell(cell)))))));
    say(`${plural(answer.total, "row")}`);
    return fill(this.#result, head, answer.total ? h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Answer" }, table) : "");
  }

  #showCell(cell) {
    if (!cell) return "";
    if (cell.molecule) return h("button", { type: "button", class: "quiet", title: "Open what is around it", onclick: () => openMolecule(cell.molecule) }, cell.text);
    if (cell.statement) return h("button", { type: "button", class: "quiet", title: "Open the statement", onclick: () => go({ open: cell.statement, side: "list" }) }, cell.text);
    return cell.text;
  }
}
