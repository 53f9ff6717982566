// The writing page: little helps on top of a form that is complete without them.
//
//   data-blank                 on a statement nobody has typed in: a small box until it is used
//   data-view-missing          why the child's view is missing is asked while no statement is one
//   originator_id              the colleague who was picked is named in originator
//   how_known, originator      how the author knows goes to each statement's own marks, as long as
//                              the author has not set that statement's mark themselves (P52)

const form = document.getElementById('draft')
const list = form.querySelector('[data-statements]')
const originator = form.elements.originator
const SOURCE = { was_there: 'first_hand', told_by: 'told_by', read_in: 'read_in' }
const own = new WeakSet() // statements whose source the author chose

const part = (box, name) => box.querySelector(`[name$="-${name}"]`)
const chosen = box => box.querySelector('[name$="-source"]:checked')?.value
const known = () => form.querySelector('[name=how_known]:checked')?.value

function open (box) {
  if (box) delete box.dataset.blank
}

// An empty box keeps the usual marks, so that it stays empty.
function follow (box) {
  const text = part(box, 'text').value.trim()
  if (own.has(box)) return
  const source = (text && SOURCE[known()]) || 'first_hand'
  const radio = box.querySelector(`[name$="-source"][value="${source}"]`)
  const words = name => source === name ? originator.value : ''
  const changed = ['told_by', 'read_in'].filter(name => part(box, name).value !== words(name))
  for (const name of changed) part(box, name).value = words(name)
  if (radio.checked && !changed.length) return
  radio.checked = true
  radio.dispatchEvent(new Event('change', { bubbles: true }))
}

// A colleague who was picked is named below, unless something else was typed there (P28).
const colleague = form.elements.originator_id

function named () {
  const words = [...colleague.options].filter(one => one.value).map(one => one.text.trim())
  if (originator.value.trim() && !words.includes(originator.value)) return
  originator.value = colleague.value ? colleague.selectedOptions[0].text.trim() : ''
  originator.dispatchEvent(new Event('input', { bubbles: true }))
}

const boxes = () => list.querySelectorAll('[data-statement]')

// What a draft already says is the author's own, unless it says just what would be put there. On a
// slow line somebody may have typed in a box before this ran.
for (const box of boxes()) {
  const text = part(box, 'text').value.trim()
  if (text || box.contains(document.activeElement)) open(box)
  const source = SOURCE[known()] || 'first_hand'
  const words = source === 'first_hand' ? '' : originator.value
  const same = chosen(box) === source && (source === 'first_hand' || part(box, source).value === words)
  if (text && !same) own.add(box)
}

// A paragraph that moves to another box takes along whether its source is the author's own.
list.addEventListener('app:moved', event => {
  const { from, to } = event.detail
  if (from && own.has(from)) own.add(to)
  else own.delete(to)
})

const why = form.querySelector('[data-view-missing]')

// The child's view in a statement answers the question (P32); the server then leaves a reason out.
function view () {
  if (!why) return
  why.hidden = [...boxes()].some(box =>
    box.querySelector('[name$="-kind"]:checked')?.value === 'view' && part(box, 'text').value.trim())
}

form.addEventListener('input', view)
form.addEventListener('change', view)
view()

form.addEventListener('focusin', event => open(event.target.closest('[data-blank]')))
form.addEventListener('input', event => {
  const { target } = event
  const box = target.closest('[data-statement]')
  if (target === originator) boxes().forEach(follow)
  else if (box && /-(told_by|read_in)$/.test(target.name)) own.add(box)
  else if (box && /-text$/.test(target.name)) follow(box)
})
form.addEventListener('change', event => {
  const { target } = event
  if (target.name === 'how_known') boxes().forEach(follow)
  else if (target === colleague) named()
  else if (event.isTrusted && /^statements-\d+-source$/.test(target.name)) own.add(target.closest('[data-statement]'))
})

// An answer that asks for words takes the cursor there. Keys that move among answers do not.
form.addEventListener('click', ({ target, detail }) => {
  if (!detail || !target.checked || !target.closest('.app-ask')) return
  requestAnimationFrame(() => {
    const asks = form.querySelectorAll(`.app-ask--follow[data-show-when*="${CSS.escape(target.name)}="]`)
    const field = [...asks].find(ask => ask.checkVisibility())?.querySelector('input:not([type=hidden]), textarea')
    if (field?.matches('[type=text], textarea') && !field.value) field.focus()
  })
})

// In a box of one line Enter does not send the page: it goes on to the next field. After the password it
// seals, where the page seals.
form.addEventListener('keydown', event => {
  const { target } = event
  if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented || target.tagName !== 'INPUT') return
  event.preventDefault()
  if (target.type === 'password') return void form.querySelector('[name=keep]').click()
  const fields = [...form.querySelectorAll('input:not([type=hidden]), select, textarea')]
  const answered = field => field.type === 'radio' && form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`)
  const after = fields.slice(fields.indexOf(target) + 1)
  after.find(field => field.name !== target.name && !answered(field) && field.checkVisibility())?.focus()
})

// A draft nobody has typed in begins with the first box: of words, or of the questions where the
// words are only to be added.
const words = list.querySelector('textarea')
const asked = form.querySelector('.app-ask input:not([type=hidden]), .app-ask textarea')
const first = 'questionsFirst' in form.dataset && asked ? asked : words
if (!location.hash && !location.search && !form.querySelector('.app-wrong') && !words.value) {
  open(first.closest('[data-blank]'))
  first.focus({ preventScroll: true })
}
