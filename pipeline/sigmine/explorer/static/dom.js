/* Elements made of words: whatever a text holds is set as text, never read as markup. */

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && !name.startsWith("aria") && ["value", "checked", "hidden", "disabled", "selected", "open"].includes(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  return fill(element, ...children);
}

/* Puts the children in the place of those before; null, false and empty texts are none. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

export const byId = (id) => document.getElementById(id);

/* Said to screen readers, once each. */
export function say(text) {
  const live = byId("live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

let waiting = null;

/* An error or a notice that everybody sees; it goes by itself, or when somebody closes it. */
export function warn(text, { lasting = false } = {}) {
  const box = byId("alert");
  clearTimeout(waiting);
  box.replaceChildren(h("span", {}, text), h("button", { type: "button", "aria-label": "Close this message", onclick: () => { box.hidden = true; } }, "×"));
  box.hidden = false;
  if (!lasting) waiting = setTimeout(() => { box.hidden = true; }, 9000);
}

export function plural(number, word, several = `${word}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? word : several}`;
}

/* Whether the keys belong to what somebody writes into. */
export function isTyping(target) {
  return target instanceof Element && Boolean(target.closest("input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]"));
}

/* A link to another site: it is told nothing, and opens beside. */
export function away(address, text, label) {
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": label }, text);
}

/* A menu that opens below its button and closes when one looks elsewhere; its content is made when it is opened. */
export function menu(label, make, attributes = {}) {
  const body = h("div", { class: "menu-body" });
  const details = h("details", { class: "menu", ...attributes }, h("summary", {}, label), body);
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    fill(body, make(() => { details.open = false; details.querySelector("summary").focus(); }));
    const { left, right } = body.getBoundingClientRect();
    body.classList.toggle("to-left", right > innerWidth - 4 && left > 40);
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
    event.stopPropagation();
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
  });
  return details;
}

document.addEventListener("pointerdown", (event) => {
  for (const one of document.querySelectorAll("details.menu[open]")) if (!one.contains(event.target)) one.open = false;
});
