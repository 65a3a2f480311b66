// An inspection: a frame of 200, a sample of 62, two readers, what they differ in settled, results taken away. By keyboard.

import assert from "node:assert/strict";
import { until } from "./serving.js";
import { entries, words } from "./files.js";
import { frame } from "./frame.js";
import { Keyboard } from "./hands.js";
import { button, download, follow, goTo, heading, link, press } from "./moves.js";
import { Office } from "./offices.js";

const TITLE = "East Midlands, autumn";
const SEED = "East Midlands 2026";
const OVERALL = { section7: { good: 1, adequate: 7, inadequate: 25 }, section31: { good: 6, adequate: 14, inadequate: 9 } }; // as in 2007
const COLUMNS = { id: "Case ref", path: "File", type: "Kind of report", area: "Office", month: "Closed on", author: "Written by", manager: "Team manager" };

// `look(page, state, { narrow })` is called at every state that somebody comes to.
export async function inspect(look) {
  const cast = await arrive();
  for (const part of PARTS) await part(cast, look);
  for (const { faults } of cast.people) assert.deepEqual(faults, []);
}

const PARTS = [plan, draw, bring, allot, gradeByHand, gradeTheRest, followConcern, settle, lookAtResults, takeAway, confirmPassages];

// Whoever leads the inspection, two readers, and a practitioner, whom none of it is for.
async function arrive() {
  const office = await Office.start();
  const come = async (user, name, role) => {
    const person = await office.enter(user, name, [role], []);
    return { ...person, hand: new Keyboard(person.page) };
  };
  const lead = await come("l.okonkwo", "L. Okonkwo", "inspector");
  const first = await come("a.whitlock", "A. Whitlock", "inspector");
  const second = await come("b.ramsden", "B. Ramsden", "inspector");
  const practitioner = await come("r.lindqvist", "R. Lindqvist", "practitioner");
  return { office, lead, first, second, practitioner, people: [lead, first, second, practitioner], sample: "", given: new Map(), again: 0 };
}

// How many reports it takes.
async function plan({ lead }, look) {
  await goTo(lead, "Samples");
  await heading(lead.page, "Samples");
  await look(lead.page, "no samples", { narrow: true });
  await follow(lead, link(lead, "Plan how large it has to be"));
  await heading(lead.page, "How many reports");
  await lead.hand.write(lead.page.locator("#width"), "15");
  await lead.hand.write(lead.page.locator("#strata"), "section 7 = 120\nsection 31 = 80");
  await follow(lead, button(lead, "Work it out"));
  await heading2(lead.page, "What it takes");
  await look(lead.page, "a plan", { narrow: true });
  assert.match(await lead.page.locator("#plan-made").innerText(), /section ?7\s+120\s+\d+/);
}

