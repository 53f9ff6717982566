// app-conditional: parts with data-show-when="name=one|other" show while the field called `name`
// has one of these values. Without scripts all of them show.
export function conditional(box) {
  const form = box.closest("form") ?? box;

  function values(name) {
    return [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
      .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
      .map((field) => field.value);
  }

  function show() {
    for (const part of box.querySelectorAll("[data-show-when]")) {
      const [name, wanted] = part.dataset.showWhen.split("=");
      const now = values(name);
      part.hidden = !wanted.split("|").some((value) => now.includes(value));
    }
  }

  form.addEventListener("change", show);
  show();
}
