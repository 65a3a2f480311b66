// One report on its way to court: three drafts, two rounds with comments, sign-off, the copy for filing. By keyboard.

import assert from "node:assert/strict";
import { report, resultOf } from "./serving.js";
import { entries, words } from "./files.js";
import { Keyboard } from "./hands.js";
import { button, download, follow, goTo, heading, link, press } from "./moves.js";
import { Office } from "./offices.js";

const TEAM = "North";
const CASE = "Harbour";
const UNSAID = "Making no order is named as a power; why an order is better for Tobias is not said.";

// `look(page, state, { narrow })` is called at every state that somebody comes to.
export async function readThrough(look) {
  const cast = await arrive();
  for (const part of PARTS) await part(cast, look);
  for (const { faults } of cast.people) assert.deepEqual(faults, []);
}

const PARTS = [sendAway, handOn, readFirst, answerFirst, readSecond, signOff, file];

// The author, a colleague, a manager who is away, and the manager who reads.
async function arrive() {
  const office = await Office.start();
  const come = async (user, name, role) => {
    const person = await office.enter(user, name, [role], [TEAM]);
    return { ...person, hand: new Keyboard(person.page) };
  };
  const author = await come("r.lindqvist", "R. Lindqvist", "practitioner");
  const other = await come("t.oduya", "T. Oduya", "practitioner");
  const away = await come("j.ferreira", "J. Ferreira", "manager");
  const reader = await come("m.achterberg", "M. Achterberg", "manager");
  return { office, author, other, away, reader, people: [author, other, away, reader], thread: "" };
}

// Two reports are sent: one that can wait, and one for next week.
async function sendAway(cast, look) {
  const { author, other, reader } = cast;
  await goTo(reader, "Reading");
  await heading(reader.page, "Reading before court");
  await look(reader.page, "the list of readings, empty");
  await keep(other, "five.docx", "Zinnia");
  await follow(other, link(other, "Send for reading").first());
  await send(other, { to: "M. Achterberg, manager", days: 28 });
  await keep(author, "first.docx", CASE);
  await follow(author, link(author, "Send for reading").first());
  await heading(author.page, /Send draft 1 for reading/);
  await look(author.page, "to whom to send", { narrow: true });
  await follow(author, button(author, "Send for reading"));
  await author.page.getByRole("alert").waitFor();
  await look(author.page, "to whom to send, nothing filled in", { narrow: true });
  await send(author, { to: "J. Ferreira, manager", days: 7 });
  cast.thread = new URL(author.page.url()).pathname;
  await look(author.page, "sent", { narrow: true });
  await isNotFor(other, cast.thread);
  await isNotFor(author, `${cast.thread}/read`);
}

// Whoever got it is away.
async function handOn({ away }, look) {
  await goTo(away, "Reading");
  await follow(away, link(away, `What was said so far of ${CASE}`));
  await press(away, away.page.locator("summary", { hasText: "Hand it to somebody else" }));
  await follow(away, button(away, "Hand it on"));
  await away.page.getByRole("alert").waitFor();
  await look(away.page, "handing on, nothing filled in");
  await away.hand.mark(away.page.getByLabel("M. Achterberg, manager"));
  await away.hand.write(away.page.getByLabel("Why"), "I am on leave until the hearing.");
  await follow(away, button(away, "Hand it on"));
  await away.page.waitForURL(/done=handed/);
  await look(away.page, "handed on");
}

// The first round: nothing goes back that is empty, or without an answer to what must be fixed.
async function readFirst({ author, reader, thread }, look) {
  await goTo(reader, "Reading");
  await heading(reader.page, "Reading before court");
  const listed = reader.page.locator(".app-cards a[href$='/read']");
  assert.deepEqual(await listed.allInnerTexts(), [CASE, "Zinnia"]); // the most urgent first
  await look(reader.page, "the list of readings", { narrow: true });
  await follow(reader, listed.first());
  await heading(reader.page, CASE);
  await look(reader.page, "a report to read", { narrow: true });
  await follow(reader, button(reader, "Give it back"));
  await reader.page.getByRole("alert").waitFor();
  await look(reader.page, "an empty reading, not given back", { narrow: true });
  assert.equal(await button(reader, /all met/i).count(), 0);
  await judgeAll(reader, {
    "No order principle": { choice: "Partly met", reason: UNSAID },
    "Domestic abuse": { choice: "Met", reason: "Nothing was found, both accounts are given, and no option turns on it." },
  });
  await look(reader.page, "every criterion judged");
  await author.page.goto(thread);
  assert.ok(!(await author.page.locator("main").textContent()).includes(UNSAID)); // not before it is given back
  await answer(reader, "Left over from the template", "Agree");
  await answer(reader, "A claim with nothing under it", "Amend", {
    said: "The next sentence but one gives three examples.", action: "Lead with the examples, or take “always” out.",
  });
  await answer(reader, "Reference that leads nowhere", "Disagree", { reason: "Appendix B goes to the court with the bundle." });
  await answer(reader, "Personal opinion", "Agree");
  await answer(reader, "Spelling or grammar", "Agree");
  await askFor(reader, "No order principle", "The judge will ask first why an order is needed at all.");
  await commentAt(reader, "He asked his brother", {
    about: "Bearing on the child not said", said: "What does the letter show about Tobias?", action: "Say what the brother's letter adds, or take it out.",
  });
  await look(reader.page, "a first reading, ready to go back", { narrow: true });
  await giveBack(reader, look);
  await reader.page.waitForURL(new RegExp(`${thread}(\\?|$)`));
  await look(reader.page, "given back");
}