// The sample is drawn from a list, whose columns are as an office has them.
async function draw(cast, look) {
  const { lead } = cast;
  await goTo(lead, "Samples");
  await follow(lead, button(lead, "Make a sample"));
  await heading(lead.page, "Make a sample");
  await follow(lead, button(lead, "Continue"));
  await lead.page.getByRole("alert").waitFor();
  await look(lead.page, "a sample, nothing filled in", { narrow: true });
  await lead.hand.write(lead.page.getByLabel("What is it called?"), TITLE);
  await lead.hand.mark(lead.page.locator("#source"));
  await follow(lead, button(lead, "Continue"));
  await heading(lead.page, "Choose the list");
  await look(lead.page, "the list to choose");
  await lead.hand.files(lead.page.locator("input#list"), [frame("list.csv")]);
  await follow(lead, button(lead, "Continue"));
  await heading(lead.page, "Which column is which?");
  await look(lead.page, "the columns of the list", { narrow: true });
  for (const [field, column] of Object.entries(COLUMNS)) {
    const select = lead.page.locator(`#column-${field}`);
    if ((await select.inputValue()) !== column) await lead.hand.pick(select, column);
  }
  await lead.hand.pick(lead.page.locator("#column-team"), "not in the list");
  await follow(lead, button(lead, "Continue").first());
  await heading(lead.page, "Draw the sample");
  assert.match(await lead.page.locator("main").innerText(), /200 reports can be drawn/);
  await look(lead.page, "to draw", { narrow: true });
  await lead.hand.mark(lead.page.getByLabel("As many as I say below"));
  await lead.hand.write(lead.page.getByRole("textbox", { name: "Section 7 report" }), "33");
  await lead.hand.write(lead.page.getByRole("textbox", { name: /^Guardian/ }), "209");
  await lead.hand.write(lead.page.locator("#seed"), SEED);
  await follow(lead, button(lead, "Draw the sample"));
  await lead.page.getByRole("alert").waitFor();
  await look(lead.page, "to draw, more than there are");
  await lead.hand.write(lead.page.getByRole("textbox", { name: /^Guardian/ }), "29");
  await follow(lead, button(lead, "Draw the sample"));
  await heading(lead.page, TITLE);
  cast.sample = new URL(lead.page.url()).pathname;
  await look(lead.page, "a sample, drawn", { narrow: true });
  assert.match(await lead.page.locator("main").innerText(), /62 reports of 200/);
  await isNotFor(cast.practitioner, cast.sample);
  await isNotFor(cast.first, cast.sample);
}

// The files of the reports, out of a folder that holds the whole frame.
async function bring({ lead, sample }, look) {
  await lead.page.goto(`${sample}/files`);
  const all = Array.from({ length: 200 }, (_, at) => frame(`Q-${String(at + 1).padStart(3, "0")}.docx`));
  await lead.hand.files(button(lead, "Bring files"), all);
  await follow(lead, button(lead, "Bring them"));
  await lead.page.getByText("taken").first().waitFor();
  await look(lead.page, "files on their way", { narrow: true });
  await until(async () => {
    await lead.page.goto(`${sample}/files`);
    return /62 of 62 reports are here and checked/.test(await lead.page.locator("main").innerText());
  });
  await look(lead.page, "all files are here");
}

async function allot(cast, look) {
  const { lead, first, second, sample } = cast;
  await lead.page.goto(`${sample}/allot`);
  await heading(lead.page, "Who reads what");
  for (const [{ name }, reads] of [[lead, false], [first, true], [second, true]]) {
    const box = lead.page.getByLabel(name);
    if ((await box.isChecked()) !== reads) await press(lead, box);
  }
  await lead.hand.write(lead.page.locator("#twice"), "20");
  await look(lead.page, "to allot", { narrow: true });
  await follow(lead, button(lead, "Allot the reports"));
  await heading(lead.page, TITLE);
  await look(lead.page, "a sample, allotted", { narrow: true });
  const shares = [];
  for (const reader of [first, second]) shares.push(await shareOf(reader, sample));
  cast.shares = shares;
  cast.typeOf = new Map(shares.flat().map(({ address, type }) => [address.split("/").at(-1), type]));
  const both = shares[0].filter(({ address }) => shares[1].some((other) => other.address === address));
  assert.equal(new Set(shares.flat().map(({ address }) => address)).size, 62);
  assert.ok(both.length >= 12 && both.length <= 13, `${both.length} are read twice`);
  cast.both = both.map(({ address }) => address);
}

