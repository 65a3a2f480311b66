// The page of a reading, made quicker: what is changed is saved at once, words in the report can be commented on, single
// keys lead from one thing to the next, and the reader is told how long they have had it before them. Everything here
// can be done without it, by links and forms.

const KEYS_ON = "qualitycheck-keys"; // remembered on this computer only: whether single keys are answered
const CHOSEN = "app-chosen";
const UNSAVED = "app-part--unsaved";
const TELL_SECONDS = 30; // between two words to the service about the time spent
const AWAY_SECONDS = 120; // without a key or a movement: whoever it was has gone, and the page is before nobody

const one = (selector, within = document) => within.querySelector(selector);
const every = (selector, within = document) => [...within.querySelectorAll(selector)];
const items = () => every("#work [data-item]");
const here = location.pathname;
const base = here.replace(/\/read$/, "");

// For who cannot see what changed.
function say(words) {
  one("#announced").textContent = "";
  requestAnimationFrame(() => { one("#announced").textContent = words; });
}

// Saving: each form by itself, one after the other, so that the newest answer is the last.

let saving = Promise.resolve();
const partOf = (form) => document.getElementById(form.dataset.part);
const told = (form) => JSON.stringify([...new FormData(form)]);
const isBlank = (form) => form.matches("[data-list]") && !["said", "action", "words"].some((name) => form.elements[name]?.value);

function changed(form) {
  form.classList.toggle(UNSAVED, !isBlank(form));
  const place = one("[data-saved]", form);
  if (place) place.textContent = isBlank(form) ? "" : "Not saved yet";
}

// Whether it can be saved as it is, without being asked: otherwise it waits for the reader to go on.
function isReady(form) {
  const stance = one("[name=stance]:checked", form)?.value;
  if (stance === "disagree") return form.elements.reason.value.trim() !== "";
  if (stance === "amend") return form.elements.said.value.trim() !== "";
  return form.checkValidity();
}

function save(form, isAsked = false) {
  const now = () => saveNow(form, isAsked);
  saving = saving.then(now, now);
  return saving;
}

// `isAsked`: by the reader themselves, who is then led to what is wrong; otherwise they have gone on already.
async function saveNow(form, isAsked) {
  if (!form.isConnected) return false; // pressed twice: it was saved, and stands on the page anew
  const sent = told(form);
  const answer = await send(form);
  if (!answer) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isSame = told(form) === sent; // nothing was typed while it was on its way
  if (isSame) form.classList.remove(UNSAVED);
  if (answer.status === 400) {
    swapPart(form, fresh);
    const wrong = one(".govuk-error-message", partOf(form));
    const field = wrong && document.getElementById(wrong.id.replace("wrong-", ""));
    changed(one(`form[data-part="${form.dataset.part}"]`));
    if (isAsked) field?.focus();
    say(wrong?.textContent.trim() ?? "Not saved");
    return false;
  }
  saved();
  swap("#todo", fresh);
  swapComments(form, fresh);
  if (isSame && !form.matches("[data-list]")) swapPart(form, fresh);
  return true;
}

