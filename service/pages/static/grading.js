// Grading, made quicker: what is chosen and written is saved as one goes, faults are added without loading the page,
// words marked in the report become a fault's passage. Everything here can be done without it, by the page's one form.

const SOON = 1500; // milliseconds after the last key
const AGAIN = 5000; // after a save that did not arrive

const one = (selector, within = document) => within.querySelector(selector);
const every = (selector, within = document) => [...within.querySelectorAll(selector)];
const form = one("#grading");
const report = one("#report article");
const unsaved = new Set(); // lines of the checklist
let timer = null;
let saving = Promise.resolve(); // one after the other
let marked = null;

const NOT_SAVED = "Not saved yet: the service does not answer. What you wrote is still on this page, and is sent again.";

// For who cannot see it too.
function say(words) {
  const place = one("#saved");
  if (place.textContent !== words) place.textContent = words;
}

// Saving

function soon(line, wait) {
  unsaved.add(line);
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

function save() {
  clearTimeout(timer);
  saving = saving.then(send);
  return saving;
}

async function send() {
  if (!unsaved.size) return;
  const lines = [...unsaved];
  unsaved.clear();
  const body = new FormData();
  body.set("form_token", form.elements.form_token.value);
  body.set("do", "save");
  for (const line of lines) {
    for (const field of every("textarea, input:checked", line)) body.set(field.name, field.value);
  }
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return notSaved(lines, NOT_SAVED);
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const wrong = told.detail ?? NOT_SAVED; // what can be put right by waiting is tried again
    return notSaved(lines, wrong, answer.status >= 500 || answer.status === 429);
  }
  say("");
  one("#done").textContent = `${told.of - told.lacking.length} of ${told.of} done, all saved`;
  every("[data-line]").forEach((line) => line.toggleAttribute("data-done", !told.lacking.includes(line.id)));
}

function notSaved(lines, words, again = true) {
  lines.forEach((line) => unsaved.add(line));
  say(words);
  if (again) timer = setTimeout(save, AGAIN);
}

form.addEventListener("change", (event) => {
  const line = event.target.closest("[data-line]");
  if (line) soon(line, 0);
});
form.addEventListener("input", (event) => {
  const line = event.target.closest("[data-line]");
  if (line && event.target.matches("textarea")) soon(line, SOON);
});
addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// Faults: the same page is fetched, and its part of faults put in place of what was.

async function faulted(submitter) {
  await save();
  const body = new FormData(form, submitter);
  let fresh;
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return say(NOT_SAVED);
  }
  const part = one("#faults-part", fresh);
  if (!part) return say(one("main p", fresh)?.textContent.trim() ?? NOT_SAVED);
  unsaved.clear();
  one("#faults-part").replaceChildren(...part.childNodes);
  ready();
  const wrong = one("#faults-part .govuk-form-group--error :is(textarea, select)");
  const next = wrong ?? (submitter.value.startsWith("change:") ? one("#fault-criterion") : one("#faults"));
  next.focus();
  say(wrong ? "There is a problem with this fault." : { fault: "The fault is saved." }[submitter.value] ?? "");
}

form.addEventListener("submit", (event) => {
  const wanted = event.submitter?.value ?? "";
  if (wanted === "fault" || wanted.startsWith("change:") || wanted.startsWith("remove:")) {
    event.preventDefault();
    faulted(event.submitter);
  } else {
    unsaved.clear(); // all of it is in the form
  }
});

// Words marked in the report

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed || !report.contains(chosen.anchorNode)) return;
  const range = chosen.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest("[id^='p']");
  if (!start) return;
  const within = range.cloneRange();
  if (!start.contains(range.endContainer)) within.setEndAfter(start.lastChild);
  const words = within.cloneContents();
  every(".label, sup", words).forEach((part) => part.remove());
  marked = { words: words.textContent.trim(), paragraph: start.id.slice(1) };
});

function useMarked() {
  if (!marked) return say("Mark words in the report first.");
  one("#fault-passage").value = marked.words;
  one("#fault-paragraph").value = marked.paragraph;
  one("#fault-passage").focus();
}

function ready() {
  const place = one("[data-marked]");
  place.hidden = false;
  one("button", place).addEventListener("click", useMarked);
}

// Keys: a number chooses a grade where a grade has the focus; Control and Enter go to the next line.

form.addEventListener("keydown", (event) => {
  const line = event.target.closest("[data-line]");
  if (!line || event.altKey || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const lines = every("[data-line]");
    const next = lines[lines.indexOf(line) + 1];
    (next ? one("input:checked", next) ?? one("input", next) : one("#fault-criterion")).focus();
  } else if (event.target.matches("input[type=radio]") && !event.ctrlKey && !event.metaKey) {
    const chosen = every("input[type=radio]", line)[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
    one("textarea", line).focus();
  }
});

one("#keys-told").hidden = false;
ready();