// Three reports of the first reader, one of which both read, and that one by the second.
async function gradeByHand(cast, look) {
  const { first, second, sample } = cast;
  const [twice] = cast.both;
  await goTo(first, "Samples");
  await look(first.page, "a reader's samples");
  await follow(first, link(first, new RegExp(TITLE)).first());
  await heading(first.page, "Your reports");
  await look(first.page, "a reader's reports", { narrow: true });
  await follow(first, button(first, /Grade report/));
  await look(first.page, "a report to grade", { narrow: true });
  assert.doesNotMatch(await first.page.locator("main").innerText(), /Priya Nandra|Owen Castle|Beth Arkwright|Kofi Mensah|Lena Brandt/);
  await follow(first, button(first, "Hand in").first());
  await heading(first.page, /^Hand in report/);
  await look(first.page, "a report that is not graded yet");
  await follow(first, link(first, "Back to the report"));
  await first.page.locator("#grading").waitFor();
  const begun = new URL(first.page.url()).pathname;
  await grade(first, "Inadequate");
  await addFault(first);
  await look(first.page, "a report, graded", { narrow: true });
  await raise(first, look);
  await handIn(first, look);
  cast.byHand = new Set([`${first.name} ${begun}`]);
  note(cast, begun, "inadequate");
  for (const [reader, address, overall] of [[first, twice, "Adequate"], [second, twice, "Inadequate"], [first, other(cast, begun, twice), "Inadequate"]]) {
    await reader.page.goto(`${sample}/reports`);
    await follow(reader, reader.page.locator(`table a[href="${address}"]`));
    await grade(reader, overall);
    if (reader === first) await addFault(reader);
    await handIn(reader, () => {});
    cast.byHand.add(`${reader.name} ${address}`);
    note(cast, address, overall.toLowerCase());
  }
  await look(first.page, "a report handed in");
  await follow(first, link(first, "What the checker says of it"));
  await look(first.page, "what the checker says of it", { narrow: true });
}

// The rest by the same forms, from within each reader's page.
async function gradeTheRest(cast) {
  const { first, second, shares } = cast;
  for (const [at, reader] of [first, second].entries()) {
    const left = shares[at].filter(({ address }) => !cast.byHand.has(`${reader.name} ${address}`));
    const grades = left.map(({ address, type }) => ({ address, ...gradesOf(cast, address, type) }));
    const answers = await reader.page.evaluate(gradeAll, grades);
    assert.deepEqual(answers.filter((status) => status !== 200), []);
    await reader.page.goto(`${cast.sample}/reports`);
    await reader.page.getByText("You have graded all that is yours").waitFor();
  }
}

// What could not wait is followed up until it is closed.
async function followConcern({ lead, sample }, look) {
  await lead.page.goto(sample);
  assert.match(await lead.page.locator("main").innerText(), /1 open/i);
  await follow(lead, link(lead, "Serious concerns").first());
  await look(lead.page, "serious concerns", { narrow: true });
  await follow(lead, lead.page.locator("main .app-item a").first());
  await lead.hand.write(lead.page.locator("#done"), "Telephoned the office: the child was seen yesterday.");
  await follow(lead, button(lead, "Add the step"));
  await lead.page.getByText("Telephoned the office").waitFor();
  await follow(lead, button(lead, "Close the concern"));
  await lead.page.getByRole("alert").waitFor();
  await look(lead.page, "a concern, closed without saying what came of it");
  await lead.hand.write(lead.page.locator("#outcome"), "The report was corrected and sent to the court again.");
  await follow(lead, button(lead, "Close the concern"));
  await lead.page.getByText("Closed on").first().waitFor();
  await look(lead.page, "a concern, closed", { narrow: true });
}

// Where the readers differ: the lead, who read none of it, says what counts.
async function settle({ lead, sample, given }, look) {
  await lead.page.goto(`${sample}/apart`);
  await look(lead.page, "where readers differ", { narrow: true });
  const differing = lead.page.locator("table a");
  const addresses = await differing.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.ok(addresses.length > 1);
  for (const [at, address] of addresses.entries()) {
    await lead.page.goto(`${sample}/apart`);
    await follow(lead, lead.page.locator(`table a[href="${address}"]`));
    await heading(lead.page, /Where two readers differ/);
    if (at === 0) {
      await look(lead.page, "a difference to settle", { narrow: true });
      await follow(lead, button(lead, /Settle it/).first());
      await lead.page.getByRole("alert").waitFor();
      await look(lead.page, "a difference, settled without a reason");
    }
    while (await button(lead, /Settle it/).count()) {
      const form = lead.page.locator("form").filter({ has: lead.page.getByRole("button", { name: /Settle it/ }) }).first();
      const [counts, otherwise] = [given.get(address.split("/").at(-1)), "partial"].map((grade) => form.locator(`[value="${grade}"]`));
      await lead.hand.mark((await counts.count()) ? counts : otherwise);
      await lead.hand.write(form.locator("textarea"), "The report gives the outcome and no reason for it.");
      await follow(lead, form.getByRole("button"));
    }
    if (at === 0) await look(lead.page, "a difference, settled");
  }
}

