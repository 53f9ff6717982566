// app-paragraphs: one sheet of paragraphs, each a statement with marks of its own. An empty line
// (typed or pasted) begins the next one, Backspace at its start joins it to the one before. The
// marks of the paragraph one is in show as chips, those of the others as in the book; a mark that
// needs words takes the cursor there. The named fields of the form stay the truth: only their values move from box to box.
import { neededBy } from "./marks.js";
import { inSight, steady } from "./steady.js";
import { saying } from "./words.js";

const EMPTY_LINE = /\n[ \t]*\n\s*/;
const MARKS = [
  ["kind", "speaker", "whose", "maker", "basis"],
  ["source", "told_by", "read_in"],
  ["sharing", "ground", "reason", "review_on", "third_party", "permission"],
  ["about"],
];

const textOf = (box) => box.querySelector('textarea[name$="-text"]');
const suffix = (field) => field.name.replace(/^statements-[^-]+-/, "");
const isChosen = (field) => ["radio", "checkbox"].includes(field.type);
const fieldsOf = (box) => [...box.querySelectorAll('[name^="statements-"]')];
const stated = (field) => (isChosen(field) ? field.checked : field.value);

// What a box says: one value for each of its fields, by name and, where one chooses, by choice.
const key = (field) => (isChosen(field) ? `${suffix(field)}=${field.value}` : suffix(field));
const stateOf = (box) => new Map(fieldsOf(box).map((field) => [key(field), stated(field)]));

function put(box, state) {
  for (const field of fieldsOf(box)) {
    const value = state.get(key(field));
    if (value === undefined || value === stated(field)) continue;
    if (isChosen(field)) field.checked = value;
    else field.value = value;
  }
}

