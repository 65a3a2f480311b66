// The page of a result, made quicker: choosing brings both sides together, filters and decisions answer at once, and
// single keys go from one finding to the next. Everything here can be done without it, by links and forms.

const KEYS_ON = "qualitycheck-keys"; // remembered on this computer only: whether single keys are answered
const CHOSEN = "app-chosen";
const NOT_ASIDE = "Elements cannot be set aside; answer them in the report, or report a false alarm.";

const one = (selector, within = document) => within.querySelector(selector);
const every = (selector, within = document) => [...within.querySelectorAll(selector)];
let opened = null; // details that choosing opened, and choosing another closes
const items = () => every("#list [data-item]");

// For who cannot see what changed; and to see, where nothing else does.
function say(words) {
  one("#announced").textContent = "";
  requestAnimationFrame(() => { one("#announced").textContent = words; });
}

function show(element) {
  element?.scrollIntoView({ block: "nearest" });
}

// The passage into the upper half of its side, without moving the other side.
function showPassage(element) {
  const side = element?.closest(".app-side");
  if (!side) return;
  if (side.scrollHeight <= side.clientHeight + 1) return show(element);
  const box = element.getBoundingClientRect();
  const frame = side.getBoundingClientRect();
  side.scrollTop += box.top - frame.top - frame.height / 3;
}

function passageOf(item) {
  if (item.dataset.mark) return one(`#${item.dataset.mark}`);
  const link = one("[data-main]", item)?.getAttribute("href") ?? "";
  return link.startsWith("#p") ? one(link) : null; // none where nothing was found
}

// The marked words stand after the empty anchor of their finding; a paragraph stands for itself.
const shownAs = (passage) => (passage?.id.startsWith("mark-") ? passage.nextElementSibling : passage);

function choose(item, { alsoPassage }) {
  every(`.${CHOSEN}`).forEach((old) => old.classList.remove(CHOSEN));
  every("[data-item][aria-current]").forEach((old) => old.removeAttribute("aria-current"));
  item.classList.add(CHOSEN);
  item.setAttribute("aria-current", "true");
  history.replaceState(null, "", `${location.pathname}${location.search}#${item.id}`); // where Back returns to
  const passage = passageOf(item);
  passage?.classList.add(CHOSEN);
  if (opened) opened.open = false;
  opened = one("details.app-more:not([data-aside]):not([open])", item);
  if (opened) opened.open = true;
  if (alsoPassage && isWide()) showPassage(shownAs(passage));
  return passage;
}

const isWide = () => getComputedStyle(one("#sides")).display === "grid";

// Choosing

function followed(event) {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const item = link.matches("[data-main]") ? link.closest("[data-item]") : one(`#list ${cssId(link)}[data-item]`);
  if (!item) return;
  if (link.matches("[data-main]")) {
    event.preventDefault();
    const passage = choose(item, { alsoPassage: false });
    if (passage) toPassage(passage);
  } else {
    event.preventDefault();
    choose(item, { alsoPassage: !link.closest("#report") });
    one("[data-main]", item).focus({ preventScroll: true });
    show(item);
  }
}

const cssId = (link) => `#${CSS.escape(link.getAttribute("href").slice(1))}`;

function toPassage(passage) {
  showPassage(shownAs(passage));
  const next = passage.id.startsWith("mark-") ? one(`#report a[href="#finding-${passage.id.slice(5)}"]`) : null;
  const target = next ?? passage;
  if (!target.matches("a")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

// A click on marked words leads to their finding, as the number after them does.
function marked(event) {
  const mark = event.target.closest("#report mark");
  if (!mark || String(getSelection())) return;
  let next = mark;
  while (next && !next.matches("a.ref")) next = next.nextElementSibling;
  next?.click();
}

// Filters and decisions: the same page is fetched, and what changed is put in place of what was.

async function swap(address, options, then) {
  let answer;
  try {
    answer = await fetch(address, { ...options, headers: { Accept: "text/html" } });
  } catch {
    return false;
  }
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, before] = [one("#result", fresh), one("#result")];
  if (!now) return false;
  const [left, right] = [before.scrollTop, one("#report").scrollTop];
  before.replaceChildren(...now.childNodes);
  one("#report").replaceChildren(...one("#report", fresh).childNodes);
  before.scrollTop = left;
  one("#report").scrollTop = right;
  history.replaceState(null, "", new URL(answer.url).pathname + new URL(answer.url).search);
  one("#result").dispatchEvent(new CustomEvent("app:new", { bubbles: true })); // to app.js
  then?.();
  return true;
}

async function filtered(form, focus) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = form.getAttribute("action").split("#")[0] + (query.size ? `?${query}` : "");
  const then = () => {
    one(`#${focus}`)?.focus({ preventScroll: true });
    one("#filter")?.scrollIntoView({ block: "start" });
    say(one("#shown")?.firstChild.textContent.trim() ?? "");
  };
  if (!(await swap(address, {}, then))) form.submit();
}

async function decided(form) {
  const place = items().indexOf(form.closest("[data-item]"));
  const back = form.closest("li").id; // of what is taken up again
  const body = new FormData(form);
  const then = () => {
    const left = items();
    const next = place >= 0 ? left[Math.min(place, left.length - 1)] : left.find((item) => item.id === back);
    if (next) go(next);
    else (one("#aside") ?? one("#first"))?.focus();
    say(place >= 0 ? "Set aside. Undo is at the end of the list." : "Taken up again.");
  };
  if (!(await swap(form.action, { method: "POST", body }, then))) form.submit();
}

// Keys

function step(by) {
  const all = items();
  if (!all.length) return;
  const focused = all.findIndex((item) => item.contains(document.activeElement));
  const now = focused >= 0 ? focused : all.findIndex((item) => item.classList.contains(CHOSEN));
  const next = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, now + by))];
  go(next);
}

// To an element or finding, and to its passage on the other side.
function go(item) {
  choose(item, { alsoPassage: true });
  one("[data-main]", item).focus({ preventScroll: true });
  show(item);
}

function openAside() {
  const item = items().find((each) => each.classList.contains(CHOSEN) || each.contains(document.activeElement));
  const details = item && one("[data-aside]", item);
  if (item && !details && !item.dataset.mark) say(NOT_ASIDE);
  if (!details) return;
  details.open = true;
  one("input[name=reason]", details).focus();
}

const KEYS = {
  n: () => step(1),
  j: () => step(1),
  p: () => step(-1),
  k: () => step(-1),
  s: openAside,
  "?": () => one("#keys").showModal(),
};

function pressed(event) {
  const away = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  if (away || one("#keys").open || event.target.closest("input, select, textarea, [contenteditable]")) return;
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

const sides = one("#sides");
sides.addEventListener("click", followed);
sides.addEventListener("click", marked);
sides.addEventListener("change", (event) => {
  const form = event.target.closest("#filter");
  if (form) filtered(form, event.target.id);
});
sides.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("#filter")) filtered(form, "level");
  else if (form.matches("[data-swap]")) decided(form);
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", pressed);
one("#show-keys").hidden = false;
one("#show-keys").addEventListener("click", () => one("#keys").showModal());
remember();
const asked = location.hash && one(`#list #${CSS.escape(location.hash.slice(1))}[data-item]`);
if (asked) choose(asked, { alsoPassage: true });
