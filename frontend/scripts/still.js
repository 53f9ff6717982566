// What is still to say: the list in the bar. The server makes it, here it only follows: a link goes
// to the very place, opens what is folded round it, and puts the cursor there. On a wide screen the
// list stands open in the right third.
const WIDE = matchMedia("(min-width: 68.75rem)");
const FIELD = "input:not([type=hidden]), select, textarea";

const part = () => document.getElementById("still");
const fold = () => part()?.querySelector("details");

// A question that only some drafts are asked shows once it is on the list.
function show() {
  for (const link of part()?.querySelectorAll("a") ?? []) {
    const asked = document.querySelector(`[data-asked="${CSS.escape(link.hash.slice(1))}"]`);
    if (asked) asked.hidden = false;
  }
}

function standOpen() {
  const list = fold();
  if (list && WIDE.matches) list.open = true;
}

function go(id) {
  const target = document.getElementById(id);
  if (!target) return;
  const statement = target.closest("[data-statement]");
  if (statement) statement.dispatchEvent(new CustomEvent("app:open"));
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const group = target.matches("input[type=radio]") ? target.form?.querySelector(`[name="${CSS.escape(target.name)}"]:checked`) : null;
  const field = group ?? (target.matches(FIELD) ? target : target.querySelector(FIELD) ?? target);
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
}

export function still() {
  standOpen();
  show();
  WIDE.addEventListener("change", standOpen);
  // The answer to a save replaces the list: the place listens.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#still a");
    const list = fold();
    if (link) {
      event.preventDefault();
      if (!WIDE.matches) list.open = false;
      go(link.hash.slice(1));
    } else if (list?.open && !WIDE.matches && !event.target.closest?.("#still")) {
      list.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const list = fold();
    if (event.key !== "Escape" || !list?.open || WIDE.matches || !list.contains(document.activeElement)) return;
    list.open = false;
    list.querySelector("summary").focus();
  });
}

// Takes the list of an answer of the server. Where one is in it, one stays in it.
export function take(answer) {
  const now = part();
  const next = answer.getElementById("still");
  if (!now || !next || now.textContent.replace(/\s+/g, " ") === next.textContent.replace(/\s+/g, " ")) return;
  const was = fold();
  const links = [...now.querySelectorAll("summary, a")];
  const at = links.indexOf(document.activeElement);
  if (was?.open) next.querySelector("details")?.setAttribute("open", "");
  now.replaceChildren(...next.childNodes);
  standOpen();
  show();
  if (at >= 0) {
    const left = [...now.querySelectorAll("summary, a")];
    left[Math.min(at, left.length - 1)]?.focus();
  }
}