async function lookAtResults({ lead, first, practitioner, sample }, look) {
  await lead.page.goto(sample);
  await follow(lead, link(lead, "Results"));
  await heading(lead.page, new RegExp(`Results: ${TITLE}`));
  await look(lead.page, "results", { narrow: true });
  const told = await lead.page.locator("main").innerText();
  for (const said of [/Inadequate\s+25\b/i, /Inadequate\s+9\b/i, /76%/, /31%/, /most/, /Krippendorff|kappa/i]) assert.match(told, said);
  await isNotFor(practitioner, `${sample}/results`);
  await first.page.goto(`${sample}/results`);
  await look(first.page, "results, for a reader");
}

// Each file is what it says.
async function takeAway({ lead, sample }, look) {
  await lead.page.goto(`${sample}/results`);
  const taken = async (name) => (await download(lead, link(lead, name))).data;
  const annex = words(entries(await taken(/as Word/))["word/document.xml"]);
  const book = entries(await taken(/XLSX/));
  const table = (await taken(/as CSV/)).toString();
  const all = JSON.parse(await taken(/as JSON/));
  for (const text of [annex, table, words(book["xl/sharedStrings.xml"] ?? Object.values(book).join())]) assert.match(text, /inadequate/i);
  assert.match(annex, /almost all over 80%/); // the scale of words by name
  assert.equal(JSON.stringify(all).match(/Nandra|Arkwright/), null);
  assert.equal(JSON.stringify(all).match(/"report"/g).length > 74, true);
}

// What is printed of a report has no names in it, and was read by a person first.
async function confirmPassages({ lead, sample }, look) {
  await lead.page.goto(`${sample}/results`);
  await follow(lead, link(lead, /Example passages/));
  await follow(lead, button(lead, "Take the names out"));
  await look(lead.page, "passages to confirm", { narrow: true });
  const [before, after] = await lead.page.locator(".app-passage__both").first().locator("p").allInnerTexts();
  assert.match(before, /shouted at the door in front of [A-Z]/);
  assert.match(after, /the (mother|father).* shouted at the door in front of (the )?child/);
  await follow(lead, button(lead, /Confirm passage 1/));
  await lead.page.getByText("Confirmed for print").waitFor();
  await look(lead.page, "a passage, confirmed");
  await lead.page.goto(`${sample}/results`);
  assert.ok((await lead.page.locator("main").innerText()).includes(after.trim()));
}

// Words for journeys

const heading2 = (page, name) => page.getByRole("heading", { level: 2, name }).waitFor();

async function isNotFor({ page }, address) {
  assert.ok([403, 404].includes((await page.goto(address)).status()));
}

// What a reader has to read: the address of each report, and its type as far as it is told.
async function shareOf(reader, sample) {
  await reader.page.goto(`${sample}/reports`);
  const rows = await reader.page.locator("main tbody tr").evaluateAll((all) => all.map((row) => [row.querySelector("a").getAttribute("href"), row.innerText]));
  return rows.map(([address, said]) => ({ address, type: /section 7/i.test(said) ? "section7" : "section31" }));
}

// The grade of a report that was graded by hand counts towards what is to come out in the end.
function note(cast, address, overall) {
  const id = address.split("/").at(-1);
  if (!cast.given.has(id)) cast.given.set(id, overall); // by whoever read it first
}

const other = (cast, ...not) => cast.shares[0].find(({ address }) => !not.includes(address) && !cast.both.includes(address)).address;

