// Sends in the background; null if there was no answer: no line, or none within 20 seconds.
const PATIENCE = 20_000;
const PATIENCE_WITH_FILES = 600_000;
// Above this a browser may refuse to finish a request after its page is gone.
const KEEPALIVE_BYTES = 60_000;
// How long to wait before each further try.
export const PAUSES = [2000, 4000, 8000, 15_000, 30_000];

export function send(url, body, { last = false } = {}) {
  const options = last ? { keepalive: String(body).length < KEEPALIVE_BYTES } : { signal: AbortSignal.timeout(PATIENCE) };
  return answered(url, { ...options, body, headers: { "HX-Request": "true" } });
}

// Sends a form as the browser would, with the key of this press and the worker of the page.
export function sendForm(url, data, key, form) {
  const withFiles = form.enctype === "multipart/form-data";
  return answered(url, {
    signal: AbortSignal.timeout(withFiles ? PATIENCE_WITH_FILES : PATIENCE),
    body: withFiles ? data : new URLSearchParams(data),
    headers: { "X-Form-Key": key, "X-Form-Worker": "anybody" in form.dataset ? "" : (document.body.dataset.worker ?? "") },
  });
}

async function answered(url, options) {
  try {
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      ...options,
      headers: { Accept: "text/html", ...options.headers },
    });
    return {
      status: response.status,
      redirected: response.type === "opaqueredirect",
      to: response.headers.get("X-Go-To"),
      token: response.headers.get("X-Form-Token"),
      html: await response.text(),
    };
  } catch {
    return null;
  }
}

// Waits a while, or until the browser says that the line is back.
export function pause(time) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, time);
    window.addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

// Says whether the server answers at this moment.
export async function isThere(url) {
  try {
    const response = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    return response.status === 204;
  } catch {
    return false;
  }
}
