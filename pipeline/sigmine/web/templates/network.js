"use strict";
/*
 * A network of molecules in an <svg>: drawn, moved, searched, reached by keyboard and named for screen readers.
 *
 * new SigmineNetwork(svg, options), where options may have
 *   onSelectNode(id or null), onSelectEdge(id or null), onExpand(id): what the reader does, not what select() does;
 *   wheelZooms: the wheel alone zooms; else only with Ctrl or Meta, so that the page can be scrolled past the network;
 *   label: its name for screen readers.
 *
 * Elements are those of Cytoscape.js: {nodes: [{data: {id, name, type, curie?}, position?: {x, y}}],
 * edges: [{data: {id, source, target, relation, sign, belief?, evidence?, hedged?, denied?, direct?, site?, label?,
 * directed?}}]}; label is what stands between the names, directed false means an edge without an end (as is "binds").
 * The script fetches nothing, writes no markup from text, and sets no style attribute: a strict
 * Content-Security-Policy lets it be. Looks are those of network.css.
 */
class SigmineNetwork {
  static #instances = 0;
  static #UNDIRECTED = new Set(["binds"]);
  static #LONGEST = 22; // characters of a name; web/layout.py counts with the same
  static #HEIGHT = 26;
  static #MIN_ZOOM = 0.1;
  static #MAX_ZOOM = 4;

  #svg; #options; #view; #edgeLayer; #nodeLayer; #prefix; #measure;
  #nodes = new Map(); #edges = new Map(); #places = new Map();
  #shift = { x: 0, y: 0, k: 1 };
  #selected = null; #current = null; #toFit = true; #drag = null; #pointers = new Map(); #keep = () => true;

