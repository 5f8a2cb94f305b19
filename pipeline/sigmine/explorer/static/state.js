/* What the page shows, kept in its address: a reload, a link and the back button all lead to the same. */

const LISTS = ["focus", "relation", "section"];
const TEXTS = ["tab", "node", "open", "doc", "text", "belief", "hedged", "denied", "direct", "side", "name", "sparql", "item"];
const FILTERS = ["relation", "section", "belief", "hedged", "denied", "direct"];
const listeners = [];

export let state = parse(location.search);

function parse(search) {
  const query = new URLSearchParams(search);
  const found = {};
  for (const name of LISTS) found[name] = query.getAll(name);
  for (const name of TEXTS) found[name] = query.get(name) ?? "";
  found.arg = query.getAll("arg");
  found.tab ||= "network";
  return found;
}

function write(one) {
  const query = new URLSearchParams();
  for (const name of [...LISTS, "arg"]) for (const value of one[name]) query.append(name, value);
  for (const name of TEXTS) if (one[name] && !(name === "tab" && one[name] === "network")) query.set(name, one[name]);
  const text = query.toString();
  return text ? `?${text}` : location.pathname;
}

/* Changes some of what is shown. replace: without a step of the back button (a slider being moved). */
export function go(changes, { replace = false } = {}) {
  const next = { ...state, ...changes };
  if (write(next) === write(state)) return;
  state = next;
  history[replace ? "replaceState" : "pushState"](null, "", write(state));
  listeners.forEach((listener) => listener(state));
}

export function addressOf(changes) { return write({ ...state, ...changes }); }

export function onChange(listener) { listeners.push(listener); }

window.addEventListener("popstate", () => {
  state = parse(location.search);
  listeners.forEach((listener) => listener(state));
});

/* The filters alone, as the explorer takes them. */
export function filtersOf(one) {
  const query = new URLSearchParams();
  for (const name of FILTERS) for (const value of [one[name]].flat()) if (value) query.append(name, value);
  return query;
}

export function countFilters(one) {
  return one.relation.length + one.section.length + ["belief", "hedged", "denied", "direct"].filter((name) => one[name]).length;
}

/* What is drawn: focus and filters. */
export function viewOf(one) {
  const query = filtersOf(one);
  for (const key of one.focus) query.append("focus", key);
  return query;
}

/* What the list beside shows; drawn=yes where it is what the network shows. */
export function listOf(one) {
  const query = filtersOf(one);
  if (one.text) query.set("text", one.text);
  else if (one.node) query.append("focus", one.node);
  else {
    for (const key of one.focus) query.append("focus", key);
    query.set("drawn", "yes");
  }
  return query;
}
