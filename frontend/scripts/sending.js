// Sends in the background; null if there was no answer: no line, or none within 20 seconds.
const PATIENCE = 20_000;
// Above this a browser may refuse to finish a request after its page is gone.
const KEEPALIVE_BYTES = 60_000;

export async function send(url, body, { last = false } = {}) {
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
  try {
    const response = await fetch(url, options);
    return {
      status: response.status,
      redirected: response.type === "opaqueredirect",
      token: response.headers.get("X-Form-Token"),
      html: await response.text(),
    };
  } catch {
    return null;
  }
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