// The answer of the service, or nothing where it could not be saved: then the page says so, and keeps what was typed.
async function send(form, again = false) {
  const body = new FormData(form);
  body.append("alone", "yes");
  let answer;
  try {
    answer = await fetch(here, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return notSaved(form, "The service does not answer. It may be stopped, or the network is down.");
  }
  const isOurs = answer.headers.get("content-type")?.startsWith("text/html");
  if (isOurs && (answer.ok || answer.status === 400)) return answer;
  if ([401, 403].includes(answer.status)) {
    if (!again && (await newToken())) return send(form, true);
    return notSaved(form, "You have been signed out. Sign in again in another tab, then come back to this page and try again.", {
      way: ["Sign in, in a new tab", "/sign-in"],
    });
  }
  const problem = await answer.json().catch(() => ({}));
  const isOver = answer.status === 409;
  return notSaved(form, problem.detail ?? "The service could not save it.", {
    mayTryAgain: !isOver, way: isOver ? ["What happened to the reading, in a new tab", base] : null,
  });
}

// After signing in again, in another window, the forms of this page need the token of the new session.
async function newToken() {
  try {
    const answer = await fetch(here, { headers: { Accept: "text/html" } });
    const token = one("#work [name=form_token]", new DOMParser().parseFromString(await answer.text(), "text/html"))?.value;
    if (!token) return false;
    every("[name=form_token]").forEach((field) => { field.value = token; });
    return true;
  } catch {
    return false;
  }
}

// `way`: the words of a link and where it leads, beside this page, which keeps what was typed.
function notSaved(form, why, { mayTryAgain = true, way = null } = {}) {
  changed(form);
  form.classList.add(UNSAVED);
  const place = one("#not-saved");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "govuk-button govuk-button--secondary";
  again.textContent = "Try again";
  again.addEventListener("click", () => every(`.${UNSAVED}`).filter(isReady).forEach((each) => save(each)));
  const words = document.createElement("p");
  words.textContent = `Not saved. ${why} What you wrote is still on this page.`;
  const link = way && Object.assign(document.createElement("a"), {
    className: "govuk-link", textContent: way[0], href: way[1], target: "_blank", rel: "noopener",
  });
  const led = document.createElement("p");
  if (link) led.append(link);
  place.replaceChildren(words, ...(link ? [led] : []), ...(mayTryAgain ? [again] : []));
  place.hidden = false;
  return null;
}

function saved() {
  one("#not-saved").hidden = true;
  say("Saved");
}

// Putting something in the place of what was, without losing where the reader is.

function swap(selector, fresh) {
  const [before, now] = [one(selector), one(selector, fresh)];
  if (!before || !now) return;
  const focused = document.activeElement;
  const [inside, id, caret] = [before.contains(focused), focused?.id, focused?.selectionStart];
  const wasSaved = inside && focused.closest(".app-save");
  const open = every("details", before).map((each) => each.open);
  every("details", now).forEach((each, at) => { each.open ||= open[at] ?? false; });
  if (before.classList.contains(CHOSEN)) now.classList.add(CHOSEN);
  before.replaceWith(now);
  now.dispatchEvent(new CustomEvent("app:new", { bubbles: true })); // to app.js
  if (!inside) return;
  const next = wasSaved ? one("[data-saved]", now) : id ? document.getElementById(id) : null;
  next?.focus({ preventScroll: true });
  if (caret !== undefined && caret !== null && next?.matches("textarea")) next.setSelectionRange(caret, caret);
}

function swapPart(form, fresh) {
  const selector = `#${CSS.escape(form.dataset.part)}`;
  swap(selector, fresh);
  const place = one(`${selector} [data-saved]`);
  const isKeptOnly = one(`${selector} form .app-lack[id]`); // the reason is still to come
  if (place && !one(`${selector} .govuk-error-message`)) place.textContent = isKeptOnly ? "Kept; your reason is missing" : "Saved";
}

// Comments come and go with answers too; one that is being changed stays as it is.
function swapComments(form, fresh) {
  const list = one("#comment-list", fresh);
  for (const item of every("[data-item]", list)) {
    const before = document.getElementById(item.id);
    if (before && before !== partOf(form) && one(`.${UNSAVED}`, before)) item.replaceWith(before);
  }
  swap("#comment-list", fresh);
  if (form.dataset.part === "comment-new") {
    swap("#comment-new", fresh);
    const last = every("#comment-list [data-item]").at(-1);
    one("[data-saved]", one("#comment-new")).textContent = "Added above";
    one("[data-main]", last)?.focus();
  } else if (form.matches("[data-list]")) {
    one("#comments").focus();
  }
}

function onInput(event) {
  const form = event.target.closest("form[data-part]");
  if (form) changed(form);
}

function onChange(event) {
  const form = event.target.closest("form[data-auto]");
  if (!form) return;
  const waits = event.target.value === "amend" || (event.target.value === "disagree" && !isReady(form));
  if (event.target.name === "stance" && waits) return; // for its words
  if (isReady(form)) save(form);
}

function onSubmit(event) {
  const form = event.target;
  if (form.matches("form[data-part]")) {
    event.preventDefault();
    save(form, true);
  } else if (one(`form.${UNSAVED}`) && form.action.endsWith(here)) {
    event.preventDefault(); // what is not saved yet would not go along
    leadTo(one(`form.${UNSAVED}`));
  }
}

function leadTo(form) {
  form.scrollIntoView({ block: "nearest" });
  one("textarea:not([hidden]), input:checked, button", form)?.focus({ preventScroll: true });
  say("This part is not saved yet: save it first.");
  one("[data-saved]", form).textContent = "Not saved yet: save it first";
}

// Comments on words of the report

const SKIPPED = ".label, .ref, a.note, a[href^='#p'], button"; // shown with the text, and no part of it
const hereButton = Object.assign(document.createElement("button"), {
  type: "button", className: "govuk-button govuk-button--secondary app-comment-here", textContent: "Comment on this",
});

function textOf(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(SKIPPED) && paragraph.contains(node.parentElement.closest(SKIPPED))
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

const paragraphAt = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("#paragraphs [id^='p']");

// The words that are selected, of one paragraph, and where they begin in it.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const paragraph = paragraphAt(range.startContainer);
  if (!paragraph) return null;
  let [words, start, at] = ["", null, 0];
  for (const node of textOf(paragraph)) {
    const lead = node.previousSibling?.matches?.(".label") ? 1 : 0; // the space after a number
    if (range.intersectsNode(node)) {
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.data.length;
      start ??= at + from - lead;
      words += node.data.slice(from, to);
    }
    at += node.data.length - lead;
  }
  const lost = words.length - words.trimStart().length;
  const goesOn = paragraphAt(range.endContainer) !== paragraph;
  return words.trim() ? { paragraph, words: words.trim(), start: start + lost, goesOn } : null;
}

function offer(paragraph) {
  if (!paragraph) hereButton.remove();
  else if (hereButton.parentElement !== paragraph) paragraph.append(hereButton);
}

function commentOn(chosen) {
  const form = one("#comment-new");
  form.elements.paragraph.value = chosen.paragraph.id.slice(1);
  form.elements.words.value = chosen.words;
  form.elements.start.value = chosen.start;
  hereButton.remove();
  getSelection().removeAllRanges();
  changed(form);
  form.scrollIntoView({ block: "nearest" });
  form.elements.criterion.focus();
  const place = form.elements.paragraph.selectedOptions[0]?.textContent.trim() ?? "";
  if (chosen.goesOn) one("[data-saved]", form).textContent = "Only the words of the first paragraph: a comment is on one.";
  say(`A comment on ${chosen.words ? "these words" : "this paragraph"}: ${place}. Choose what it is about.`);
}

const whole = (paragraph) => ({ paragraph, words: "", start: "", goesOn: false });
const paragraphs = () => every("#paragraphs [id^='p']").filter((each) => textOf(each).some((node) => node.data.trim()));

// The report has one stop for Tab among its paragraphs; the arrow keys go on from there.
function walk(by, from) {
  const all = paragraphs();
  const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(from) + by))];
  all.forEach((each) => { each.tabIndex = each === next ? 0 : -1; });
  next?.focus();
}

