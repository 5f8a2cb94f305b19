/* The network on the left: the class SigmineNetwork of the report draws it, the explorer gives its elements. */

/* global SigmineNetwork */
import { send } from "./api.js";
import { fill, h, menu, plural, say, warn } from "./dom.js";
import { countFilters, go, state, viewOf } from "./state.js";
import { openMolecule } from "./search.js";

const KEPT = 30; // networks of which the places are remembered

export class NetworkView {
  #place; #stage; #chips; #actions; #note; #filters; #network = null; #svg = null; #root = null; #shown = null; #asked = null; #session; #ids = new Set(); #names = new Map();

  constructor(place, session) {
    this.#place = place;
    this.#session = session;
    this.#chips = h("div", { class: "chips", role: "group", "aria-label": "Opened molecules" });
    this.#filters = h("div", { class: "filters", role: "group", "aria-label": "Filters" });
    this.#note = h("p", { class: "note" });
    this.#actions = h("div", { class: "actions" });
    this.#stage = h("div", { class: "stage" });
    const tools = h("div", { class: "tools", role: "group", "aria-label": "Zoom" },
      this.#tool("+", "Zoom in", () => this.#network?.zoom(1.3)), this.#tool("−", "Zoom out", () => this.#network?.zoom(1 / 1.3)),
      this.#tool("⤢", "Show all", () => this.#network?.fit({ minZoom: 0 })), this.#tool("↺", "Lay out anew", () => this.#layOutAnew()));
    place.append(h("div", { class: "bar" }, this.#chips, this.#filters), h("div", { class: "frame" }, this.#stage, this.#actions, tools, makeLegend()), this.#note);
    this.#makeFilters();
    window.addEventListener("pagehide", () => this.#remember());
  }

  #tool(sign, label, act) { return h("button", { type: "button", "aria-label": label, title: label, onclick: act }, sign); }

  get focusTarget() { return this.#svg?.querySelector("[tabindex='0']") ?? this.#svg; }

  async update() {
    const view = viewOf(state).toString();
    this.#showFilters();
    if (view !== this.#shown) {
      await this.#draw(view);
      return;
    }
    this.#select();
  }

  async #draw(view) {
    this.#asked?.abort();
    const asked = this.#asked = new AbortController();
    const root = state.focus[0] ?? "";
    this.#remember();
    this.#place.setAttribute("aria-busy", "true");
    try {
      const positions = root === this.#root ? this.#collect() : readPlaces(this.#session.place)[root] ?? {};
      const answer = await send("network", { view, positions }, asked.signal);
      if (root !== this.#root || !this.#network) this.#renew(root);
      this.#shown = view;
      this.#ids = new Set(answer.elements.edges.map((edge) => edge.data.id));
      for (const { data } of answer.elements.nodes) this.#names.set(data.id, data.name);
      this.#network.show(answer.elements);
      this.#stage.classList.toggle("empty", !answer.elements.nodes.length);
      this.#note.textContent = [answer.elements.nodes.length ? "" : "No statement fits.", answer.note].filter(Boolean).join(" ");
      this.#showFocus();
      this.#select();
      this.#remember();
      say(`${plural(answer.elements.nodes.length, "molecule")} and ${plural(answer.elements.edges.length, "relation")} drawn`);
    } catch (error) {
      if (error.name !== "AbortError") warn(error.message);
    } finally {
      if (asked === this.#asked) this.#place.removeAttribute("aria-busy");
    }
  }

  /* Another molecule in the middle is another drawing: places of the one before would only be in its way. */
  #renew(root) {
    this.#root = root;
    this.#svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    fill(this.#stage, this.#svg);
    this.#network = new SigmineNetwork(this.#svg, {
      label: "Network", wheelZooms: true,
      onSelectNode: (id) => go({ node: id ?? "", open: "", text: "" }),
      onSelectEdge: (id) => { if (id) go({ open: id, text: "" }); },
      onExpand: (id) => { if (!state.focus.includes(id)) go({ focus: [...state.focus, id], node: id, open: "" }); },
    });
    for (const end of ["pointerup", "keyup"]) this.#svg.addEventListener(end, () => this.#remember());
  }

  #select() {
    const id = this.#ids.has(state.open) ? state.open : state.node || null;
    this.#network?.select(id);
  }

  #layOutAnew() {
    const places = readPlaces(this.#session.place);
    delete places[this.#root];
    writePlaces(this.#session.place, places);
    this.#network = null;
    this.#root = null;
    this.#draw(viewOf(state).toString());
  }

  #collect() {
    const found = this.#network?.positions() ?? {};
    return Object.fromEntries(Object.entries(found).map(([id, { x, y }]) => [id, [x, y]]));
  }

  #remember() {
    if (!this.#network || this.#root === null) return;
    const { [this.#root]: _, ...others } = readPlaces(this.#session.place);
    const kept = Object.entries(others).slice(-KEPT + 1);
    writePlaces(this.#session.place, { ...Object.fromEntries(kept), [this.#root]: this.#collect() });
  }

  #showFocus() {
    const chips = state.focus.map((key) => h("span", { class: "chip" }, this.#names.get(key) ?? key,
      h("button", { type: "button", "aria-label": `Close ${this.#names.get(key) ?? key}`, onclick: () => go({ focus: state.focus.filter((one) => one !== key), node: state.node === key ? "" : state.node }) }, "×")));
    const node = state.node && !state.focus.includes(state.node) ? [h("button", { type: "button", onclick: () => go({ focus: [...state.focus, state.node] }) }, `Expand ${this.#names.get(state.node) ?? state.node}`)] : [];
    fill(this.#chips, chips.length ? chips : h("span", { class: "dim" }, "Best supported statements"));
    fill(this.#actions, node); // over the drawing, which must not move between the clicks of a double click
  }

  #makeFilters() {
    const options = (name, values) => () => values.map(({ id, label, count }) => h("label", { class: "option" },
      h("input", {
        type: "checkbox", checked: state[name].includes(id),
        onchange: (event) => go({ [name]: event.target.checked ? [...state[name], id] : state[name].filter((one) => one !== id) }),
      }), label, count === undefined ? null : h("small", {}, count.toLocaleString("en"))));
    const relations = this.#session.relations.map((one) => ({ id: one.name, label: one.label, count: one.statements }));
    const sections = this.#session.sections.map((one) => ({ id: one, label: one }));
    const flag = (name, off, label) => h("label", { class: "option" },
      h("input", { type: "checkbox", data: { filter: name }, onchange: (event) => go({ [name]: event.target.checked === (off === "no") ? "" : off }) }), label);
    this.belief = h("input", {
      type: "range", min: 0, max: 1, step: 0.05, "aria-label": "Least belief",
      oninput: (event) => { this.beliefValue.textContent = Number(event.target.value).toFixed(2); },
      onchange: (event) => go({ belief: Number(event.target.value) ? event.target.value : "" }, { replace: true }),
    });
    this.beliefValue = h("output", {});
    this.relationMenu = menu("Relation", options("relation", relations));
    this.sectionMenu = menu("Section", options("section", sections));
    this.reset = h("button", { type: "button", class: "quiet", onclick: () => go({ relation: [], section: [], belief: "", hedged: "", denied: "", direct: "" }) }, "Clear");
    this.#filters.append(this.relationMenu, this.sectionMenu,
      h("label", { class: "belief" }, "Belief ≥", this.belief, this.beliefValue),
      flag("hedged", "no", "hedged"), flag("denied", "no", "denied"), flag("direct", "yes", "direct only"), this.reset);
  }

  #showFilters() {
    this.belief.value = state.belief || 0;
    this.beliefValue.textContent = Number(state.belief || 0).toFixed(2);
    for (const box of this.#filters.querySelectorAll("[data-filter]")) box.checked = box.dataset.filter === "direct" ? state.direct === "yes" : state[box.dataset.filter] !== "no";
    this.relationMenu.querySelector("summary").textContent = state.relation.length ? `Relation (${state.relation.length})` : "Relation";
    this.sectionMenu.querySelector("summary").textContent = state.section.length ? `Section (${state.section.length})` : "Section";
    this.reset.hidden = !countFilters(state);
    if (this.#shown !== null) this.#showFocus();
  }
}

function readPlaces(place) {
  try {
    return JSON.parse(localStorage.getItem(`sigmine places ${place}`)) ?? {};
  } catch {
    return {};
  }
}

function writePlaces(place, places) {
  try {
    localStorage.setItem(`sigmine places ${place}`, JSON.stringify(places));
  } catch {
    // A full or forbidden storage costs the places, nothing else.
  }
}

function makeLegend() {
  const kinds = ["PROTEIN", "FAMILY", "COMPLEX", "CHEMICAL", "OTHER"].map((kind) => h("span", { class: `type ${kind}` }, kind.toLowerCase()));
  const ends = [["→", "activates, raises", "positive"], ["⊣", "inhibits, lowers", "negative"], ["—●", "modifies, binds", "neutral"]]
    .map(([sign, words, kind]) => h("span", { class: `end-${kind}` }, h("b", {}, sign), ` ${words}`));
  const lines = [["– –", "indirect"], ["· · ·", "hedged"]].map(([sign, words]) => h("span", {}, h("b", {}, sign), ` ${words}`));
  return h("details", { class: "legend" }, h("summary", {}, "Legend"), h("div", {}, ...kinds), h("div", {}, ...ends, ...lines));
}

export { openMolecule };