// The author answers each comment, takes the annotated draft, and sends the next.
async function answerFirst(cast, look) {
  const { author, other, reader, thread } = cast;
  await goTo(author, "Reading");
  await look(author.page, "the author's list of readings");
  await follow(author, link(author, CASE));
  await look(author.page, "comments to answer", { narrow: true });
  assert.ok((await author.page.locator("main").textContent()).includes(UNSAID));
  await reply(author, "Bearing on the child not said", "Not changed");
  await follow(author, button(author, "Save answers").first());
  await author.page.getByRole("alert").waitFor();
  await look(author.page, "not changed, without a reason", { narrow: true });
  await reply(author, "Bearing on the child not said", "Not changed", "The order of 22 April asks whether he is in touch with his family.");
  await reply(author, "Left over from the template", "Changed");
  await reply(author, "Personal opinion", "Changed", "Taken out; what Tobias heard is said instead.");
  await reply(author, "Spelling or grammar", "Changed");
  await reply(author, "A claim with nothing under it", "Changed", "Said with its examples.");
  await reply(author, "No order principle", "Not changed", "I am waiting for what both say of the course.");
  await follow(author, button(author, "Save answers").first());
  await author.page.getByRole("alert").waitFor();
  await look(author.page, "comments answered", { narrow: true });

  const annotated = entries((await download(author, link(author, /with these comments/))).data);
  const comments = words(annotated["word/comments.xml"]);
  for (const said of ["What does the letter show about Tobias?", "Say what the brother's letter adds, or take it out."]) assert.ok(comments.includes(said), said);
  assert.match(annotated["word/comments.xml"], /w:author="[^"]*M\. Achterberg/);

  await nextDraft(author, "second.docx");
  await follow(author, link(author, "Send for reading").first());
  await heading(author.page, /Send draft 2 for reading/);
  await press(author, author.page.locator("summary", { hasText: "What your reader will see" }));
  await look(author.page, "to send the second draft", { narrow: true });
  await follow(author, button(author, "Send draft 2 to M. Achterberg"));
  await author.page.waitForURL(`**${thread}?*`);
  await look(author.page, "the second draft sent");
  await isNotFor(other, thread);
}

// The second round: what became of each comment, and what is asked for now.
async function readSecond(cast, look) {
  const { reader, thread } = cast;
  await goTo(reader, "Reading");
  await follow(reader, link(reader, CASE).first());
  await heading(reader.page, CASE);
  await look(reader.page, "the second draft to read", { narrow: true });
  const became = {
    "Left over from the template": [/has changed.*finding is gone/s, "Settled"],
    "Personal opinion": [/finding is gone/, "Settled"],
    "Spelling or grammar": [/finding is gone/, "Settled"],
    "A claim with nothing under it": [/The passage reads as before.*still there.*says that it was changed; the passage reads as before/is, "Still open"],
    "Bearing on the child not said": [/Not changed, because: The order of 22 April.*The passage reads as before/is, "Settled"],
    "No order principle": [/no one passage shows.*as before: Not found/is, "Still open"],
  };
  for (const [title, [told, choice]] of Object.entries(became)) {
    const part = earlier(reader, title);
    assert.match(await part.innerText(), told, title);
    await settle(reader, title, choice);
  }
  await judgeAll(reader, { "No order principle": { choice: "Partly met", reason: UNSAID } });
  await answer(reader, "Facts that contradict each other", "Agree");
  await look(reader.page, "a second reading, ready to go back", { narrow: true });
  await giveBack(reader, look);
  await reader.page.waitForURL(`**${thread}`);

  const { author } = cast;
  await goTo(author, "Reading");
  await follow(author, link(author, CASE));
  await look(author.page, "comments of two rounds", { narrow: true });
  await reply(author, "Facts that contradict each other", "Changed", "It is four times.");
  await follow(author, button(author, "Save answers").first());
  await author.page.getByRole("alert").waitFor();
  await nextDraft(author, "third.docx");
  await follow(author, link(author, "Send for reading").first());
  await follow(author, button(author, "Send draft 3 to M. Achterberg"));
  await author.page.waitForURL(`**${thread}?*`);
}