function onReportKey(event) {
  const paragraph = event.target.matches?.("#paragraphs [id^='p']") ? event.target : null;
  if (!paragraph || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event.key === "ArrowDown" ? 1 : -1, paragraph);
  else if (event.key === "c") commentOn(selected() ?? whole(paragraph));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function askFor(link) {
  const form = one("#comment-new");
  Object.assign(form.elements.paragraph, { value: "" });
  form.elements.words.value = form.elements.start.value = "";
  form.elements.criterion.value = link.dataset.ask;
  form.elements.action.value = link.dataset.action;
  changed(form);
  form.scrollIntoView({ block: "nearest" });
  form.elements.said.focus();
  say("A comment on the whole report, with what to do filled in.");
}

// Going from one thing to the next

const isWide = () => getComputedStyle(one("#sides")).display === "grid";
const shownAs = (passage) => (passage?.id.startsWith("mark-") ? passage.nextElementSibling : passage);

function showPassage(element) {
  const side = element?.closest(".app-side");
  if (!side) return;
  if (side.scrollHeight <= side.clientHeight + 1) return element.scrollIntoView({ block: "nearest" });
  const box = element.getBoundingClientRect();
  const frame = side.getBoundingClientRect();
  side.scrollTop += box.top - frame.top - frame.height / 3;
}

function passageOf(item) {
  if (item.dataset.mark) return document.getElementById(item.dataset.mark);
  const link = one("a[data-main]", item)?.getAttribute("href") ?? "";
  return link.startsWith("#") ? document.getElementById(link.slice(1)) : null;
}

function choose(item, alsoPassage) {
  every(`.${CHOSEN}`).forEach((old) => old.classList.remove(CHOSEN));
  every("[data-item][aria-current]").forEach((old) => old.removeAttribute("aria-current"));
  item.classList.add(CHOSEN);
  item.setAttribute("aria-current", "true");
  const passage = passageOf(item);
  passage?.classList.add(CHOSEN);
  if (alsoPassage && isWide()) showPassage(shownAs(passage));
  if (passage?.id.startsWith("mark-") && (isWide() || !alsoPassage)) opened.add(passage.id.slice(5));
  return passage;
}

function go(item) {
  choose(item, true);
  one("[data-main]", item).focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function followed(event) {
  const link = event.target.closest("a[href*='#']");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.dataset.ask) {
    event.preventDefault();
    return askFor(link);
  }
  const target = document.getElementById(link.hash.slice(1));
  if (!target || link.pathname !== here) return;
  const item = link.matches("[data-main]") ? link.closest("[data-item]") : target.closest("#work [data-item]");
  if (item && link.matches("[data-main]")) {
    event.preventDefault();
    const passage = choose(item, false);
    showPassage(shownAs(passage));
    const next = passage?.id.startsWith("mark-") ? one(`#report a[href="#finding-${passage.id.slice(5)}"]`) : passage;
    if (next && !next.matches("a, [tabindex]")) next.tabIndex = -1;
    next?.focus({ preventScroll: true });
  } else if (item && item === target) {
    event.preventDefault();
    go(item);
  }
}

// A click on marked words leads to their finding, as the number after them does.
function marked(event) {
  const mark = event.target.closest("#paragraphs mark");
  if (!mark || String(getSelection())) return;
  let next = mark;
  while (next && !next.matches("a.ref")) next = next.nextElementSibling;
  next?.click();
}

function step(by) {
  const all = items();
  if (!all.length) return;
  const focused = all.findIndex((item) => item.contains(document.activeElement));
  const now = focused >= 0 ? focused : all.findIndex((item) => item.classList.contains(CHOSEN));
  go(all[now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, now + by))]);
}

