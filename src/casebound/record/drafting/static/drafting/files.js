// Sends files one by one as soon as they are chosen, says how far it is, and goes on by itself when
// the line was lost: a file that arrived twice is added once. Without it the form sends them all at once, by its button.
//
//   data-attach      the form; data-most: bytes that are taken together
//   data-progress    where it says how far it is
//   data-refused     in an answer: why a file was not taken

const form = document.querySelector('[data-attach]')
const input = form.elements.file
const status = form.querySelector('[data-progress]')
const LONGEST = 16 // seconds between two tries
const wait = seconds => new Promise(resolve => {
  const timer = setTimeout(resolve, seconds * 1000)
  window.addEventListener('online', () => { clearTimeout(timer); resolve() }, { once: true })
})

function say (words) {
  status.hidden = false
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

async function send (file, which) {
  for (let again = 1; ; again++) {
    try {
      const answer = await sent(file, part => say(part < 1
        ? `Sending ${which}: ${Math.floor(part * 100)} %`
        : `Reading ${which} …`))
      if (answer.status < 400) return ''
      const page = new DOMParser().parseFromString(answer.responseText, 'text/html')
      const why = [...page.querySelectorAll('[data-refused]')].map(one => one.textContent.trim())
      return why.join(' ') || `${which} was not added (${answer.status}). Try it again.`
    } catch {
      say(`No connection: ${which} is sent by itself when the line is back.`)
      await wait(Math.min(2 ** again, LONGEST))
    }
  }
}

async function sendAll () {
  const files = [...input.files]
  if (!files.length) return
  input.disabled = true
  const wrong = []
  for (const [index, file] of files.entries()) {
    const which = files.length > 1 ? `file ${index + 1} of ${files.length}` : 'the file'
    wrong.push(file.size > Number(form.dataset.most)
      ? `${file.name} is larger than what is taken.`
      : await send(file, which))
  }
  input.disabled = false
  input.value = ''
  const said = wrong.filter(Boolean)
  if (!said.length) location.reload()
  else say(said.join(' '))
}

input.addEventListener('change', sendAll)
sendAll() // what was chosen before this script had come