// What was judged as lacking and is not asked for wants a reason on the way out.
async function giveBack(reader, look) {
  await follow(reader, button(reader, "Give it back"));
  if (!reader.page.url().includes("close=give-back")) return;
  await look(reader.page, "before it goes back", { narrow: true });
  await reader.hand.write(reader.page.getByLabel("Why it can be given back all the same"), "The author knows of the rest, and we have talked it through.");
  await follow(reader, button(reader, "Give it back"));
}

// The third draft is signed off, with a reason for what stays open.
async function signOff(cast, look) {
  const { author, reader, thread } = cast;
  await goTo(reader, "Reading");
  await follow(reader, link(reader, CASE).first());
  await heading(reader.page, CASE);
  await settle(reader, "No order principle", "Settled");
  await settle(reader, "Facts that contradict each other", "Settled");
  await settle(reader, "A claim with nothing under it", "Settled");
  await judgeAll(reader, {});
  await look(reader.page, "a third reading, nothing left to ask for");
  await follow(reader, link(reader, "Sign off").or(button(reader, "Sign off")).first());
  await heading(reader.page, /Sign off/);
  await look(reader.page, "before sign-off", { narrow: true });
  await follow(reader, button(reader, "Sign off"));
  await reader.page.getByRole("alert").waitFor();
  await look(reader.page, "not signed off yet");
  await reader.hand.write(reader.page.getByLabel("Why it can be signed off all the same"), "What is still lacking is small, and the court has asked for none of it.");
  await follow(reader, button(reader, "Sign off"));
  await reader.page.waitForURL(`**${thread}`);
  await look(reader.page, "signed off");
  await goTo(author, "Reading");
}

// Filing: a copy without anything that is for the office alone, and the record of it.
async function file(cast, look) {
  const { author, reader, other, thread } = cast;
  await author.page.goto(thread);
  await look(author.page, "signed off, for the author", { narrow: true });
  await follow(author, button(author, "Clean copy for filing").or(link(author, "Clean copy for filing")).first());
  await heading(author.page, /Clean copy for filing/);
  await look(author.page, "the copy for filing", { narrow: true });
  const { data } = await download(author, button(author, /Download/).or(link(author, /Download/)).first());
  const copy = entries(data);
  assert.ok(!Object.keys(copy).some((name) => /comments|people|customXml/.test(name)), Object.keys(copy).join());
  assert.doesNotMatch(Object.values(copy).join(), /<w:(ins|del|vanish|moveFrom|moveTo|comment\w*)\b|M\. Achterberg/);
  assert.doesNotMatch(copy["docProps/core.xml"] ?? "", /Warrier|Lindqvist/);
  const text = words(copy["word/document.xml"]);
  for (const said of ["16 July 2026", "an order is better for him than none", "four times since October"]) assert.ok(text.includes(said), said);

  await author.page.goto(thread);
  await press(author, author.page.locator("summary", { hasText: "Record that it was filed" }));
  await writeDay(author.hand, author.page, "filed", inDays(0));
  await follow(author, button(author, "Save").last());
  await author.page.getByText(/filed on|Filed/).first().waitFor();
  await look(author.page, "filed", { narrow: true });

  await reader.page.goto(thread);
  const form = entries((await download(reader, link(reader, /reading form \(Word\)/))).data);
  const told = words(form["word/document.xml"]);
  for (const said of ["What does the letter show about Tobias?", "M. Achterberg", "R. Lindqvist"]) assert.ok(told.includes(said), said);
  await goTo(reader, "Reading");
  await follow(reader, link(reader, "Figures of readings"));
  await heading(reader.page, /[Ff]igures/);
  await look(reader.page, "figures", { narrow: true });
  await isNotFor(other, thread);
  await isNotFor(other, `${thread}/filing.docx`);
}

// Words for journeys

async function isNotFor({ page }, address) {
  assert.equal((await page.goto(address)).status(), 404);
}

// A report that was checked, kept in a new case of the team.
async function keep(person, file, title) {
  const { page, hand } = person;
  await page.goto("/");
  await hand.files(button(person, "Your draft"), [report(file)]);
  await press(person, page.getByRole("button", { name: "Check", exact: true }));
  await resultOf(page, file);
  await press(person, page.getByRole("link", { name: "Keep or forget" }));
  await hand.write(page.getByLabel("Name of the new case"), title);
  await follow(person, button(person, "Keep this draft"));
  await page.locator(".app-result__head").getByText(`Draft 1 of ${title}`).waitFor();
}

