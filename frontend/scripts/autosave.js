// app-autosave: posts the form to data-save-url as one types, a second after the last key, and
// shows in #save-state what the server answered. The server answers with that element alone; it
// may hold hidden fields of the form (the draft's version). No words are kept in the browser: with
// no connection they stay in the page, the line says so, and it is tried again.
const QUIET = 1000;
const LATEST = 10_000;
const PATIENCE = 20_000;
const PAUSES = [2000, 4000, 8000, 15_000, 30_000];
// Above this a browser may refuse to finish a request after its page is gone.
const KEEPALIVE_BYTES = 60_000;

const WORDS = {
  dirty: ["", "Not saved yet"],
  saving: ["saving", "Saving…"],
  offline: ["offline", "Not saved: no connection. Your words are still here; trying again."],
  trouble: ["offline", "Not saved: the server has trouble. Your words are still here; trying again."],
  signedOut: [
    "stopped",
    "Not saved: you are signed out. Your words are still here. Sign in again in another tab.",
  ],
  large: ["stopped", "Not saved: this is too long for one entry. Your words are still here."],
};

export function autosave(form) {
  const line = document.getElementById("save-state");
  if (!line || !form.dataset.saveUrl) return;
  const teller = document.createElement("span");
  teller.className = "govuk-visually-hidden";
  teller.setAttribute("role", "status");
  line.before(teller);

  let edits = 0;
  let kept = 0;
  let saving = false;
  let leaving = false;
  let stopped = false;
  let failures = 0;
  let timer = null;
  let renewedAt = 0;
  let dirtySince = 0;
  let pressed = null; // the button that was pressed while a save was under way

  const dirty = () => edits !== kept;

  function show(state) {
    const [kind, words] = WORDS[state];
    set(`app-saved${kind ? ` app-saved--${kind}` : ""}`, words, kind === "offline" || kind === "stopped");
  }

  // Hidden fields in the line belong to the form and stay until the server sends others.
  function set(className, words, tell) {
    const trouble = /--(offline|stopped)/.test(line.className);
    line.className = className;
    const text = line.querySelector("span") ?? line.appendChild(document.createElement("span"));
    text.textContent = words;
    // A screen reader hears of trouble and of its end, not of every second of typing.
    if (tell || trouble) teller.textContent = words;
  }

  function take(html) {
    const answer = new DOMParser().parseFromString(html, "text/html").getElementById("save-state");
    if (!answer) return false;
    set(answer.className, answer.textContent.trim(), /--(offline|stopped)/.test(answer.className));
    // A refusal knows no hidden fields: those that were there stay.
    const fields = [...line.querySelectorAll("input")];
    line.innerHTML = answer.innerHTML;
    if (!line.querySelector("input")) line.append(...fields);
    return true;
  }

  function renew(token) {
    renewedAt = Date.now();
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  function failed(state) {
    show(state);
    later(PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
  }

  async function save({ last = false } = {}) {
    clearTimeout(timer);
    if (saving || !dirty()) return;
    saving = true;
    const sent = edits;
    const body = new URLSearchParams(new FormData(form));
    const slow = setTimeout(() => show("saving"), 700);
    let answer = null;
    try {
      const options = {
        method: "POST",
        body,
        headers: { "HX-Request": "true", Accept: "text/html" },
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
      };
      if (last) options.keepalive = String(body).length < KEEPALIVE_BYTES;
      else options.signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(form.dataset.saveUrl, options);
      answer = {
        status: response.status,
        type: response.type,
        token: response.headers.get("X-Form-Token"),
        html: await response.text(),
      };
    } catch {
      answer = null;
    }
    clearTimeout(slow);
    saving = false;
    settle(answer, sent);
    if (pressed) {
      const { button } = pressed;
      pressed = null;
      form.requestSubmit(button);
    }
  }

  function settle(answer, sent) {
    if (!answer) {
      failed("offline");
      return;
    }
    const { status, type, token, html } = answer;
    if (type === "opaqueredirect" || status === 401 || status === 403) {
      if (!take(html)) show("signedOut");
      // A worker who signed in again in another tab needs a fresh token, and gets it with the refusal.
      const fresh = token && Date.now() - renewedAt > PATIENCE;
      if (fresh) renew(token);
      later(fresh ? 0 : PAUSES.at(-1));
    } else if (status === 413) {
      show("large");
    } else if (status === 409 || status === 404 || status === 410) {
      // Somebody else changed it, or it is not a draft any more: the server says what to do.
      stopped = true;
      if (!take(html)) show("trouble");
    } else if (status >= 500 || status === 429) {
      failed("trouble");
    } else if (status >= 400) {
      if (!take(html)) show("trouble");
    } else if (take(html)) {
      failures = 0;
      kept = sent;
      dirtySince = 0;
      if (dirty()) later(QUIET);
    } else {
      failed("trouble");
    }
  }

  function edited() {
    edits += 1;
    if (stopped) return;
    dirtySince ||= Date.now();
    if (!saving && !failures) {
      if (!/--stopped/.test(line.className)) show("dirty");
      // Somebody who types without a pause is saved every ten seconds all the same.
      later(Math.min(QUIET, Math.max(0, dirtySince + LATEST - Date.now())));
    }
  }

  form.addEventListener("input", edited);
  form.addEventListener("change", edited);
  form.addEventListener("submit", (event) => {
    if (saving) {
      // The answer to the save holds the draft's new version. Sent without it, the form would look
      // like another window's.
      event.preventDefault();
      pressed = { button: event.submitter };
      return;
    }
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving && !stopped) save({ last: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty() && !leaving) event.preventDefault();
  });
}