const group = (state, names) =>
  [...state].filter(([name]) => names.some((part) => name === part || name.startsWith(`${part}=`) || name.startsWith(`${part}_`)));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export function paragraphs(section) {
  const list = section.querySelector("[data-statements]");
  const add = section.querySelector("[data-add]");
  const plain = section.querySelector("template");
  if (!list || !add || !plain) return;
  const fresh = stateOf(plain.content.querySelector("[data-statement]"));
  const teller = section.querySelector("[data-paragraphs]");
  const folded = "folded" in section.dataset; // the chips wait until one asks for them
  section.dataset.sheet = "";
  // The box that waits for the child's own view stays where it is.
  const waits = (box) =>
    box.querySelector('[name$="-kind"]:checked')?.value === "view" && !textOf(box).value.trim();
  const boxes = () =>
    [...list.querySelectorAll("[data-statement]")].filter((box) => box.contains(document.activeElement) || !waits(box));
  const isUnused = (box) =>
    !textOf(box).value.trim() && MARKS.every((names) => same(group(stateOf(box), names), group(fresh, names)));

  const tell = (what) => { if (teller) teller.textContent = what && saying(teller)(what); };

  function told(changed) {
    for (const box of changed) {
      delete box.dataset.blank;
      textOf(box).dispatchEvent(new Event("input", { bubbles: true }));
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function moved(from, to) {
    put(to, stateOf(from));
    list.dispatchEvent(new CustomEvent("app:moved", { detail: { from, to } }));
  }

  // Makes room after a box: what follows moves down by one, until a box that nobody has used.
  function room(after) {
    const following = boxes().slice(boxes().indexOf(after) + 1);
    let end = following.findIndex(isUnused);
    if (end < 0) {
      add.click();
      end = following.length;
    }
    const free = boxes().slice(boxes().indexOf(after) + 1);
    for (let place = end; place > 0; place -= 1) moved(free[place - 1], free[place]);
    return free.slice(0, end + 1);
  }

  function split(box) {
    const area = textOf(box);
    const texts = area.value.split(EMPTY_LINE);
    if (texts.length < 2 || !texts[0].trim()) return;
    const marks = stateOf(box);
    const changed = new Set([box]);
    area.value = texts[0].trimEnd();
    let last = box;
    for (const text of texts.slice(1)) {
      const free = room(last);
      for (const target of free) changed.add(target);
      // Words that stood in the box keep its marks (who may read them, who they are about).
      put(free[0], text.trim() ? marks : fresh);
      textOf(free[0]).value = text;
      list.dispatchEvent(new CustomEvent("app:moved", { detail: { from: text.trim() ? box : null, to: free[0] } }));
      last = free[0];
    }
    tell("");
    told(changed);
    const pasted = texts.at(-1).trim() && texts.length > 2;
    textOf(last).focus();
    const caret = pasted ? textOf(last).value.length : 0;
    textOf(last).setSelectionRange(caret, caret);
  }

  // The marks of two paragraphs in one: what only one of them says holds for both. None if they
  // say different things, or are about different children: a person decides then.
  function together(first, second) {
    const both = new Map(first);
    for (const names of MARKS) {
      const [one, other, usual] = [first, second, fresh].map((state) => group(state, names));
      if (same(one, other) || same(other, usual)) {
        if (names.includes("about") && !same(one, other)) return null;
        continue;
      }
      if (names.includes("about") || !same(one, usual)) return null;
      for (const [name, value] of other) both.set(name, value);
    }
    return both;
  }

  function join(box) {
    const all = boxes();
    const at = all.indexOf(box);
    if (at < 1) return;
    const before = all[at - 1];
    const [first, second] = [textOf(before).value.trimEnd(), textOf(box).value];
    let marks = stateOf(before);
    if (!first.trim()) marks = stateOf(box);
    else if (second.trim()) marks = together(marks, stateOf(box));
    if (!marks) return void tell("apart");
    const stricter = first.trim() && !same([...marks], [...stateOf(before)]);
    put(before, marks);
    textOf(before).value = first + (first && second.trim() ? " " : "") + second.trimStart();
    for (let place = at; place < all.length - 1; place += 1) moved(all[place + 1], all[place]);
    put(all.at(-1), fresh);
    textOf(all.at(-1)).value = "";
    told(all.slice(at - 1));
    textOf(before).focus();
    textOf(before).setSelectionRange(first.length, first.length);
    tell(stricter ? "joined" : "");
  }

  // A paragraph that grows as one writes keeps its chips above the bar.
  const grows = new ResizeObserver(([{ target }]) => {
    if (target === document.activeElement) inSight(target.closest("[data-statement]"));
  });

  const foldOf = (box) => box.querySelector("[data-marks]");

  // Shows the chips of one paragraph, and of no other. A paragraph with an error stays as it is.
  function open(box) {
    for (const other of list.querySelectorAll("[data-statement]")) {
      const fold = foldOf(other);
      if (fold && !other.querySelector(".app-wrong")) fold.open = other === box;
    }
  }

  function showAll(button, { focus = false } = {}) {
    const row = button.closest(".app-chips");
    row.dataset.whole = "";
    button.setAttribute("aria-expanded", "true");
    if (focus) row.querySelector(".app-chips__one--more input").focus();
  }

  for (const button of section.querySelectorAll("[data-all]")) button.hidden = false;
  for (const button of plain.content.querySelectorAll("[data-all]")) button.hidden = false;

  list.addEventListener("input", (event) => {
    const box = event.target.closest("[data-statement]");
    if (box && event.target === textOf(box) && !event.isComposing) split(box);
  });
  list.addEventListener("focusin", (event) => {
    const { target } = event;
    const box = target.closest("[data-statement]");
    if (!box || !target.matches("textarea[name$='-text']")) return;
    if (!folded) steady(() => open(box), target);
    inSight(box);
    grows.disconnect();
    grows.observe(target);
  });
  list.addEventListener("app:open", ({ target }) => open(target), true);
  list.addEventListener("keydown", (event) => {
    const { target } = event;
    const box = target.closest("[data-statement]");
    if (!box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Backspace" && target === textOf(box)) {
      if (target.selectionStart || target.selectionEnd || boxes()[0] === box) return;
      event.preventDefault();
      join(box);
    } else if (event.key === "Enter" && target.matches("input[type=text], input:not([type])")) {
      // In a mark's box it does not send the page: it goes on to the next paragraph.
      event.preventDefault();
      const next = boxes()[boxes().indexOf(box) + 1];
      if (next) textOf(next).focus();
      else add.click();
    }
  });
  // The cursor goes where a mark that was chosen needs words.
  list.addEventListener("click", (event) => {
    const { target } = event;
    const box = target.closest("[data-statement]");
    const all = target.closest?.("button[data-all]");
    if (all) return void showAll(all, { focus: true });
    const fold = target.closest?.("summary")?.parentElement;
    if (box && fold === foldOf(box) && !fold.open) steady(() => open(null), fold);
    if (!box || target.type !== "radio" || !target.checked || !event.detail) return;
    const needed = neededBy(box, target);
    if (needed && !needed.value.trim()) requestAnimationFrame(() => needed.focus());
  });
}