const KEYS = {
  n: () => step(1),
  j: () => step(1),
  p: () => step(-1),
  k: () => step(-1),
  "?": () => one("#keys").showModal(),
};

function pressed(event) {
  const away = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea, [contenteditable]");
  if (away || typing || one("#keys").open) return;
  const act = KEYS[event.key];
  if (!act || !one("#keys-on").checked) return;
  event.preventDefault();
  act();
}

function remember() {
  const box = one("#keys-on");
  try {
    box.checked = localStorage.getItem(KEYS_ON) !== "off";
    box.addEventListener("change", () => localStorage.setItem(KEYS_ON, box.checked ? "on" : "off"));
  } catch {
    // storage is switched off: the choice holds for this page
  }
}

// Time with the page, and passages opened: for the reader alone

const opened = new Set();
let lastSign = Date.now();
let seconds = 0;

function second() {
  const isHere = document.visibilityState === "visible" && Date.now() - lastSign < AWAY_SECONDS * 1000;
  if (isHere) seconds += 1;
  if (seconds >= TELL_SECONDS) tell();
}

async function tell(options = {}) {
  if (!seconds && !opened.size) return;
  const body = new FormData();
  body.append("form_token", one("[name=form_token]").value);
  body.append("seconds", String(seconds));
  opened.forEach((number) => body.append("passage", number));
  seconds = 0;
  try {
    const answer = await fetch(`${base}/seen`, { method: "POST", body, headers: { Accept: "application/json" }, ...options });
    if (!answer.ok) return;
    const own = await answer.json();
    opened.clear();
    const place = one("#spent");
    one("[data-spent]", place).textContent = own.spent;
    const count = one("[data-opened]", place);
    if (count) count.textContent = own.opened;
  } catch {
    // it is told again with the next; time that could not be told is lost, which harms nobody
  }
}

// Beginning

document.addEventListener("input", onInput);
document.addEventListener("change", onChange);
document.addEventListener("submit", onSubmit);
document.addEventListener("click", followed);
document.addEventListener("click", marked);
document.addEventListener("keydown", pressed);
const text = one("#paragraphs");
if (text) {
  text.addEventListener("keydown", onReportKey);
  text.addEventListener("pointerup", (event) => {
    if (event.target !== hereButton) setTimeout(() => offer(selected()?.paragraph)); // once the selection is made
  });
  text.addEventListener("focusin", (event) => {
    if (event.target.matches("[id^='p'][tabindex='0']")) offer(event.target);
  });
  hereButton.addEventListener("mousedown", (event) => event.preventDefault()); // which would end the selection
  hereButton.addEventListener("click", (event) => {
    event.stopPropagation();
    commentOn(selected() ?? whole(hereButton.closest("[id^='p']")));
  });
  const first = paragraphs()[0];
  if (first) first.tabIndex = 0;
  one("#how-to-comment").hidden = false;
}
for (const sign of ["pointermove", "keydown", "wheel", "touchstart"]) {
  document.addEventListener(sign, () => { lastSign = Date.now(); }, { passive: true });
}
setInterval(second, 1000);
addEventListener("pagehide", () => tell({ keepalive: true }));
addEventListener("beforeunload", (event) => {
  if (one(`form.${UNSAVED}`)) event.preventDefault();
});
one("#show-keys").hidden = false;
one("#show-keys").addEventListener("click", () => one("#keys").showModal());
remember();
const asked = location.hash && document.getElementById(location.hash.slice(1))?.closest("#work [data-item]");
if (asked) choose(asked, true);
