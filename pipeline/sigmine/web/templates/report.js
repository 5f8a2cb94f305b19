"use strict";
/* The report of a run: filters, network, statements, evidence, contradictions, all from the lists of the page's data.
   Texts become text, never markup; links lead to addresses that are written here. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const PAGE = 100;

  // What the lists hold (sigmine/web/report_data.py writes them).
  const agents = data.agents.map(([name, type, curie]) => ({ name, type, curie }));
  const relations = data.relations.map(([name, label, sign, isUnordered]) => ({ name, label, sign, isUnordered: Boolean(isUnordered) }));
  const works = data.works.map(([name, pmid, doi, pmcid, title]) => ({ name, pmid, doi, pmcid, title }));
  const sentences = data.sentences.map(([document, section, start, end, text, page, cut]) =>
    ({ document: data.documents[document], section, start, end, text, page, cut }));
  const evidence = data.evidence.map(([sentence, rule, claim, flags, prior, subject, object, trigger, sites, cues, citations]) => ({
    sentence: sentences[sentence], rule: data.rules[rule], claim: data.claims[claim], prior, subject, object, trigger, sites, cues, citations,
    isNegated: Boolean(flags & 1), isIndirect: Boolean(flags & 2), opposes: Boolean(flags & 4),
  }));
  const statements = data.statements.map(([id, relation, subject, object, site, belief, flags, counts, pieces, left], number) => ({
    id, number, relation: relations[relation], subject: agents[subject] ?? null, object: agents[object], site, belief,
    isDirect: Boolean(flags & 1), isDenied: Boolean(flags & 2), isHedged: Boolean(flags & 4),
    sentences: counts[0] + counts[1] + counts[2], counts, papers: counts[3], evidence: pieces.map((one) => evidence[one]), left,
  }));

  /* An element; texts among the children become text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  function link(address, text, title) {
    return make("a", { href: address, rel: "noopener noreferrer", target: "_blank", title }, text);
  }

  // Evidence.

  const BASES = { pmid: "https://pubmed.ncbi.nlm.nih.gov/", doi: "https://doi.org/", pmcid: "https://pmc.ncbi.nlm.nih.gov/articles/" };

  function linkWork(work) {
    const links = [];
    if (/^\d+$/.test(work.pmid ?? "")) links.push(link(`${BASES.pmid}${work.pmid}`, "PubMed"));
    if (/^10\./.test(work.doi ?? "")) links.push(link(BASES.doi + encodeURIComponent(work.doi).replaceAll("%2F", "/"), "DOI"));
    if (/^PMC\d+$/.test(work.pmcid ?? "")) links.push(link(`${BASES.pmcid}${work.pmcid}/`, "PMC"));
    const name = work.name || (work.pmid ? `PMID ${work.pmid}` : work.doi || work.title || "a work");
    const shown = make("span", { class: "work", title: work.title || null }, name);
    links.forEach((one) => shown.append(" ", one));
    return shown;
  }

  function linkAgent(agent) {
    if (!agent.curie) return make("span", { class: "identity" }, "no identifier");
    const [prefix, ...rest] = agent.curie.split(":");
    return link(`https://bioregistry.io/${encodeURIComponent(prefix)}:${encodeURIComponent(rest.join(":"))}`, agent.curie);
  }

  function nameDocument(name) {
    return /^PMC\d+$/.test(name) ? link(`${BASES.pmcid}${name}/`, name) : name;
  }

  /* The sentence with its marks. Offsets count characters, not the halves that some of them are made of here. */
  function markSentence(one) {
    const characters = Array.from(one.sentence.text);
    const spans = [];
    const add = (span, role) => { if (Array.isArray(span)) spans.push([...span, role]); };
    add(one.subject, "subject");
    add(one.object, "object");
    add(one.trigger, "trigger");
    for (const site of one.sites) add(site, "site");
    const borders = [...new Set([0, characters.length, ...spans.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
    const quote = make("blockquote", {}, one.sentence.cut & 1 ? "… " : "");
    for (let index = 0; index + 1 < borders.length; index++) {
      const [start, end] = [borders[index], borders[index + 1]];
      const roles = spans.filter(([low, high]) => low <= start && end <= high).map(([, , role]) => role);
      const text = characters.slice(start, end).join("");
      quote.append(roles.length ? make("mark", { class: roles.join(" "), title: roles.join(", ") }, text) : text);
    }
    if (one.sentence.cut & 2) quote.append(" …");
    return quote;
  }

  function makeEvidence(one) {
    const { sentence } = one;
    const elsewhere = [["subject", one.subject], ["object", one.object]].filter(([, end]) => typeof end === "string")
      .map(([role, text]) => make("span", { class: "elsewhere" }, `${role}: `, make("mark", { class: role }, text), " (named elsewhere)"));
    const notes = [
      one.isNegated && "denied", one.claim !== "asserted" && one.claim.replaceAll("_", " "), one.isIndirect && "indirect",
    ].filter(Boolean).map((note) => make("span", { class: "tag" }, note));
    const place = `${sentence.section}, characters ${sentence.start}–${sentence.end}${sentence.page ? `, page ${sentence.page}` : ""}`;
    const cited = one.citations.map(([marker, found]) => {
      const shown = make("span", { class: "citation" }, marker);
      if (found.length) shown.append(" ", ...found.flatMap((work, index) => [index ? "; " : "", linkWork(works[work])]));
      return shown;
    });
    const about = make("p", { class: "place" }, make("b", {}, nameDocument(sentence.document)), ` ${place} `, ...notes.flatMap((note) => [note, " "]),
      make("span", { class: "rule" }, `rule ${one.rule}`), make("span", {}, `, read right with probability ${one.prior > 0.994 ? "over 0.99" : one.prior.toFixed(2)}`),
      one.cues.length ? make("span", { class: "cues" }, `, cues ${one.cues.join(", ")}`) : null);
    return make("li", { class: one.opposes ? "against" : null }, markSentence(one), ...elsewhere, about,
      cited.length ? make("p", { class: "cites" }, "cites ", ...cited.flatMap((shown, index) => [index ? ", " : "", shown])) : null);
  }

  function listEvidence(pieces, left = 0) {
    const list = make("ul", { class: "evidence" }, ...pieces.map(makeEvidence));
    if (left) list.append(make("li", { class: "note" }, `${left} more pieces of evidence are left out.`));
    return list;
  }

  function nameStatement(one) {
    return make("span", { class: "statement" }, make("b", {}, one.subject ? one.subject.name : "something"), ` ${one.relation.label} `,
      make("b", {}, one.object.name), one.site ? ` at ${one.site}` : "");
  }

  function listNotes(one) {
    const [, hedged, against] = one.counts;
    return [one.isDenied && "denied", one.isHedged && "hedged", !one.isDirect && "indirect",
      !one.isDenied && against && `${against} against`, !one.isHedged && hedged && `${hedged} hedged`].filter(Boolean);
  }

  function makeCard(one, isOpen) {
    const summary = make("summary", {}, nameStatement(one), make("span", { class: "belief" }, one.belief.toFixed(2)),
      ...listNotes(one).map((note) => make("span", { class: "tag" }, note)));
    const card = make("details", { class: "card", open: isOpen }, summary);
    const fill = () => { if (card.open && card.children.length === 1) card.append(listEvidence(one.evidence, one.left)); };
    card.addEventListener("toggle", fill);
    fill();
    return card;
  }

  // Contradictions.

  byId("disputes")?.append(...data.contradictions.map(([kind, scope, belief, ...sides]) => make("li", {},
    make("p", { class: "place" }, `${kind}, ${scope}; belief of the weaker side ${belief.toFixed(2)}`),
    make("div", { class: "sides" }, ...sides.map(([label, sure, support, , pieces]) => make("details", { class: "card", open: true },
      make("summary", {}, make("b", {}, label), make("span", { class: "belief" }, sure.toFixed(2)), make("span", { class: "tag" }, support)),
      listEvidence(pieces.map((piece) => evidence[piece]))))))));
  if (!statements.length) return;

  // Filters.

  const controls = Object.fromEntries(["words", "relation", "effect", "document", "belief", "hedged", "denied"].map((id) => [id, byId(id)]));
  const form = document.querySelector("form.filter");
  for (const [index, one] of relations.map((one, index) => [index, one]).sort((a, b) => a[1].label.localeCompare(b[1].label, "en"))) {
    controls.relation.append(make("option", { value: index }, one.label));
  }
  if (data.documents.length > 1) for (const name of [...data.documents].sort()) controls.document.append(make("option", { value: name }, name));
  else controls.document.parentElement.remove();

  let chosen = statements;
  const haystacks = new Map();
  function findHaystack(one) {
    if (!haystacks.has(one)) {
      const words = [one.subject?.name, one.subject?.curie, one.relation.label, one.relation.name, one.object.name, one.object.curie, one.site, one.id];
      for (const piece of one.evidence) words.push(piece.sentence.text, piece.sentence.document, piece.rule, ...piece.citations.flatMap(([marker, found]) =>
        [marker, ...found.flatMap((work) => [works[work].name, works[work].pmid, works[work].doi, works[work].title])]));
      haystacks.set(one, words.filter(Boolean).join("\n").toLowerCase());
    }
    return haystacks.get(one);
  }

  function makeTest() {
    const relation = controls.relation.value === "" ? null : relations[Number(controls.relation.value)];
    const effect = controls.effect.value, name = controls.document.value, belief = Number(controls.belief.value);
    return (one) => (!relation || one.relation === relation) && (effect === "" || one.relation.sign === Number(effect)) &&
      one.belief >= belief && (controls.hedged.checked || !one.isHedged) && (controls.denied.checked || !one.isDenied) &&
      (!name || one.evidence.some((piece) => piece.sentence.document === name));
  }

  function apply() {
    form.querySelector("output").textContent = Number(controls.belief.value).toFixed(2);
    const test = makeTest();
    const words = controls.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    chosen = statements.filter((one) => test(one) && words.every((word) => findHaystack(one).includes(word)));
    network.filter((edge) => edge.statements.some((number) => test(statements[number])));
    network.search(controls.words.value);
    showRows();
  }

  // Table.

  const table = document.querySelector("table.statements"), body = table.tBodies[0];
  const keys = {
    subject: (one) => one.subject?.name ?? "", relation: (one) => one.relation.label, object: (one) => one.object.name,
    site: (one) => (one.site ? one.site[0] + one.site.replace(/\D+/, "").split(/\D/)[0].padStart(6, "0") : "\uffff"),
    belief: (one) => one.belief, sentences: (one) => one.sentences, papers: (one) => one.papers,
  };
  const collator = new Intl.Collator("en", { sensitivity: "base" });
  let order = { key: "belief", isDown: true }, limit = PAGE, opened = 0;

  function compare(one, other) {
    const [a, b] = [keys[order.key](one), keys[order.key](other)];
    const found = typeof a === "number" ? a - b : collator.compare(a, b);
    return (order.isDown ? -found : found) || one.number - other.number;
  }

  function makeRow(one) {
    const id = `evidence-${opened++}`;
    const toggle = make("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-controls": id });
    toggle.setAttribute("aria-label", `Evidence: ${one.subject?.name ?? "something"} ${one.relation.label} ${one.object.name}${one.site ? ` at ${one.site}` : ""}`);
    const cell = (name, ...children) => make("td", { "data-name": name }, ...children);
    const row = make("tr", { class: "row" }, make("td", { class: "open" }, toggle),
      cell("subject", one.subject ? make("b", {}, one.subject.name) : make("i", {}, "not named")), cell("relation", one.relation.label),
      cell("object", make("b", {}, one.object.name)), cell("site", one.site),
      make("td", { class: "n", "data-name": "belief" }, one.belief.toFixed(2)), make("td", { class: "n", "data-name": "sentences" }, String(one.sentences)),
      make("td", { class: "n", "data-name": "papers cited" }, one.papers ? String(one.papers) : ""),
      make("td", { class: "notes", "data-name": "notes" }, ...listNotes(one).map((note) => make("span", { class: "tag" }, note))));
    const detail = make("tr", { class: "detail", id, hidden: true });
    const turn = () => {
      const isOpen = toggle.getAttribute("aria-expanded") !== "true";
      toggle.setAttribute("aria-expanded", String(isOpen));
      detail.hidden = !isOpen;
      if (isOpen && !detail.children.length) detail.append(make("td", { colspan: 9 }, makeDetail(one)));
    };
    row.addEventListener("click", (event) => { if (!getSelection().toString() && !event.target.closest("a")) turn(); });
    return [row, detail];
  }

  function makeDetail(one) {
    const ends = [one.subject, one.object].filter(Boolean).map((agent) =>
      make("span", { class: "end" }, make("b", {}, agent.name), ` ${agent.type.toLowerCase()} `, linkAgent(agent)));
    const edge = edgeOf.get(one.number);
    const show = edge === undefined ? null : make("button", { type: "button", onclick: () => {
      byId("network").scrollIntoView();
      network.select(edge);
      showEdge(edge);
    } }, "show in the network");
    return make("div", { class: "inside" }, make("p", { class: "ends" }, ...ends, show, make("span", { class: "id" }, `statement ${one.id}`)), listEvidence(one.evidence, one.left));
  }

  function showRows() {
    const shown = [...chosen].sort(compare).slice(0, limit);
    body.replaceChildren(...shown.flatMap(makeRow));
    byId("count").textContent = chosen.length === statements.length ? `${statements.length.toLocaleString("en")} statements.`
      : `${chosen.length.toLocaleString("en")} of ${statements.length.toLocaleString("en")} statements.`;
    const more = byId("more"), left = chosen.length - shown.length;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(left, PAGE)} more of ${left.toLocaleString("en")}`;
  }

  for (const button of table.tHead.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const key = button.dataset.sort, isNumber = ["belief", "sentences", "papers"].includes(key);
      order = { key, isDown: order.key === key ? !order.isDown : isNumber };
      for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
      button.parentElement.setAttribute("aria-sort", order.isDown ? "descending" : "ascending");
      showRows();
    });
  }
  byId("more").addEventListener("click", () => {
    const first = body.rows.length;
    limit += PAGE;
    showRows();
    body.rows[first]?.querySelector("button")?.focus();
  });

  // Network.

  const edgeOf = new Map();
  const panel = byId("panel");
  const elements = {
    nodes: data.network.nodes.map(([agent, x, y]) => ({ data: { id: `m${agent}`, number: agent, ...agents[agent] }, position: { x, y } })),
    edges: data.network.edges.map((numbers, index) => {
      const several = numbers.map((number) => statements[number]), [best] = several;
      numbers.forEach((number) => edgeOf.set(number, `e${index}`));
      const pieces = new Set(several.flatMap((one) => one.evidence));
      return { data: {
        id: `e${index}`, source: `m${agents.indexOf(best.subject)}`, target: `m${agents.indexOf(best.object)}`, relation: best.relation.name,
        label: best.relation.label, sign: best.relation.sign, directed: !best.relation.isUnordered, belief: Math.max(...several.map((one) => one.belief)), evidence: new Set([...pieces].map((piece) => piece.sentence)).size,
        direct: several.some((one) => one.isDirect), hedged: several.every((one) => one.isHedged), denied: several.every((one) => one.isDenied),
        site: several.map((one) => one.site.split(" ")[0]).filter(Boolean).join(", "), statements: numbers,
      } };
    }),
  };

  function showHint() {
    panel.replaceChildren(make("p", { class: "hint" }, "Nothing is selected."), make("p", { class: "hint" },
      "By keyboard: Tab into the network; arrow keys go to neighbours, N and P to the relations of a molecule, Enter selects, Escape ends the selection, + and − zoom. Ctrl and the wheel zoom too."));
  }

  function showEdge(id) {
    const edge = elements.edges.find((one) => one.data.id === id);
    if (!edge) return showHint();
    const several = edge.data.statements.map((number) => statements[number]);
    panel.replaceChildren(make("h3", {}, `${several[0].subject.name} ${several[0].relation.label} ${several[0].object.name}`),
      ...several.map((one, index) => makeCard(one, index < 3)));
    panel.scrollTop = 0;
    byId("said").textContent = `${several.length} ${several.length === 1 ? "statement" : "statements"}, in the evidence beside the network`;
    return undefined;
  }

  function showNode(id) {
    const node = elements.nodes.find((one) => one.data.id === id);
    if (!node) return showHint();
    const agent = agents[node.data.number];
    const about = statements.filter((one) => one.subject === agent || one.object === agent);
    const all = make("button", { type: "button", onclick: () => {
      controls.words.value = agent.name;
      apply();
      byId("statements").scrollIntoView();
    } }, "look for it in the table");
    panel.replaceChildren(make("h3", {}, agent.name), make("p", { class: "ends" }, `${agent.type.toLowerCase()} `, linkAgent(agent), " ", all),
      make("p", { class: "place" }, `${about.length} ${about.length === 1 ? "statement" : "statements"}, the best believed first`),
      ...about.slice(0, 60).map((one) => makeCard(one, false)));
    panel.scrollTop = 0;
    byId("said").textContent = `${agent.name}: ${about.length} ${about.length === 1 ? "statement" : "statements"}, in the evidence beside the network`;
    return undefined;
  }

  const network = new SigmineNetwork(byId("drawing"), { label: "Network of the statements", onSelectNode: showNode, onSelectEdge: showEdge });
  network.show(elements);
  showHint();
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => (Number(button.dataset.zoom) ? network.zoom(Number(button.dataset.zoom)) : network.fit({ minZoom: 0 })));
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { limit = PAGE; apply(); }, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { limit = PAGE; network.select(null); showHint(); apply(); }));
  apply();
})();
