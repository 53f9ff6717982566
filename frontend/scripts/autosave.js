// app-autosave: saves the form to data-save-url as a person types, and before it leaves. The page
// names itself and counts its saves, so that a lost answer is no conflict (see views/save.py).
// With no connection the words stay in the page: nothing is kept in the browser.
import { also } from "./also-open.js";
import { saveState } from "./save-state.js";
import { PAUSES, send } from "./sending.js";
import { saying } from "./words.js";

const QUIET = 1000; // after the last key
const LATEST = 10_000; // after the first, for somebody who never pauses
const TYPED = "textarea, input:not([type=checkbox], [type=radio], [type=file], [type=hidden])";
const RENEWED = 2000; // a token that is newer than this is not worth another try

export function autosave(form) {
  const line = document.getElementById("save-state");
  if (!line || !form.dataset.saveUrl) return;
  const say = saying(form);
  const state = saveState(line, say);
  const number = form.elements.namedItem("save_number");
  if (form.elements.namedItem("page")) also(form, line, say("open"));

  let edits = 0;
  let kept = 0;
  let sends = 0;
  let saving = false;
  let leaving = false; // the browser is on its way to another page
  let stale = false; // another page has saved: only a person can say what happens now
  let failures = 0;
  let timer = null;
  let renewedAt = 0;
  let dirtySince = 0;
  let pressed = null; // what waits until all is saved: a button of the form, or a link

  const dirty = () => edits !== kept;

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  // `html`: what the server says about it, such as that there is no room left.
  function failed(kind, html = "") {
    if (!state.take(html)) state.show(pressed && kind === "offline" ? "waiting" : kind);
    later(PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
  }

  // `last`: the page is closed or hidden. It does not wait for a save under way: the server keeps
  // the later of two, whichever arrives first.
  async function save({ last = false } = {}) {
    clearTimeout(timer);
    if (leaving || (saving && !last) || !(dirty() || pressed)) return;
    saving = true;
    sends += 1;
    const [sent, mine] = [edits, sends];
    if (number) number.value = sends;
    const slow = setTimeout(() => state.show("saving"), 700);
    const answer = await send(form.dataset.saveUrl, new URLSearchParams(new FormData(form)), { last });
    clearTimeout(slow);
    if (mine !== sends) return; // a later one speaks for the page
    saving = false;
    settle(answer, sent);
  }

  function settle(answer, sent) {
    if (!answer) {
      failed("offline");
    } else if (answer.status === 401 || answer.status === 403 || answer.redirected) {
      signInAgain(answer);
    } else if (answer.status === 413) {
      pressed = null;
      state.show("large");
    } else if ([409, 404, 410].includes(answer.status)) {
      // Another page saved it, or it is not a draft any more: the server says what to do.
      stale = true;
      pressed = null;
      if (!state.take(answer.html)) state.show("trouble");
    } else if (answer.status >= 500 || answer.status === 429) {
      failed("trouble", answer.html);
    } else if (answer.status >= 400) {
      pressed = null;
      if (!state.take(answer.html)) state.show("trouble");
    } else if (state.take(answer.html)) {
      saved(sent);
    } else {
      failed("trouble");
    }
  }

  function saved(sent) {
    failures = 0;
    kept = sent;
    dirtySince = 0;
    stale = false;
    if (pressed && !dirty()) go();
    else if (dirty()) {
      state.show("dirty"); // typed since it was sent: "Saved" would not be true
      later(QUIET);
    }
  }

  // Nobody is signed in, somebody else is, or the worker signed in again and the page's token is
  // old. The answer says which; the fresh token that comes with the last is tried at once.
  function signInAgain(answer) {
    if (!state.take(answer.html)) state.show("signed-out");
    const fresh = answer.token && Date.now() - renewedAt > RENEWED;
    if (fresh) {
      renewedAt = Date.now();
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
        field.value = answer.token;
      }
    }
    later(fresh ? 0 : PAUSES.at(-1));
  }

  function go() {
    const { button, link } = pressed;
    pressed = null;
    leaving = true;
    sends += 1; // its answer may be lost: the next save is a later one
    if (number) number.value = sends;
    if (link) location.assign(link);
    else form.requestSubmit(button);
  }

  function edited() {
    edits += 1;
    pressed = null; // who goes on typing does not want to leave
    if (stale) return;
    dirtySince ||= Date.now();
    if (!saving && !failures) {
      state.show("dirty");
      later(Math.min(QUIET, Math.max(0, dirtySince + LATEST - Date.now())));
    }
  }

  form.addEventListener("input", edited);
  // What was typed in a box has been heard letter by letter. To hear of it once more as the box is
  // left, for the button, would change the line under the finger: the button moves, and no tap comes.
  form.addEventListener("change", ({ target }) => {
    if (!target.matches(TYPED)) edited();
  });
  form.addEventListener("submit", (event) => {
    if (leaving) return;
    if (stale) {
      // Its answer is a page with both versions: what is typed here is sent, and nothing overwritten.
      leaving = true;
      return;
    }
    // What is typed is saved first: a browser that cannot send would show its own error instead
    // of the page, and a save under way knows the draft's new version.
    event.preventDefault();
    pressed = { button: event.submitter };
    if (!saving) save();
  });
  // The form that was on its way is still here: the line was lost, or somebody typed on meanwhile.
  form.addEventListener("app:not-sent", (event) => {
    event.preventDefault();
    const { button, edited: typed, answer } = event.detail;
    leaving = false;
    pressed = typed && button === undefined ? null : { button };
    if (typed) return void later(0);
    if (answer?.status === 202) later(QUIET);
    else settle(answer, kept);
  });
  // A link away waits for the words too: the next page would not know of them yet.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const here = !link || link.target || link.hasAttribute("download") || link.hash;
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (here || !plain || stale || !dirty() || event.defaultPrevented) return;
    event.preventDefault();
    pressed = { link: link.href };
    if (!saving) save();
  });
  const tryAgain = () => {
    if (dirty() || pressed) later(0);
  };
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("online", tryAgain);
  window.addEventListener("focus", () => {
    if (!stale && state.isTrouble()) tryAgain();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving && !stale && dirty()) save({ last: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty() && !leaving) event.preventDefault();
  });
  // On a slow line a person types before this runs.
  const isChanged = (field) =>
    field.type !== "hidden" &&
    "defaultValue" in field &&
    (field.value !== field.defaultValue || field.checked !== field.defaultChecked);
  if ([...form.elements].some(isChanged)) edited();
}
