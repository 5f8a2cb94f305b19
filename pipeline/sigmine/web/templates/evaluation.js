"use strict";
function sortTable(table, column, header) {
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const other of header.parentNode.children) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const key = (row) => row.cells[column].textContent.trim();
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    const [p, q] = [parseFloat(x), parseFloat(y)];
    const order = isNaN(p) || isNaN(q) ? x.localeCompare(y) : p - q;
    return down ? -order : order;
  });
  body.append(...rows);
}
for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((header, column) => {
    header.tabIndex = 0;
    header.addEventListener("click", () => sortTable(table, column, header));
    header.addEventListener("keydown", (event) => { if (event.key === "Enter") sortTable(table, column, header); });
  });
}
const filter = document.querySelector(".filter");
if (filter) {
  const rows = [...document.querySelector("table.errors").tBodies[0].rows];
  const selects = [...filter.querySelectorAll("select")];
  const words = filter.querySelector("input");
  const shown = filter.querySelector("output");
  const apply = () => {
    const wanted = words.value.toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits = selects.every((one) => !one.value || row.cells[one.dataset.column].firstChild.textContent.trim() === one.value);
      row.hidden = !(fits && row.textContent.toLowerCase().includes(wanted));
      count += !row.hidden;
    }
    shown.textContent = `${count} of ${rows.length}`;
  };
  filter.addEventListener("input", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
