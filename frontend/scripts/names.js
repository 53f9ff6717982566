// app-names: names that live in this book complete after two letters. The list is made by the server
// for this worker and this child, asked for once by POST, and kept in this page's memory alone. Keys
// are taken only once an option is chosen with the arrows, and never while a keyboard composes.
// Picking somebody who is private to the child marks the statement as being about them; the mark is
// said, and comes off with one tap. A name that was typed out is offered the same way.
import { send } from "./sending.js";
import { saying } from "./words.js";

const FIELDS = /^(statements-\d+-(text|third_party|told_by|speaker|maker|whose)|present|where|originator|answers-medicine(-others)?|answers-[a-z_]+-others)$/;
const PEOPLE = ["worker", "child", "own", "person", "family", "third_party"];
const PRIVATE = ["third_party", "child"]; // separated from the child's own record (P40)
const MOST = 5;
const LEAST = 2; // letters
const PAUSE = 700;
const MARKS = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]|\p{Cf}/gu;
const WORD = /[\p{L}\p{M}\p{N}]/u;
const SIGNS = /['’ʼ`´.-]/;

export function names(place) {
  const form = place.closest("form");
  const said = place.querySelector("[data-names-said]");
  const say = saying(place);
  let known = null; // a promise of the list
  let letters = {};
  let list = []; // what is offered now
  let at = -1; // the option that is active
  let field = null;
  let from = 0; // where the letters begin that are completed
  let timer = null;
  const left = new Set(); // typed names that the writer left as they are, by box and name

  const fold = (text) =>
    [...text.toLowerCase()].map((letter) => letters[letter] ?? letter).join("")
      .normalize("NFKD").replace(MARKS, "").normalize("NFC");
  const joined = (text) =>
    [...fold(text)].filter((sign) => WORD.test(sign) || sign === " ").join("").replace(/ +/g, " ");

  function ask() {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    known ??= send(place.dataset.namesUrl, new URLSearchParams({ csrfmiddlewaretoken: token })).then((answer) => {
      if (answer?.status !== 200) {
        known = null; // no connection: typing goes on without names
        return [];
      }
      const made = JSON.parse(answer.html);
      letters = made.letters;
      return made.names;
    });
    return known;
  }

  const fits = (control) => control instanceof HTMLElement && FIELDS.test(control.name ?? "") && control.form === form;

  const box = document.createElement("ul");
  box.className = "app-names";
  box.id = "known-names";
  box.role = "listbox";
  box.ariaLabel = say("list");
  box.hidden = true;

  function close() {
    if (box.hidden) return;
    box.hidden = true;
    box.replaceChildren();
    list = [];
    at = -1;
    for (const name of ["aria-activedescendant", "aria-controls", "aria-autocomplete"]) field?.removeAttribute(name);
  }

  // The last words before the cursor, as far back as a name may begin: longest first.
  function endings(text) {
    const starts = [];
    for (let place = text.length; place > 0 && starts.length < 3; place -= 1) {
      const before = text[place - 1];
      if (before === "\n") break;
      if (WORD.test(text[place] ?? "") && !WORD.test(before) && !SIGNS.test(before)) starts.push(place);
      if (place === 1 && WORD.test(before)) starts.push(0);
    }
    return starts.reverse();
  }

  function found(all, typed) {
    const wanted = joined(typed);
    if (wanted.replaceAll(" ", "").length < LEAST) return [];
    const begins = (name) => name.keys.some((key) => key.startsWith(wanted));
    const inside = (name) => name.keys.some((key) => key.includes(` ${wanted}`));
    return [...all.filter(begins), ...all.filter((name) => !begins(name) && inside(name))];
  }

  const meant = (control, name) => {
    if (control.name === "where") return name.kind === "place";
    if (control.name.startsWith("answers-medicine")) return name.kind === "medicine";
    return /-text$/.test(control.name) || PEOPLE.includes(name.kind);
  };

  async function look(control) {
    const all = (await ask()).filter((name) => meant(control, name));
    if (document.activeElement !== control) return;
    const caret = control.selectionStart;
    if (caret !== control.selectionEnd || WORD.test(control.value[caret] ?? "")) return close();
    const text = control.value.slice(0, caret);
    if (!WORD.test(text.at(-1) ?? "") && !SIGNS.test(text.at(-1) ?? "")) return close();
    const starts = endings(text);
    if (starts.some((start) => all.some((name) => name.words === text.slice(start)))) return close();
    for (const start of starts) {
      const names = found(all, text.slice(start));
      if (names.length) return show(control, start, names.slice(0, MOST));
    }
    close();
  }

  function show(control, start, names) {
    [field, from, list, at] = [control, start, names, -1];
    box.replaceChildren(...names.map((name, number) => {
      const option = document.createElement("li");
      option.className = "app-names__name";
      option.id = `known-names-${number}`;
      option.role = "option";
      option.ariaSelected = "false";
      const what = document.createElement("span");
      what.className = "app-names__what";
      what.textContent = name.what;
      const called = document.createElement("bdi");
      called.textContent = name.words;
      option.append(called, " ", what);
      return option;
    }));
    control.setAttribute("aria-autocomplete", "list");
    control.setAttribute("aria-controls", box.id);
    control.removeAttribute("aria-activedescendant");
    control.after(box);
    box.hidden = false;
    said.textContent = say("offered", { count: names.length });
  }

  function activate(number) {
    at = (number + list.length) % list.length;
    [...box.children].forEach((option, place) => { option.ariaSelected = String(place === at); });
    field.setAttribute("aria-activedescendant", box.children[at].id);
  }

  function pick(name) {
    const control = field;
    const start = from;
    close();
    control.focus();
    control.setSelectionRange(start, control.selectionEnd);
    // With this the writer can undo it, as if it had been typed.
    if (!document.execCommand("insertText", false, name.words)) {
      control.setRangeText(name.words, start, control.selectionEnd, "end");
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    close();
    if (/-text$/.test(control.name)) mark(control, name);
  }

  // Whether a person is private: of the children, not those the entry is about.
  const isPrivate = (name) =>
    PRIVATE.includes(name.kind) &&
    ![...form.querySelectorAll("[name=also_about]:checked")].some(
      (chosen) => joined(chosen.closest("label, .govuk-checkboxes__item")?.textContent ?? "").trim() === joined(name.words),
    );

  const part = (control, end) => form.querySelector(`[name="${control.name.replace(/-text$/, end)}"]`);
  const sharing = (control, value) =>
    form.querySelector(`[name="${control.name.replace(/-text$/, "-sharing")}"][value="${value}"]`);

  function isMarked(control, name) {
    return part(control, "-third_party")?.value.split(/, | and /).includes(name.words);
  }

  function choose(control, value) {
    const radio = sharing(control, value);
    if (!radio || radio.checked) return;
    const caret = control.selectionEnd;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    control.focus();
    control.setSelectionRange(caret, caret);
  }

  function mark(control, name) {
    const about = part(control, "-third_party");
    const isOpen = sharing(control, "shared")?.checked || sharing(control, "third_party")?.checked;
    if (!isPrivate(name) || !about || !isOpen || isMarked(control, name)) return;
    const before = { about: about.value, shared: sharing(control, "shared").checked };
    about.value = [about.value, name.words].filter(Boolean).join(", ");
    choose(control, "third_party");
    control.dispatchEvent(new Event("input", { bubbles: true }));
    tell(control, "picked", name, [["undo", () => {
      about.value = before.about;
      left.add(`${control.name} ${name.words}`);
      if (before.shared) choose(control, "shared");
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }]]);
  }

  // A line under the box: what was marked or is named, and what can be done about it.
  function tell(control, sentence, name, ways) {
    const line = document.createElement("p");
    line.className = "app-names__line";
    line.dataset.named = name.words;
    said.textContent = say(sentence, { name: name.words });
    line.append(said.textContent, " ");
    for (const [way, act] of ways) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "app-names__way";
      button.textContent = say(way, { name: name.words });
      button.addEventListener("click", () => {
        line.remove();
        control.focus();
        act();
      });
      line.append(button, " ");
    }
    quiet(control);
    control.after(line);
  }

  function quiet(control) {
    for (const line of control.parentElement.querySelectorAll(".app-names__line")) line.remove();
  }

  // A name that was typed out and not picked: offered quietly, once typing rests.
  async function named(control) {
    if (!/-text$/.test(control.name) || !control.isConnected) return;
    const text = ` ${joined(control.value.replaceAll("\n", " ").replace(/['’]s(?![\p{L}\p{N}])/gu, ""))} `;
    const name = (await ask()).find(
      (one) => isPrivate(one) && [one.keys[0], ...one.also].some((key) => text.includes(` ${key} `)) &&
        (!one.ordinary || control.value.includes(one.words)) &&
        !isMarked(control, one) && !left.has(`${control.name} ${one.words}`),
    );
    if (!sharing(control, "shared")?.checked) return;
    if (!name) {
      for (const line of control.parentElement.querySelectorAll(".app-names__line")) {
        if (!text.includes(` ${joined(line.dataset.named)} `)) line.remove();
      }
      return;
    }
    if (control.parentElement.querySelector(`.app-names__line[data-named="${CSS.escape(name.words)}"]`)) return;
    tell(control, "named", name, [
      ["mark", () => mark(control, name)],
      ["leave", () => left.add(`${control.name} ${name.words}`)],
    ]);
  }

  form.addEventListener("focusin", (event) => { if (fits(event.target)) ask(); });
  form.addEventListener("input", (event) => {
    const control = event.target;
    if (!fits(control)) return;
    if (event.isTrusted || control === field) look(control);
    clearTimeout(timer);
    timer = setTimeout(() => named(control), PAUSE);
  });
  form.addEventListener("focusout", (event) => { if (event.target === field) close(); });
  // Before the page's own keys: Enter may else begin the next paragraph.
  form.addEventListener("keydown", (event) => {
    if (box.hidden || event.target !== field || event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown") activate(at + 1);
    else if (event.key === "ArrowUp" && at >= 0) activate(at - 1);
    else if (event.key === "Enter" && at >= 0) pick(list[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the cursor stays
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) pick(list[[...box.children].indexOf(option)]);
  });
}