// The draft before them, for the first time.
async function send({ page, hand }, { to, days }) {
  await hand.mark(page.getByLabel(to));
  await writeDay(hand, page, "filing", inDays(days));
  await hand.press(page.getByRole("button", { name: "Send for reading" }));
  await page.waitForURL(/\/readings\//);
}

async function writeDay(hand, page, name, day) {
  const told = { Day: day.getDate(), Month: day.getMonth() + 1, Year: day.getFullYear() };
  for (const [label, value] of Object.entries(told)) await hand.write(page.locator(`#${name}-${label.toLowerCase()}`), String(value));
}

function inDays(days) {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return day;
}

// The next draft of the case, kept in it.
async function nextDraft(person, file) {
  await follow(person, link(person, "Check the next draft"));
  await person.hand.files(button(person, "Next draft"), [report(file)]);
  await follow(person, button(person, "Check it"));
  await resultOf(person.page, file);
}

// The author's answer to the newest comment about a criterion.
async function reply({ page, hand }, title, kind, reason) {
  const comment = page.locator("article.app-comment").filter({ has: page.getByRole("link", { name: title, exact: true }) }).last();
  await hand.mark(comment.getByLabel(kind, { exact: kind === "Changed" }));
  if (reason) await hand.write(comment.getByLabel("What you changed, or why not"), reason);
}

const earlier = (person, title) => parts(person, "earlier").filter({ has: person.page.locator("h3", { hasText: title }) });

async function settle(person, title, choice) {
  const part = earlier(person, title);
  await person.hand.mark(part.getByLabel(choice));
  await saved(part);
}

const parts = ({ page }, kind) => page.locator(`#work li[id^="${kind}-"]`);
const saved = (part) => part.locator("[data-saved]", { hasText: /^Saved/ }).first().waitFor({ state: "attached" });

// Every criterion that is not judged yet: as the checker says, unless the reader sees it otherwise.
async function judgeAll(person, otherwise) {
  const all = parts(person, "criterion");
  for (let at = 0; at < (await all.count()); at += 1) {
    const part = all.nth(at);
    if (await part.locator(":checked").count()) continue;
    const title = await part.getByRole("heading").innerText();
    const checker = (await part.locator(".app-told").allInnerTexts()).join();
    const own = { Partial: "Partly met", "Not found": "Missing" }[checker.match(/The checker:\s+(Met|Partial|Not found)/)?.[1]];
    const { choice, reason } = otherwise[title] ?? { choice: own ?? (/finding \d/.test(checker) ? "Partly: some of it" : "Met") };
    await person.hand.mark(part.getByRole("radio", { name: new RegExp(`^${choice}`) }));
    if (reason) {
      await person.hand.write(part.getByLabel("Your reason"), reason);
      await press(person, part.getByRole("button", { name: "Save" }));
    }
    await saved(part);
  }
}

async function answer(person, title, stance, fields = {}) {
  const part = parts(person, "finding").filter({ has: person.page.getByRole("link", { name: title }) }).first();
  await person.hand.mark(part.getByLabel(stance, { exact: true }));
  for (const [name, text] of Object.entries(fields)) await person.hand.write(part.locator(`[name=${name}]`), text);
  if (Object.keys(fields).length) await press(person, part.getByRole("button", { name: "Save" }));
  await saved(part);
}

// A comment on the whole report that asks for what a criterion lacks.
async function askFor(person, title, said) {
  await press(person, link(person, new RegExp(`Ask for this ?: ${title}`)));
  const form = person.page.locator("#comment-new");
  await person.hand.write(form.locator("[name=said]"), said);
  await press(person, form.getByRole("button", { name: "Add this comment" }));
  await person.page.locator("#comment-list p", { hasText: said }).waitFor();
}

// A comment of one's own at a paragraph of the report: to it with the arrow keys, and c.
async function commentAt(person, words, { about, said, action }) {
  const { page, hand } = person;
  await hand.reach(page.locator("#paragraphs [id^='p'][tabindex='0']"));
  const there = () => page.evaluate(() => document.activeElement.textContent);
  for (let lines = 0; !(await there()).includes(words); lines += 1) {
    assert.ok(lines < 200, `no paragraph has ${words}`);
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("c");
  const form = page.locator("#comment-new");
  await hand.pick(form.locator("[name=criterion]"), about);
  await hand.write(form.locator("[name=said]"), said);
  await hand.write(form.locator("[name=action]"), action);
  await press(person, form.getByRole("button", { name: "Add this comment" }));
  await page.locator("#comment-list p", { hasText: said }).waitFor();
}
