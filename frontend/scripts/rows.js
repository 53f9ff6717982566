// app-rows: another row without asking the server. The box holds [data-rows], a <template data-row>
// with __n__ where the number goes, and a button [data-add-row], which without scripts submits and
// comes back with one more. data-most is how many there is room for.
export function rows(box, start) {
  const list = box.querySelector("[data-rows]");
  const pattern = box.querySelector("template[data-row]");
  const button = box.querySelector("[data-add-row]");
  if (!list || !pattern || !button) return;
  const most = Number(box.dataset.most);

  function room() {
    button.hidden = list.children.length >= most;
  }

  button.addEventListener("click", (event) => {
    event.preventDefault();
    const made = document.createElement("div");
    made.innerHTML = pattern.innerHTML.replaceAll("__n__", String(list.children.length + 1));
    const [row] = made.children;
    list.append(row);
    start(list);
    row.querySelector("input, select, textarea")?.focus();
    room();
  });
  room();
}
