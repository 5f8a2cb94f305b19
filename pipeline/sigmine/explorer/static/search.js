/* The search box: molecules and statements while one types, the sentences on demand. */

import { ask } from "./api.js";
import { fill, h, plural, say, warn } from "./dom.js";
import { go, state } from "./state.js";

/* onChosen(kind): what was chosen, "molecule", "statement" or "sentences", shall have the focus when it is there. */
export function makeSearch(place, onChosen) {
  const input = h("input", {
    type: "search", id: "search-box", placeholder: "Molecule, statement, words of a sentence", autocomplete: "off", spellcheck: "false",
    role: "combobox", "aria-label": "Search molecules, statements and sentences", "aria-expanded": "false", "aria-controls": "suggestions", "aria-autocomplete": "list",
  });
  const list = h("ul", { id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  place.append(input, list);
  let options = [], chosen = -1, waiting = null, asked = null;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    chosen = index;
    options.forEach(({ element }, i) => element.setAttribute("aria-selected", String(i === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[index].element.id);
    return options[index].element.scrollIntoView({ block: "nearest" });
  }

  function add(content, act, kind) {
    const element = h("li", { role: "option", id: `suggestion-${options.length}`, class: kind, "aria-selected": "false" }, content);
    element.addEventListener("pointerdown", (event) => event.preventDefault());
    const choose = (event) => {
      close();
      input.value = "";
      input.blur();
      onChosen(kind);
      act(event);
    };
    element.addEventListener("click", choose);
    options.push({ element, choose });
    return element;
  }

  function show(answer, text) {
    options = [];
    const rows = answer.molecules.map((one) => add([
      h("span", { class: `type ${one.type}` }, one.name), " ",
      h("small", {}, [one.curie, plural(one.statements, "statement")].filter(Boolean).join(", ")),
    ], (event) => openMolecule(one.key, event?.ctrlKey || event?.metaKey), "molecule"));
    for (const one of answer.statements) rows.push(add([one.label, " ", h("small", {}, one.support)], () => openStatement(one), "statement"));
    rows.push(add(["Search the sentences for ", h("b", {}, text)], () => go({ tab: state.tab === "document" ? "network" : state.tab, text, node: "", open: "", side: "list" }), "sentences"));
    fill(list, ...rows);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
    say(`${plural(answer.molecules.length, "molecule")}, ${plural(answer.statements.length, "statement")} suggested`);
  }

  function suggest() {
    const text = input.value.trim();
    asked?.abort();
    if (!text) return close();
    asked = new AbortController();
    return ask("search", { q: text }, asked.signal).then((answer) => {
      if (document.activeElement === input) show(answer, text);
    }, (error) => { if (error.name !== "AbortError") warn(error.message); });
  }

  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(suggest, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return suggest();
      const step = event.key === "ArrowDown" ? 1 : -1;
      return mark((chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length);
    }
    if (event.key === "Enter" && input.value.trim()) {
      event.preventDefault();
      clearTimeout(waiting);
      if (list.hidden) await suggest();
      return options[Math.max(chosen, 0)]?.choose(event);
    }
    if (event.key === "Escape") {
      if (list.hidden) input.blur();
      close();
      event.stopPropagation();
    }
    return undefined;
  });
  return input;
}

/* Opens what is around a molecule; adding: beside what is open. */
export function openMolecule(key, adding = false) {
  const focus = adding ? [...state.focus.filter((one) => one !== key), key] : [key];
  go({ tab: "network", focus, node: key, open: "", text: "", side: "" });
}

export function openStatement(one) {
  const focus = [one.subject?.key, one.object.key].filter(Boolean);
  go({ tab: "network", focus, node: "", open: one.id, text: "", side: "list" });
}
