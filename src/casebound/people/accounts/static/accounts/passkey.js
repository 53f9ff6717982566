// Asks the device for a passkey and puts its answer into the form, then sends the form.
//
//   data-module="app-passkey"  round the button and the hidden field, inside (or on) a form
//   data-do                    "get" to prove who one is, "create" for a new passkey
//   data-options               what the device is asked, as JSON; or
//   data-challenge             where to fetch that: with GET, or with POST if data-post is there
//   [data-passkey-with]        round the button; hidden until the browser is known to be able to
//   [data-passkey-ask]         the button, which submits
//   [data-passkey-answer]      the hidden field
//   [data-passkey-words]       what is said when it did not work; hidden until then
//   [data-passkey-without]     what is said where scripts or passkeys are missing
//
// The talking to the device is done by webauthn-json, which comes with django-allauth.

const device = window.webauthnJSON

async function optionsOf (part, form) {
  if (part.dataset.options) return JSON.parse(part.dataset.options)
  const post = 'post' in part.dataset
  const response = await fetch(part.dataset.challenge, {
    method: post ? 'POST' : 'GET',
    headers: {
      Accept: 'application/json',
      ...(post ? { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value } : {})
    }
  })
  if (!response.ok) throw new Error(response.status)
  const answer = await response.json()
  return answer.request_options || answer
}

function start (part) {
  const button = part.querySelector('[data-passkey-ask]')
  const words = part.querySelector('[data-passkey-words]')
  if (!device || !window.PublicKeyCredential || !button) return
  for (const without of part.querySelectorAll('[data-passkey-without]')) without.hidden = true
  for (const wrapped of part.querySelectorAll('[data-passkey-with]')) wrapped.hidden = false
  let asking = false
  let answered = false
  button.addEventListener('click', async event => {
    if (answered) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (asking) return
    asking = true
    if (words) words.hidden = true
    try {
      const options = await optionsOf(part, button.form)
      const answer = await (part.dataset.do === 'create' ? device.create(options) : device.get(options))
      part.querySelector('[data-passkey-answer]').value = JSON.stringify(answer)
      answered = true
      button.form.requestSubmit(button)
    } catch (stopped) {
      if (words) words.hidden = false
      button.focus()
    } finally {
      asking = false
    }
  })
}

for (const part of document.querySelectorAll('[data-module~="app-passkey"]')) start(part)
