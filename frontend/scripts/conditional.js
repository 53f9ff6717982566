// app-conditional: parts with data-show-when="name=one|other" show while the field called `name`
// has one of these values; with several conditions, "name=one;other=two", while all of them hold.
// A question that is itself not asked has no answer. Without scripts all of them show.
export function conditional(box) {
  const form = box.closest("form") ?? box;

  function values(name) {
    return [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
      .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
      .filter((field) => !field.closest("[data-show-when][hidden]"))
      .map((field) => field.value);
  }

  function holds(condition) {
    const [name, wanted] = condition.split("=");
    const now = values(name);
    return wanted.split("|").some((value) => now.includes(value));
  }

  // In the order of the page: whether a question is asked rests on those before it.
  function show() {
    for (const part of box.querySelectorAll("[data-show-when]")) {
      part.hidden = !part.dataset.showWhen.split(";").every(holds);
      part.classList.remove("app-ask--unasked");
    }
  }

  form.addEventListener("change", show);
  show();
}