async function grade({ page, hand }, overall) {
  await page.locator("#grading").waitFor();
  const lines = page.locator("[data-line]");
  const count = await lines.count();
  for (let at = 0; at < count; at += 1) {
    const line = lines.nth(at);
    await hand.mark(line.locator(`[value="${at === count - 1 ? overall.toLowerCase() : "partial"}"]`));
    await hand.write(line.locator("textarea"), "It is named, and not weighed for this child.");
  }
  await page.locator("#done", { hasText: `${count} of ${count}` }).waitFor();
}

async function addFault({ page, hand }) {
  await hand.reach(page.locator("#fault-criterion"));
  await page.keyboard.press("ArrowDown");
  const words = (await page.locator("#report p").filter({ hasText: "shouted at the door" }).innerText()).replace(/\s+/g, " ").trim();
  await hand.write(page.locator("#fault-passage"), words.split(";")[0].replace(/^\d+\s*/, ""));
  await hand.write(page.locator("#fault-reason"), "What it did to the child is not said.");
  await hand.press(page.getByRole("button", { name: "Add the fault" }));
  await page.locator(".app-item--fault").first().waitFor();
}

async function raise(person, look) {
  const { page, hand } = person;
  const report = page.url();
  await follow(person, button(person, "Mark for review at once"));
  await heading(page, /for review at once/);
  await follow(person, button(person, "Mark for review"));
  await page.getByRole("alert").waitFor();
  await look(page, "a serious concern, nothing filled in");
  await hand.write(page.locator("#reason"), "The child is said to be at home with the person who hurt her.");
  await hand.write(page.locator("#owner"), "Ruth Osei");
  await look(page, "a serious concern", { narrow: true });
  await follow(person, button(person, "Mark for review"));
  await page.getByRole("heading", { level: 1, name: /concern/i }).waitFor();
  await look(page, "a serious concern, raised");
  await page.goto(report);
}

async function handIn(person, look) {
  const { page } = person;
  await follow(person, page.getByRole("button", { name: "Hand in", exact: true }).first());
  await heading(page, /^Hand in report/);
  await look(page, "to hand in", { narrow: true });
  await follow(person, page.getByRole("button", { name: "Hand in", exact: true }));
  await heading(page, "Your reports");
}

// In the end it is as in 2007 overall: as the first reader saw it. What the second sees otherwise is settled.
function gradesOf(cast, address, type) {
  const id = address.split("/").at(-1);
  const chance = parseInt(id.slice(0, 4), 16);
  const known = cast.given.get(id);
  const criteria = Array.from({ length: 7 }, (_, at) => ["met", "partial", "partial", "missing"][(chance >> at) % 4]);
  if (known) {
    cast.again += 1;
    return { overall: cast.again % 4 ? known : "excellent", criteria: cast.again % 3 ? criteria : ["not applicable", ...criteria.slice(1)] };
  }
  const wanted = Object.entries(OVERALL[type]);
  const taken = (grade) => [...cast.given].filter(([other, theirs]) => theirs === grade && cast.typeOf.get(other) === type).length;
  const [overall] = wanted.find(([grade, count]) => taken(grade) < count);
  note(cast, address, overall);
  return { overall, criteria };
}

// In the page: the checklist of each report filled in, and handed in.
async function gradeAll(all) {
  const token = document.querySelector("[name=form_token]").value;
  const send = (address, fields) => fetch(address, { method: "POST", body: new URLSearchParams({ form_token: token, ...fields }) });
  const answers = [];
  for (const { address, overall, criteria } of all) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const names = [...page.querySelectorAll("#grading textarea[name^='reason:']")].map((field) => field.name.slice("reason:".length));
    const fields = {};
    for (const [at, name] of names.entries()) {
      fields[`grade:${name}`] = name === "overall" ? overall : criteria[at];
      fields[`reason:${name}`] = "It is named, and not weighed for this child.";
    }
    await send(address, { ...fields, do: "save" });
    answers.push((await send(`${address}/hand-in`, {})).status);
  }
  return answers;
}
