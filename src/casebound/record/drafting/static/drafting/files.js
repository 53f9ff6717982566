// Sends files one by one as soon as they are chosen, says how far it is, and goes on by itself when
// the line was lost: a file that arrived twice is added once. Then what was added and what was
// refused stand on the page at once, without loading it again. Without this script the form sends
// them all together, by its button.
//
//   data-attach      the form; data-most: bytes that are taken together; data-say-…: what is said here, and
//                    data-say-…-each where there are several files
//   data-progress    where it says how far it is
//   data-files       the files of the draft with what is said of them
//   data-outcome     why files were not added (data-refused) or are here already (data-twice), and
//                    beside it which were added (data-added)

const form = document.querySelector('[data-attach]')
const input = form.elements.file
const status = form.querySelector('[data-progress]')
const outcome = document.querySelector('[data-outcome]')
const LONGEST = 16 // seconds between two tries
const wait = seconds => new Promise(resolve => {
  const timer = setTimeout(resolve, seconds * 1000)
  window.addEventListener('online', () => { clearTimeout(timer); resolve() }, { once: true })
})

const sentence = (name, values) => form.getAttribute(`data-say-${name}`).replace(/\{(\w+)\}/g, (_, hole) => values[hole])

function say (words) {
  status.hidden = !words
  status.textContent = words
}

// With each file goes what was typed about the others, so that nothing typed is lost.
function sent (file, heard) {
  const data = new FormData(form)
  data.delete('file')
  data.append('file', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', form.action)
    request.upload.addEventListener('progress', event => event.lengthComputable && heard(event.loaded / event.total))
    request.addEventListener('load', () => resolve(request))
    request.addEventListener('error', reject)
    request.addEventListener('timeout', reject)
    request.send(data)
  })
}

function told (name, words) {
  const item = document.createElement('li')
  const strong = document.createElement('strong')
  strong.append(document.createElement('bdi'))
  strong.firstChild.textContent = name
  item.append(strong, document.createElement('br'), words)
  return item
}

// Returns why the file was not added, as items of the list; none if it was.
async function send (file, number, count) {
  const each = (name, part) => say(sentence(count > 1 ? `${name}-each` : name, { number, count, part }))
  for (let again = 1; ; again++) {
    try {
      const answer = await sent(file, part => each(part < 1 ? 'sending' : 'reading', Math.floor(part * 100)))
      const page = new DOMParser().parseFromString(answer.responseText, 'text/html')
      if (page.querySelector('[data-files]')) show(page)
      // A second try may meet the file of the first: it is no second photograph.
      const why = page.querySelectorAll(again > 1 ? '[data-refused]' : '[data-refused], [data-twice]')
      if (answer.status < 400 || page.querySelector('[data-twice]')) return [...why]
      return why.length ? [...why] : [told(file.name, sentence('refused', { status: answer.status }))]
    } catch {
      each('offline')
      await wait(Math.min(2 ** again, LONGEST))
    }
  }
}

// Takes over the list of files from a page. What is typed meanwhile stays, and so does the cursor.
function show (page) {
  const before = form.querySelector('[data-files]')
  const after = document.adoptNode(page.querySelector('[data-files]'))
  const at = document.activeElement
  for (const field of after.querySelectorAll('[name]')) {
    const typed = before.querySelector(`[name="${CSS.escape(field.name)}"]`)
    if (typed && field.name !== 'do') field.value = typed.value
  }
  const held = before.contains(at) && at.name
    ? after.querySelector(`[name="${CSS.escape(at.name)}"][value="${CSS.escape(at.value)}"], :is(textarea, select, input)[name="${CSS.escape(at.name)}"]`)
    : null
  const [start, end] = held && 'selectionStart' in at ? [at.selectionStart, at.selectionEnd] : []
  before.replaceWith(after)
  held?.focus({ preventScroll: true })
  if (Number.isInteger(start)) held.setSelectionRange(start, end)
}

function tell (added, why) {
  outcome.querySelector('[data-outcome-list]').replaceChildren(...why)
  outcome.querySelector('[data-added-names]').textContent = added.join(', ')
  outcome.querySelector('[data-added]').hidden = !added.length
  outcome.hidden = !why.length
  say(sentence(why.length ? 'not-all' : 'added'))
  if (why.length) {
    outcome.scrollIntoView({ block: 'start' })
    outcome.querySelector('[role=alert]').focus({ preventScroll: true })
  }
}

async function sendAll () {
  const files = [...input.files]
  if (!files.length) return
  input.disabled = true
  const added = []
  const wrong = []
  for (const [index, file] of files.entries()) {
    const why = file.size > Number(form.dataset.most)
      ? [told(file.name, sentence('large'))]
      : await send(file, index + 1, files.length)
    if (!why.length) added.push(file.name)
    wrong.push(...why)
  }
  input.disabled = false
  input.value = ''
  tell(added, wrong)
}

input.addEventListener('change', sendAll)
sendAll() // what was chosen before this script had come
