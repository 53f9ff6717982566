// Sends every form of every page. A form leaves its page only when the server has answered: without
// a line the browser would show its own error in place of what was typed. It waits, says so, and
// goes by itself. However often a thumb taps, a form is sent once: each press has a key of its own,
// and the server gives the same answer to the same key (see foundation/web/sent_once.py).
// A form that saves itself (app-autosave) hears of trouble by `app:not-sent`, and speaks for itself.
import { isThere, pause, PAUSES, sendForm } from "./sending.js";
import { saying } from "./words.js";

const LINE = "/line/";
const TROUBLE = [429, 500, 502, 503, 504, 507];
const SOON = 1000; // the server is still at work on what was sent before its answer was lost

// By form, what is under way: `wake` ends its pause, `stop` ends it.
const underWay = new WeakMap();

export function posting(start) {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (event.defaultPrevented || form.target === "_blank" || form.method === "dialog") return;
    event.preventDefault();
    const before = underWay.get(form);
    if (before) pressedAgain(before, button);
    else if (form.method === "post") post(form, button, start);
    else ask(form, button);
  });
  document.addEventListener("input", ({ target }) => underWay.get(target.form)?.edited?.());
  // The page came back by the browser's Back, as it was left.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) ended(form);
  });
}

function pressedAgain(going, button) {
  going.pressedAgain = button;
  going.wake?.();
}

function ended(form) {
  underWay.get(form)?.stop?.();
  underWay.delete(form);
  form.inert = false;
}

// A form that only asks: its answer is a page with an address.
async function ask(form, button) {
  const address = addressOf(form, button);
  address.search = new URLSearchParams(dataOf(form, button));
  const going = begun(form, button);
  for (let tries = 0; !(await isThere(LINE)); tries += 1) {
    going.say("offline");
    if (!(await going.rest(tries))) return;
  }
  going.say("");
  ended(form);
  location.assign(address);
}

async function post(form, button, start) {
  const key = newKey();
  const going = begun(form, button);
  const saves = (detail) => !form.dispatchEvent(new CustomEvent("app:not-sent", { cancelable: true, detail }));
  let renewed = false;
  for (let tries = 0; ; ) {
    const answer = await going.tried(() => sendForm(addressOf(form, button), dataOf(form, button), key, form));
    if (answer?.to) {
      if (going.isEdited && saves({ button: going.pressedAgain, edited: true })) return ended(form);
      return follow(answer.to);
    }
    if (answer?.token && !renewed) {
      renewed = true;
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = answer.token;
      continue;
    }
    if (saves({ button, answer })) return ended(form);
    if (answer?.status === 202) {
      await pause(SOON);
      continue;
    }
    renewed = false;
    if (!answer || TROUBLE.includes(answer.status)) {
      if (!(answer && going.tell(answer.html))) going.say(await whatIsWrong(answer, tries));
      if (!(await going.rest(tries))) return;
      tries += 1;
    } else if (going.tell(answer.html)) {
      if (!(await going.rest())) return;
    } else {
      ended(form);
      return show(answer.html, start);
    }
  }
}

// A file that was moved or changed cannot be read again: the line is there, and nothing is sent.
async function whatIsWrong(answer, tries) {
  if (answer) return "trouble";
  return tries > 2 && (await isThere(LINE)) ? "unsent" : "offline";
}

function begun(form, button) {
  const line = noteOf(form, button);
  const going = { isEdited: false };
  underWay.set(form, going);

  going.say = (kind) => {
    const words = kind && saying(document.body)(kind);
    line.className = `app-saved app-saved--alone app-saved--${kind === "sending" ? "saving" : "offline"}`;
    if (line.textContent !== words) line.textContent = words;
  };
  // Shows what an answer says in place of a page; false if it is a page of its own.
  going.tell = (html) => {
    const said = new DOMParser().parseFromString(html, "text/html").getElementById("save-state");
    if (!said) return false;
    line.className = "app-saved app-saved--alone app-saved--stopped";
    line.replaceChildren(...said.childNodes);
    return true;
  };
  // In flight nothing can be typed that would not be sent, but where the page saves by itself.
  going.tried = async (attempt) => {
    const focused = document.activeElement;
    const saves = form.hasAttribute("data-save-url");
    going.edited = () => (going.isEdited = true);
    const slow = setTimeout(() => !saves && going.say("sending"), 700);
    if (!saves) form.inert = true;
    const answer = await attempt();
    clearTimeout(slow);
    form.inert = false;
    if (document.activeElement !== focused) focused?.focus({ preventScroll: true });
    return answer;
  };
  // Waits for the next try: a while, or until the page is looked at again. False if somebody
  // types: who changes the words has not sent these.
  going.rest = async (tries) => {
    const goesOn = await new Promise((resolve) => {
      going.wake = () => resolve(true);
      going.stop = () => resolve(false);
      going.edited = () => resolve(false);
      window.addEventListener("focus", going.wake, { once: true });
      if (tries !== undefined) pause(PAUSES[Math.min(tries, PAUSES.length - 1)]).then(going.wake);
    });
    window.removeEventListener("focus", going.wake);
    going.wake = going.stop = going.edited = undefined;
    if (!goesOn) {
      going.say("changed");
      underWay.delete(form);
    }
    return goesOn;
  };
  return going;
}

// The place for what is to say, after the button that was pressed.
function noteOf(form, button) {
  const there = form.querySelector("[data-line]");
  if (there) return there;
  const line = document.createElement("p");
  line.className = "app-saved app-saved--alone";
  line.dataset.line = "";
  line.setAttribute("role", "status");
  const last = button?.form === form && form.contains(button) ? button : form.lastElementChild;
  (last.closest(".app-buttons, .app-write__bar") ?? last).after(line);
  return line;
}

function addressOf(form, button) {
  return new URL(button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", document.baseURI);
}

function dataOf(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The address of the page it was posted from, but for its #, would not be loaded again.
function follow(address) {
  const to = new URL(address, document.baseURI);
  const isHere = to.pathname + to.search === location.pathname + location.search;
  if (!isHere) return location.assign(to);
  history.replaceState(null, "", to);
  location.reload();
}

// An answer that has no address of its own (somebody who is not signed in yet).
function show(html, start) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = document.querySelector("main");
  document.title = page.title || document.title;
  main.replaceChildren(...(page.querySelector("main") ?? page.body).childNodes);
  start(document);
  (main.querySelector("[data-module~=app-focus]") ?? main).focus();
}