  constructor(svg, options = {}) {
    this.#svg = svg;
    this.#options = options;
    this.#prefix = `network${SigmineNetwork.#instances++}`;
    svg.classList.add("network");
    svg.setAttribute("role", "application");
    svg.setAttribute("tabindex", "-1"); // else its listeners make it a stop of the Tab key of its own
    svg.setAttribute("aria-roledescription", "network");
    svg.replaceChildren(this.#makeMarkers());
    this.#view = this.#add(svg, "g", "view");
    this.#edgeLayer = this.#add(this.#view, "g", "edges");
    this.#nodeLayer = this.#add(this.#view, "g", "nodes");
    this.#measure = document.createElement("canvas").getContext("2d");
    this.#name();
    svg.addEventListener("pointerdown", (event) => this.#press(event));
    svg.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, (event) => this.#release(event));
    svg.addEventListener("wheel", (event) => this.#turnWheel(event), { passive: false });
    svg.addEventListener("dblclick", (event) => {
      const thing = this.#find(event.target);
      if (thing && !thing.source) this.#options.onExpand?.(thing.data.id);
    });
    svg.addEventListener("keydown", (event) => this.#type(event));
    svg.addEventListener("focusin", (event) => {
      const thing = this.#find(event.target);
      if (thing) {
        this.#setCurrent(thing);
        if (event.target.matches(":focus-visible")) this.#reveal(thing);
      }
    });
    new ResizeObserver(() => { if (this.#toFit) this.fit(); }).observe(svg);
    window.addEventListener("beforeprint", () => this.#toPaper());
    window.addEventListener("afterprint", () => this.#fromPaper());
  }

  /* Draws the elements instead of those before. What was drawn once keeps its place; of the others, those without a
     position are put near their neighbours. Selection, filter and focus stay. */
  show(elements) {
    const focused = this.#find(document.activeElement)?.data.id;
    const isFirst = !this.#nodes.size;
    this.#nodes = new Map();
    this.#edges = new Map();
    for (const { data, position } of elements.nodes) {
      if (position && !this.#places.has(data.id)) this.#places.set(data.id, { x: position.x, y: position.y });
      this.#nodes.set(data.id, { data, edges: [], ...this.#measureBox(data.name) });
    }
    const groups = new Map();
    for (const { data } of elements.edges) {
      const source = this.#nodes.get(data.source), target = this.#nodes.get(data.target);
      if (!source || !target) continue;
      const edge = { data, source, target, isShown: true };
      this.#edges.set(data.id, edge);
      source.edges.push(edge);
      if (target !== source) target.edges.push(edge);
      const pair = JSON.stringify([data.source, data.target].sort());
      if (!groups.has(pair)) groups.set(pair, []);
      groups.get(pair).push(edge);
    }
    for (const group of groups.values()) group.forEach((edge, index) => { edge.lane = index - (group.length - 1) / 2; });
    this.#placeRest();
    this.#build();
    this.#applyFilter();
    if (this.#selected !== null && !this.#get(this.#selected)) this.#selected = null;
    this.select(this.#selected);
    this.#setCurrent(this.#get(focused) ?? this.#get(this.#current) ?? this.#findHub());
    if (focused !== undefined) this.#get(focused)?.element.focus();
    if (isFirst) this.fit();
    this.#name();
  }

  /* Marks a node or an edge and what belongs to it, and brings it into view; null marks nothing. */
  select(id) {
    const thing = id === null ? null : this.#get(id);
    this.#selected = thing ? id : null;
    const near = new Set();
    if (thing?.source) [thing, thing.source, thing.target].forEach((one) => near.add(one));
    else if (thing) {
      near.add(thing);
      for (const edge of thing.edges) if (edge.isShown) [edge, edge.source, edge.target].forEach((one) => near.add(one));
    }
    this.#view.classList.toggle("has-selection", near.size > 0);
    for (const one of [...this.#nodes.values(), ...this.#edges.values()]) {
      one.element.classList.toggle("near", near.has(one));
      one.element.classList.toggle("selected", one === thing);
      one.element.setAttribute("aria-pressed", String(one === thing));
    }
    if (thing) {
      this.#setCurrent(thing);
      this.#reveal(thing);
    }
  }

  /* Shows the edges whose data the function lets through, and of nodes those that then have an edge (or never had). */
  filter(keep) {
    this.#keep = keep;
    this.#applyFilter();
    this.select(this.#selected);
    this.#name();
  }

  /* Ids of the nodes whose name, identifier or other names hold the text, best first; they are marked. */
  search(text) {
    const wanted = text.trim().toLowerCase();
    const found = [];
    for (const node of this.#nodes.values()) {
      const { id, name, curie, aliases } = node.data;
      const words = [name, curie, id, ...(aliases ?? [])].filter(Boolean).map((word) => String(word).toLowerCase());
      let rank = 3;
      if (wanted) for (const word of words) rank = Math.min(rank, word === wanted ? 0 : word.startsWith(wanted) ? 1 : word.includes(wanted) ? 2 : 3);
      node.element.classList.toggle("found", rank < 3);
      if (rank < 3) found.push([rank, -node.edges.length, id]);
    }
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1)).map((row) => row[2]);
  }

  /* Where each node is, by id. */
  positions() {
    return Object.fromEntries([...this.#nodes].map(([id, node]) => [id, { x: node.place.x, y: node.place.y }]));
  }

  /* The whole network in view; where its names would be too small to read (minZoom), its most connected part. */
  fit({ minZoom = 0.55 } = {}) {
    const { width, height } = this.#svg.getBoundingClientRect();
    const frame = this.#findFrame();
    this.#toFit = !(width && height && frame);
    if (this.#toFit) return;
    const whole = Math.min((width - 24) / frame.width, (height - 24) / frame.height);
    const k = Math.min(Math.max(whole, minZoom), 1.25);
    let middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
    if (whole < minZoom) middle = this.#findHub()?.place ?? middle;
    const put = (from, size, at, room) => // centred where all of it fits; else around the middle, without an empty rim
      size * k <= room ? room / 2 - (from + size / 2) * k : Math.min(-from * k, Math.max(room - (from + size) * k, room / 2 - at * k));
    this.#setView(put(frame.x, frame.width, middle.x, width), put(frame.y, frame.height, middle.y, height), k);
  }

  /* Larger by the factor, around the middle or a point of the svg. */
  zoom(factor, x = this.#svg.clientWidth / 2, y = this.#svg.clientHeight / 2) {
    const { x: left, y: top, k: before } = this.#shift;
    const k = Math.min(SigmineNetwork.#MAX_ZOOM, Math.max(SigmineNetwork.#MIN_ZOOM, before * factor));
    this.#setView(x - ((x - left) * k) / before, y - ((y - top) * k) / before, k);
  }

  // Places.

  #measureBox(name) {
    const text = name.length > SigmineNetwork.#LONGEST ? `${name.slice(0, SigmineNetwork.#LONGEST - 1)}…` : name;
    this.#measure.font = `500 12px ${getComputedStyle(this.#svg).fontFamily || "sans-serif"}`;
    return { text, width: Math.ceil(this.#measure.measureText(text).width) + 18, height: SigmineNetwork.#HEIGHT };
  }

  #placeRest() {
    const placed = [];
    const waiting = [];
    for (const node of this.#nodes.values()) {
      node.place = this.#places.get(node.data.id);
      (node.place ? placed : waiting).push(node);
    }
    while (waiting.length) {
      const next = waiting.findIndex((node) => node.edges.some((edge) => this.#other(edge, node).place));
      const [node] = waiting.splice(Math.max(next, 0), 1);
      const anchors = node.edges.map((edge) => this.#other(edge, node).place).filter(Boolean);
      const frame = this.#findFrame(placed);
      const start = anchors.length
        ? { x: anchors.reduce((sum, one) => sum + one.x, 0) / anchors.length, y: anchors.reduce((sum, one) => sum + one.y, 0) / anchors.length }
        : { x: frame ? frame.x + frame.width + 80 : 0, y: frame ? frame.y + 13 : 0 };
      node.place = this.#findRoom(node, start, placed);
      this.#places.set(node.data.id, node.place);
      placed.push(node);
    }
  }

  /* The first free spot on a spiral around the start. */
  #findRoom(node, start, placed) {
    for (let step = 0; step < 3000; step++) {
      const angle = step * 2.399963, radius = step ? 40 + 9 * Math.sqrt(step) * 2 : 0;
      const place = { x: Math.round(start.x + 1.3 * radius * Math.cos(angle)), y: Math.round(start.y + radius * Math.sin(angle)) };
      const isFree = placed.every((one) =>
        Math.abs(one.place.x - place.x) > (one.width + node.width) / 2 + 24 || Math.abs(one.place.y - place.y) > node.height + 24);
      if (isFree) return place;
    }
    return { ...start };
  }

  #findFrame(nodes = [...this.#nodes.values()].filter((node) => node.isShown !== false)) {
    if (!nodes.length) return null;
    const left = Math.min(...nodes.map((node) => node.place.x - node.width / 2));
    const loop = (node) => (node.edges.some((edge) => edge.source === edge.target) ? 40 : 0);
    const top = Math.min(...nodes.map((node) => node.place.y - node.height / 2 - loop(node)));
    const right = Math.max(...nodes.map((node) => node.place.x + node.width / 2));
    const low = Math.max(...nodes.map((node) => node.place.y + node.height / 2));
    return { x: left - 10, y: top - 24, width: right - left + 20, height: low - top + 34 };
  }

  #findHub() {
    let hub = null;
    for (const node of this.#nodes.values()) if (node.isShown !== false && (!hub || node.edges.length > hub.edges.length)) hub = node;
    return hub;
  }

  #other(edge, node) { return edge.source === node ? edge.target : edge.source; }

  // Drawing.

  #add(parent, tag, className, attributes = {}) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    if (className) element.setAttribute("class", className);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent.append(element);
    return element;
  }

  #makeMarkers() {
    const defs = document.createElementNS("http://www.w3.org/2000/svg", "defs");
    const shapes = {
      positive: ["path", { d: "M0 0L10 5L0 10Z" }, 9, 5],
      negative: ["rect", { x: 6, y: 0, width: 2.6, height: 10 }, 8, 5],
      neutral: ["circle", { cx: 5, cy: 5, r: 3.4 }, 8, 5],
    };
    for (const [sign, [tag, attributes, x, y]] of Object.entries(shapes)) {
      const marker = this.#add(defs, "marker", `end ${sign}`, {
        id: `${this.#prefix}-${sign}`, viewBox: "0 0 10 10", refX: x, refY: y, markerWidth: 11, markerHeight: 11,
        markerUnits: "userSpaceOnUse", orient: "auto",
      });
      this.#add(marker, tag, "", attributes);
    }
    return defs;
  }

  #build() {
    this.#edgeLayer.replaceChildren();
    this.#nodeLayer.replaceChildren();
    for (const edge of this.#edges.values()) this.#buildEdge(edge);
    for (const node of this.#nodes.values()) this.#buildNode(node);
    for (const edge of this.#edges.values()) this.#drawEdge(edge);
  }

  #buildNode(node) {
    const { data, width, height } = node;
    const type = String(data.type ?? "").replace(/[^A-Za-z]/g, "");
    const shape = ["PROTEIN", "FAMILY", "COMPLEX", "CHEMICAL"].includes(type) ? type : "OTHER";
    node.element = this.#add(this.#nodeLayer, "g", `node ${type} ${shape}`, { role: "button", tabindex: -1 });
    this.#add(node.element, "title").textContent = data.curie ? `${data.name} (${data.curie})` : data.name;
    const [x, y] = [-width / 2, -height / 2];
    if (shape === "COMPLEX") {
      const cut = 7;
      this.#add(node.element, "path", "box", {
        d: `M${x + cut} ${y}H${-x - cut}L${-x} ${y + cut}V${-y - cut}L${-x - cut} ${-y}H${x + cut}L${x} ${-y - cut}V${y + cut}Z`,
      });
    } else {
      const radius = { CHEMICAL: height / 2, PROTEIN: 6, FAMILY: 6 }[shape] ?? 1;
      this.#add(node.element, "rect", "box", { x, y, width, height, rx: radius });
      if (shape === "FAMILY") this.#add(node.element, "rect", "inner", { x: x + 2.5, y: y + 2.5, width: width - 5, height: height - 5, rx: 4 });
    }
    this.#add(node.element, "text", "name", { y: 4 }).textContent = node.text;
    const count = node.edges.length;
    const kind = data.type ? ` ${String(data.type).toLowerCase()},` : "";
    node.element.setAttribute("aria-label", `${data.name},${kind} ${count} ${count === 1 ? "relation" : "relations"}`);
    this.#placeNode(node);
  }

  #placeNode(node) { node.element.setAttribute("transform", `translate(${node.place.x} ${node.place.y})`); }

  #buildEdge(edge) {
    const { data } = edge;
    edge.sign = data.sign > 0 ? "positive" : data.sign < 0 ? "negative" : "neutral";
    const isHedged = data.hedged === true || (data.hedged > 0 && data.hedged >= (data.evidence ?? 1));
    const classes = ["edge", edge.sign, data.direct === false && "indirect", isHedged && "hedged", data.denied && "denied"];
    edge.element = this.#add(this.#edgeLayer, "g", classes.filter(Boolean).join(" "), { role: "button", tabindex: -1 });
    const relation = String(data.label ?? data.relation).replaceAll("_", " ");
    const notes = [
      data.site && `at ${data.site}`, data.direct === false && "indirectly", isHedged && "hedged", data.denied && "denied",
      data.belief !== undefined && `belief ${Number(data.belief).toFixed(2)}`,
      data.evidence !== undefined && `${data.evidence} ${data.evidence === 1 ? "sentence" : "sentences"}`,
    ];
    const label = [`${edge.source.data.name} ${relation} ${edge.target.data.name}`, ...notes.filter(Boolean)].join(", ");
    edge.element.setAttribute("aria-label", label);
    this.#add(edge.element, "title").textContent = label;
    edge.touch = this.#add(edge.element, "path", "touch");
    edge.line = this.#add(edge.element, "path", "line", { "stroke-width": Math.min(4, 1.1 + 0.7 * Math.log2(data.evidence ?? 1)).toFixed(2) });
    if (data.directed !== false && !SigmineNetwork.#UNDIRECTED.has(data.relation)) edge.line.setAttribute("marker-end", `url(#${this.#prefix}-${edge.sign})`);
    if (data.site) {
      const site = String(data.site);
      edge.site = this.#add(edge.element, "text", "site");
      edge.site.textContent = site.length > 16 ? `${site.slice(0, 15)}…` : site;
    }
  }

  #drawEdge(edge) {
    const { source, target } = edge;
    let path, middle;
    if (source === target) {
      const { x, y } = source.place, top = y - source.height / 2, wide = 16 + 9 * Math.abs(edge.lane), high = 26 + 12 * (edge.lane + 2);
      path = `M${x - 8} ${top}C${x - wide} ${top - high} ${x + wide} ${top - high} ${x + 8} ${top - 2}`;
      middle = { x, y: top - high * 0.75 };
    } else {
      // Of all edges of a pair the lanes are counted on the same side, whichever way the edges point.
      const [first, second] = source.data.id < target.data.id ? [source.place, target.place] : [target.place, source.place];
      const [dx, dy] = [second.x - first.x, second.y - first.y], length = Math.hypot(dx, dy) || 1;
      const bend = edge.lane * 26, bow = { x: (-dy / length) * bend * 2, y: (dx / length) * bend * 2 };
      const control = { x: (first.x + second.x) / 2 + bow.x, y: (first.y + second.y) / 2 + bow.y };
      const from = this.#findBorder(source, control, 0), to = this.#findBorder(target, control, 3);
      path = `M${from.x} ${from.y}Q${control.x.toFixed(1)} ${control.y.toFixed(1)} ${to.x} ${to.y}`;
      middle = { x: (from.x + to.x) / 4 + control.x / 2, y: (from.y + to.y) / 4 + control.y / 2 };
    }
    edge.middle = middle;
    edge.touch.setAttribute("d", path);
    edge.line.setAttribute("d", path);
    edge.site?.setAttribute("x", middle.x.toFixed(1));
    edge.site?.setAttribute("y", (middle.y + 3.5).toFixed(1));
  }

  /* Where the line from the middle of a node to a point leaves its box. */
  #findBorder(node, point, gap) {
    const dx = point.x - node.place.x, dy = point.y - node.place.y;
    const share = Math.min((node.width / 2 + gap) / Math.abs(dx || 1e-6), (node.height / 2 + gap) / Math.abs(dy || 1e-6), 1);
    return { x: (node.place.x + dx * share).toFixed(1) * 1, y: (node.place.y + dy * share).toFixed(1) * 1 };
  }

  #applyFilter() {
    for (const edge of this.#edges.values()) edge.isShown = Boolean(this.#keep(edge.data));
    for (const node of this.#nodes.values()) node.isShown = !node.edges.length || node.edges.some((edge) => edge.isShown);
    for (const one of [...this.#edges.values(), ...this.#nodes.values()]) one.element.classList.toggle("gone", !one.isShown);
    if (this.#current !== null && this.#get(this.#current)?.isShown === false) this.#setCurrent(this.#findHub());
  }

  #name() {
    const nodes = [...this.#nodes.values()].filter((node) => node.isShown).length;
    const edges = [...this.#edges.values()].filter((edge) => edge.isShown).length;
    this.#svg.setAttribute("aria-label", `${this.#options.label ?? "Network"}: ${nodes} molecules, ${edges} relations. ` +
      "Arrow keys go to neighbours, N and P to the relations of a molecule, Enter selects, E expands, Shift and arrow keys move, plus and minus zoom, 0 shows all.");
  }

  // View.

  #setView(x, y, k) {
    this.#shift = { x, y, k };
    this.#view.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${k.toFixed(4)})`);
    this.#view.classList.toggle("far", k < 0.6);
  }

  #reveal(thing) {
    const { width, height } = this.#svg.getBoundingClientRect();
    if (!width) return;
    const place = thing.source ? thing.middle : thing.place, { x, y, k } = this.#shift;
    const at = { x: place.x * k + x, y: place.y * k + y }, rim = { x: Math.min(70, width / 4), y: Math.min(40, height / 4) };
    const dx = Math.max(rim.x - at.x, 0) + Math.min(width - rim.x - at.x, 0);
    const dy = Math.max(rim.y - at.y, 0) + Math.min(height - rim.y - at.y, 0);
    if (dx || dy) this.#setView(x + dx, y + dy, k);
  }

  #toPaper() {
    const frame = this.#findFrame();
    if (!frame) return;
    this.#svg.setAttribute("viewBox", `${frame.x} ${frame.y} ${frame.width} ${frame.height}`);
    this.#view.removeAttribute("transform");
  }

  #fromPaper() {
    this.#svg.removeAttribute("viewBox");
    this.#setView(this.#shift.x, this.#shift.y, this.#shift.k);
  }

  // Pointer.

  #get(id) { return this.#nodes.get(id) ?? this.#edges.get(id) ?? null; }

  #find(target) {
    const element = target instanceof Element ? target.closest(".node, .edge") : null;
    if (!element || !this.#svg.contains(element)) return null;
    for (const things of [this.#nodes, this.#edges]) for (const thing of things.values()) if (thing.element === element) return thing;
    return null;
  }

  #at(event) {
    const box = this.#svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #press(event) {
    if (event.button) return;
    const at = this.#at(event), thing = this.#find(event.target);
    this.#pointers.set(event.pointerId, at);
    const node = thing && !thing.source ? thing : null;
    this.#drag = { at, node, thing, start: node && { ...node.place }, view: { ...this.#shift }, isMoved: false };
  }

  #move(event) {
    if (!this.#pointers.has(event.pointerId) || !this.#drag) return;
    const at = this.#at(event);
    if (this.#pointers.size === 2) return this.#pinch(event.pointerId, at);
    this.#pointers.set(event.pointerId, at);
    const dx = at.x - this.#drag.at.x, dy = at.y - this.#drag.at.y;
    if (!this.#drag.isMoved && Math.hypot(dx, dy) < 4) return undefined;
    // Not before: what captures the pointer would get the double click too.
    if (!this.#drag.isMoved) this.#svg.setPointerCapture(event.pointerId);
    this.#drag.isMoved = true;
    const { node, start, view } = this.#drag;
    if (node) this.#moveNode(node, start.x + dx / this.#shift.k, start.y + dy / this.#shift.k);
    else this.#setView(view.x + dx, view.y + dy, this.#shift.k);
    return undefined;
  }

  #pinch(moved, at) {
    const [other] = [...this.#pointers].filter(([id]) => id !== moved).map(([, place]) => place);
    const before = this.#pointers.get(moved);
    const factor = Math.hypot(at.x - other.x, at.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1);
    this.#pointers.set(moved, at);
    this.#drag.isMoved = true;
    this.#drag.node = null;
    this.zoom(factor, (at.x + other.x) / 2, (at.y + other.y) / 2);
    this.#drag.at = at;
    this.#drag.view = { ...this.#shift };
  }

  #release(event) {
    const drag = this.#drag;
    this.#pointers.delete(event.pointerId);
    if (this.#pointers.size) return;
    this.#drag = null;
    if (!drag || drag.isMoved || event.type === "pointercancel") return;
    drag.thing?.element.focus({ preventScroll: true });
    this.#choose(drag.thing);
  }

  #moveNode(node, x, y) {
    node.place = { x: Math.round(x), y: Math.round(y) };
    this.#places.set(node.data.id, node.place);
    this.#placeNode(node);
    for (const edge of node.edges) this.#drawEdge(edge);
  }

  #turnWheel(event) {
    if (!this.#options.wheelZooms && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = this.#at(event);
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), at.x, at.y);
  }

  /* What the reader chose; whoever listens hears of nodes and edges, also that none is chosen any more. */
  #choose(thing) {
    const id = thing?.data.id ?? null, isEdge = Boolean(thing?.source);
    this.select(id);
    if (id === null || !isEdge) this.#options.onSelectNode?.(isEdge ? null : id);
    if (id === null || isEdge) this.#options.onSelectEdge?.(isEdge ? id : null);
  }

  // Keyboard.

  #setCurrent(thing) {
    if (!thing) return;
    this.#get(this.#current)?.element.setAttribute("tabindex", "-1");
    this.#current = thing.data.id;
    thing.element.setAttribute("tabindex", "0");
  }

  #focus(thing) {
    if (!thing) return;
    this.#setCurrent(thing);
    thing.element.focus({ preventScroll: true });
    this.#reveal(thing);
  }

  #type(event) {
    const thing = this.#find(event.target) ?? this.#get(this.#current);
    if (!thing || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const direction = arrows[event.key], isNode = !thing.source;
    if (direction && event.shiftKey && isNode) this.#moveNode(thing, thing.place.x + 15 * direction[0], thing.place.y + 15 * direction[1]);
    else if (direction) this.#focus(isNode ? this.#findInDirection(thing, direction) : this.#findEnd(thing, direction));
    else if (event.key === "Enter" || event.key === " ") this.#choose(thing);
    else if (event.key === "Escape") this.#choose(null);
    else if (event.key === "e" && isNode) this.#options.onExpand?.(thing.data.id);
    else if (event.key === "n" || event.key === "p") this.#focus(this.#findNextEdge(thing, event.key === "n" ? 1 : -1));
    else if (event.key === "Home") this.#focus(this.#findHub());
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit({ minZoom: 0 });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /* The neighbour that lies most in the direction; without one there, any node that does, so that all are reached. */
  #findInDirection(node, [right, down]) {
    const rank = (other) => {
      const dx = other.place.x - node.place.x, dy = other.place.y - node.place.y;
      const along = dx * right + dy * down, across = Math.abs(dx * down) + Math.abs(dy * right);
      return along > 0 && across <= along * 1.5 ? along + 2 * across : Infinity;
    };
    const near = new Set(node.edges.filter((edge) => edge.isShown).map((edge) => this.#other(edge, node)));
    for (const candidates of [near, this.#nodes.values()]) {
      let best = null;
      for (const other of candidates) if (other !== node && other.isShown && rank(other) < (best ? rank(best) : Infinity)) best = other;
      if (best) return best;
    }
    return null;
  }

  #findEnd(edge, [right, down]) {
    const score = (node) => node.place.x * right + node.place.y * down;
    return score(edge.source) > score(edge.target) ? edge.source : edge.target;
  }

  /* From a node its first or last edge; from an edge the next one of the node that one came from. */
  #findNextEdge(thing, step) {
    const node = thing.source ? this.#walked ?? thing.source : thing;
    this.#walked = node;
    const edges = (node.edges.includes(thing) || !thing.source ? node : (this.#walked = thing.source)).edges.filter((edge) => edge.isShown);
    if (!edges.length) return null;
    const at = edges.indexOf(thing);
    return edges[at < 0 ? (step > 0 ? 0 : edges.length - 1) : (at + step + edges.length) % edges.length];
  }
  #walked = null;
}
