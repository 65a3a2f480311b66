// What a practitioner does, each of it by every hand: hands.js.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { allDone, atHome, ownMachine, qualitycheck, report, resultOf, until, visit } from "./serving.js";
import { entries, words } from "./files.js";
import { HANDS } from "./hands.js";

const LEFT_OVER = "Left over from the template";

for (const Hand of HANDS) {
  describe(Hand.called, () => {
    const journey = (name, go, options = {}) =>
      test(name, () => atHome((page, context) => go(new Hand(page), page, context), { ...Hand.options, ...options }));

    test("the link lets in one browser, once", async () => {
      const service = await ownMachine();
      const link = await service.link();
      const first = await visit(service.address, { ...Hand.options, baseURL: service.address });
      await first.page.goto(link);
      await heading(first.page, "Check a draft before you file it");
      const second = await visit(service.address, { ...Hand.options, baseURL: service.address });
      assert.equal((await second.page.goto(link)).status(), 401);
      await heading(second.page, "This link was used, or is not complete");
      assert.equal((await second.page.goto("/checks")).status(), 401);
      await new Hand(second.page).press(second.page.getByRole("link", { name: "Sign in" }));
      await heading(second.page, "Open your own link");
      for (const { context, faults } of [first, second]) {
        await context.close();
        assert.deepEqual(faults, []);
      }
    });

    journey("one report: its upload, its progress, its result", async (hand, page) => {
      await choose(hand, "many.docx", "many.docx"); // which keep the checker busy
      await sendAll(hand);
      await choose(hand, "draft.docx");
      await hand.mark(page.getByRole("radio", { name: "Section 7 report" }));
      await send(hand);
      await heading(page, "draft.docx Checking your report");
      assert.match(await page.getByRole("status").innerText(), /^(Waiting|Starting|Reading|Understanding|Looking|Judging)/);
      await resultOf(page, "draft.docx");
      const fixed = page.locator(".app-first__list li");
      assert.equal(await fixed.count(), 5);
      await isWithin(fixed.first(), page.locator("#result"));
      const levels = await page.locator("#list [data-item] .app-level:first-of-type").allInnerTexts();
      const elements = levels.slice(0, levels.length - (await page.locator("[data-mark]").count()));
      const rank = (level) => ["Must fix", "Should fix", "Consider"].indexOf(level);
      assert.deepEqual(elements, [...elements].sort((a, b) => rank(a) - rank(b)));
    });

    journey("several reports, and the list of them", async (hand, page) => {
      await choose(hand, "five.docx", "letter.docx", "encrypted.docx");
      await sendAll(hand);
      const cards = page.locator(".app-card");
      await allDone(page);
      assert.deepEqual(await cards.locator("a").allInnerTexts(), ["encrypted.docx", "letter.docx", "five.docx"]);
      assert.match(await cards.nth(2).innerText(), /Checked: 5 things to look at/);
      for (const [name, says] of [["encrypted.docx", "is encrypted: remove the password"], ["letter.docx", "Nothing was judged"], ["five.docx", "What to fix first"]]) {
        await hand.press(page.getByRole("link", { name }));
        await page.locator("main").getByText(says).first().waitFor();
        await page.goto("/checks");
      }
    });

    journey("only what is of one level, or of one criterion", async (hand, page) => {
      await checked(hand, "draft.docx");
      const items = page.locator("#list [data-item]");
      const all = await items.count();
      for (const [field, choice, holds] of [["Level", /^Must fix/, ".app-item--must-fix"], ["Criterion", new RegExp(`^${LEFT_OVER}`), "[data-mark]"]]) {
        const select = page.getByLabel(field, { exact: true });
        const label = (await select.locator("option").allInnerTexts()).find((text) => choice.test(text));
        await hand.pick(select, label);
        if (!hand.scripts) await hand.press(page.getByRole("button", { name: "Show" }));
        const shown = Number(label.match(/\((\d+)\)$/)[1]);
        await page.locator("#shown", { hasText: `Showing ${shown} of ${all}.` }).waitFor();
        assert.ok(shown > 0 && shown < all);
        assert.equal(await items.count(), shown);
        assert.equal(await items.and(page.locator(holds)).count(), shown);
      }
      // Both at once: what is left over, and must be fixed.
      assert.deepEqual(await items.locator("[data-main]").allInnerTexts().then((all) => all.map((text) => text.split(",")[0].trim())), [LEFT_OVER]);
      assert.equal(await page.locator("#report mark").evaluateAll((marks) => marks.filter((mark) => !mark.closest(".app-key")).length), 1);
      await hand.press(page.getByRole("link", { name: "Show all" }));
      await until(async () => (await items.count()) === all);
    });

    journey("from a finding to its passage, and back", async (hand, page) => {
      await checked(hand, "draft.docx");
      const side = page.locator("#report");
      for (const number of [await page.locator("[data-mark]").count(), 1]) {
        const finding = page.locator(`#finding-${number}`);
        const mark = page.locator(`#mark-${number} + mark`);
        await isWithin(mark, side, false);
        await hand.press(finding.locator("[data-main]"));
        await until(() => lies(mark, side));
        await explains(hand, finding);
        const chosen = await mark.evaluate((element) => getComputedStyle(element).outlineStyle);
        assert.equal(chosen, "solid");
        await page.evaluate(() => document.querySelector("#result").scrollTo(0, 0));
        await hand.press(side.locator(`a.ref[href="#finding-${number}"]`));
        await until(() => lies(finding.locator("[data-main]"), page.locator("#result")));
      }
    });

    journey("what must be there: what to do, on whose authority, the nearest evidence", async (hand, page) => {
      await checked(hand, "draft.docx");
      const first = page.locator(".app-first__list a[href^='#element-']").first();
      const id = (await first.getAttribute("href")).slice(1);
      await hand.press(first);
      const element = page.locator(`#${id}`);
      await until(() => lies(element.locator("[data-main]"), page.locator("#result")));
      await explains(hand, element);
      const nearest = element.locator("details a[href^='#p']").first();
      await hand.press(nearest);
      await until(async () => lies(page.locator(await nearest.getAttribute("href")), page.locator("#report")));
      const children = await element.locator(".app-by-child li").allInnerTexts();
      assert.ok(!children.length || children.every((child) => /: (.|\n)*(Met|Partial|Not found)/.test(child)));
      assert.ok((await page.locator(".app-by-child li").count()) > 0);
    });

    journey("set aside with a reason, take up again, and the small file of it", async (hand, page) => {
      await checked(hand, "draft.docx");
      const before = await page.locator("[data-mark]").count();
      await setAside(hand, page.locator("#finding-2"), "It says why on page 3.");
      const aside = page.locator("section[aria-labelledby=aside]");
      await page.getByRole("heading", { name: "Set aside (1)" }).waitFor();
      assert.match(await aside.innerText(), /It says why on page 3\./);
      assert.equal(await page.locator("#mark-2").count(), 0);
      assert.equal(await page.locator("[data-mark]").count(), before - 1);

      const decisions = await saved(hand, page.getByRole("link", { name: "What you set aside" }));
      assert.equal(decisions.name, "qualitycheck-aside.toml");
      assert.match(decisions.data.toString(), /It says why on page 3\./);
      const address = page.url();
      await choose(hand, "draft.docx");
      await hand.press(page.locator("summary", { hasText: "I set findings aside in an earlier draft" }));
      await hand.files(page.getByLabel("File of what you set aside"), [decisions.path]);
      await send(hand);
      await resultOf(page, "draft.docx");
      await page.getByRole("heading", { name: "Set aside (1)" }).waitFor();

      await page.goto(address);
      await hand.press(aside.getByRole("button", { name: "Take up again" }));
      await page.locator("#mark-2").waitFor({ state: "attached" });
      assert.equal(await page.locator("#aside").count(), 0);
      assert.equal(await page.locator("[data-mark]").count(), before);
    });

    journey("the next draft: fixed, still there, new, in that order", async (hand, page) => {
      await checked(hand, "draft.docx");
      await setAside(hand, page.locator("#finding-2"), "It says why on page 3.");
      await page.getByRole("heading", { name: "Set aside (1)" }).waitFor();
      await hand.press(page.getByRole("link", { name: "Next draft" }));
      await hand.files(opener(hand, "Next draft", "next-file"), [report("next.docx")]);
      await hand.press(page.getByRole("button", { name: "Check it" }));
      await resultOf(page, "next.docx");
      const parts = await page.locator("#result h2, #result h3").allInnerTexts();
      const told = parts.join("|");
      assert.match(told, /^Since the draft before\|Fixed: [1-9]\d*\|Still there: [1-9]\d*\|New: [1-9]\d*\|/);
      assert.ok(told.includes("|What to fix first|"));
      const [fixed, still, fresh] = await page.locator(".app-compared__one").all();
      assert.match(await fixed.textContent(), /Insert summary of direct work/);
      assert.match(await fresh.textContent(), /Insert name of school/);
      assert.match(await still.textContent(), /Sycamore Close/);
      assert.doesNotMatch(await still.textContent(), /tropical fish/); // which was set aside
      assert.match(await page.locator("section[aria-labelledby=aside]").innerText(), /tropical fish(.|\n)*It says why on page 3\./);
      await hand.press(fresh.locator("a"));
      await until(() => lies(page.locator("[data-mark]", { hasText: "Insert name of school" }).locator("[data-main]"), page.locator("#result")));
    });

    journey("kept in a new case, and in one that is there; deleted with its case", async (hand, page) => {
      const title = `Zeta ${Hand.called}`;
      await checked(hand, "five.docx");
      await setAside(hand, page.locator("#finding-1"), "It is what the diary says.");
      await page.getByRole("heading", { name: "Set aside (1)" }).waitFor();
      await hand.press(page.getByRole("link", { name: "Keep or forget" }));
      await hand.write(page.getByLabel("Name of the new case"), title);
      await hand.press(page.getByRole("button", { name: "Keep this draft" }));
      await page.locator(".app-result__head").getByText(`Draft 1 of ${title}`).waitFor();
      const kept = page.url();

      await checked(hand, "none.docx");
      await hand.press(page.getByRole("link", { name: "Keep or forget" }));
      await hand.pick(page.getByLabel("Case", { exact: true }), title);
      await hand.press(page.getByRole("button", { name: "Keep this draft" }));
      await page.getByText(`Does it belong in ${title}?`).waitFor(); // it is about another child
      await hand.press(page.getByRole("button", { name: "Keep it in this case all the same" }));
      await page.locator(".app-result__head").getByText(`Draft 2 of ${title}`).waitFor();

      await hand.press(page.locator(".app-result__head").getByRole("link", { name: title }));
      await heading(page, title);
      const drafts = await page.locator(".app-card").allInnerTexts();
      assert.equal(drafts.length, 2);
      assert.match(drafts[0], /^2\. none\.docx(.|\n)*Looks like another report than five\.docx: not compared/);
      assert.match(drafts[1], /^1\. five\.docx(.|\n)*4 should fix(.|\n)*The first draft/);
      await hand.press(page.getByRole("link", { name: "1. five.docx" }));
      await page.getByRole("heading", { name: "Set aside (1)" }).waitFor();
      await page.goBack();
      await hand.press(page.getByRole("button", { name: "Delete this case" }));
      await heading(page, `Delete “${title}”?`);
      assert.match(await page.locator("main").innerText(), /2 drafts, with their files and results/);
      await hand.press(page.getByRole("link", { name: "Keep it" }));
      await hand.press(page.getByRole("button", { name: "Delete this case" }));
      await hand.press(page.getByRole("button", { name: "Delete the case" }));
      await page.getByText("The case is deleted, with everything in it.").waitFor();
      assert.equal(await page.getByText(title).count(), 0);
      assert.equal((await page.goto(kept)).status(), 404);
    });

    journey("what is downloaded is what was shown", async (hand, page) => {
      await checked(hand, "draft.docx");
      const link = (name) => page.getByRole("link", { name });
      const json = await saved(hand, link("This result as data"));
      const told = JSON.parse(qualitycheck(["check", report("draft.docx"), "--format", "json"]));
      const [said] = told.reports;
      assert.deepEqual(JSON.parse(json.data), { ...told, reports: [{ ...said, file: "draft.docx" }] });

      const annotated = entries((await saved(hand, link("Your report with comments"))).data);
      const comments = words(annotated["word/comments.xml"]);
      for (const finding of said.findings) assert.ok(comments.includes(plain(finding.message)), finding.message);
      assert.ok(words(annotated["word/document.xml"]).includes("RIBBLESIDE COUNCIL"));

      const summary = words(entries((await saved(hand, link("One-page summary"))).data)["word/document.xml"]);
      for (const line of await page.locator(".app-first__list a").allInnerTexts()) assert.ok(summary.includes(line), line);

      const asPage = words((await saved(hand, link("This result as one page"))).data.toString());
      for (const finding of said.findings) assert.ok(asPage.includes(plain(finding.message)), finding.message);
      assert.equal(await link("What you set aside").count(), 0);
    });

    journey("a false alarm in one click, and then a reason", async (hand, page) => {
      await checked(hand, "five.docx");
      const result = page.url();
      await hand.press(page.locator("#finding-1").getByRole("button", { name: "This is a false alarm" }));
      await heading(page, "Thank you: recorded as a false alarm");
      await hand.write(page.getByLabel("Why it is wrong (optional)"), `The diary says so, ${Hand.called}.`);
      await hand.press(page.getByLabel("Add the words of the passage shown above"));
      await hand.press(page.getByRole("button", { name: "Add this" }));
      await page.getByText("What you added is recorded.").waitFor();
      await hand.press(page.getByRole("link", { name: "Back to the result" }));
      await until(() => page.url().split("#")[0] === result);
      await page.goto("/administration/false-alarms");
      const row = page.getByRole("row", { name: `The diary says so, ${Hand.called}.` });
      assert.match(await row.innerText(), /Tuesday 14 October/);
    });

    journey("forgotten at once", async (hand, page) => {
      await checked(hand, "five.docx");
      const result = page.url();
      await hand.press(page.getByRole("link", { name: "Keep or forget" }));
      await hand.press(page.getByRole("button", { name: "Forget this check now" }));
      await page.getByText("The check is forgotten: nothing of it is left here.").waitFor();
      assert.equal((await page.goto(result)).status(), 404);
      await page.goto("/checks");
      await page.getByText("There are none.").waitFor();
    });

    journey("the criteria, and everything else to read", async (hand, page) => {
      await hand.press(page.getByRole("link", { name: "Criteria" }));
      await heading(page, "Criteria");
      const links = await page.locator("main a[href^='/criteria/']").evaluateAll((all) => all.map((one) => [one.getAttribute("href"), one.textContent]));
      assert.equal(links.length, 42);
      for (const [address, title] of hand.scripts && Hand.called === "by mouse" ? links : links.slice(0, 1)) {
        await page.goto(address);
        await heading(page, title);
        for (const part of ["For example", "On whose authority", "How often the checker is right"]) await page.getByRole("heading", { name: part, exact: true }).waitFor();
      }
      await page.goto("/criteria");
      await hand.write(page.getByRole("searchbox", { name: "Search the criteria" }), "too young");
      await hand.press(page.getByRole("button", { name: "Search" }));
      await page.getByText("1 criterion with “too young”").waitFor();
      await hand.press(page.locator("main a[href='/criteria/too-young']"));
      await hand.press(page.getByRole("link", { name: "All criteria" }));
      await heading(page, "Criteria");
      for (const [link, title] of [["What the checker cannot do", /about|checker/i], ["Privacy", /privacy/i], ["Accessibility", /Accessibility statement/], ["API", /^API$/]]) {
        await hand.press(page.locator("footer").getByRole("link", { name: link }));
        await page.getByRole("heading", { level: 1, name: title }).waitFor();
      }
    });

    journey("what goes wrong is said, with what to do", async (hand, page) => {
      await send(hand);
      await page.getByRole("alert").getByRole("link", { name: "Choose a report: a Word file that ends in .docx." }).waitFor();
      assert.match(await page.title(), /^Error: /);
      await hand.press(page.getByRole("alert").getByRole("link"));
      await until(() => page.evaluate(() => document.activeElement.matches("#file, #file-input")));

      for (const [name, says] of [["encrypted.docx", /is encrypted: remove the password/], ["old.doc", /\.docx/], ["empty.docx", /empty|not a \.?docx/i]]) {
        await choose(hand, name);
        await send(hand);
        await heading(page, "This report cannot be read");
        assert.match(await page.getByRole("alert").innerText(), says);
        await page.getByRole("button", { name: "Check", exact: true }).waitFor();
      }

      await choose(hand, "five.docx");
      await hand.press(page.locator("summary", { hasText: "I set findings aside in an earlier draft" }));
      await hand.files(page.getByLabel("File of what you set aside"), [report("wrong.toml")]);
      await send(hand);
      await page.getByRole("alert").getByRole("link", { name: /needs a fingerprint and a reason|aside/ }).waitFor();

      assert.equal((await page.goto("/checks/nothing")).status(), 404);
      await page.getByRole("heading", { level: 1 }).waitFor();
      assert.equal((await page.goto("/nowhere")).status(), 404);
      await hand.press(page.getByRole("link", { name: "qualitycheck" }));
      await heading(page, "Check a draft before you file it");
    });

    journey("too many at once", async (hand, page) => {
      await choose(hand, ...Array(8).fill("many.docx"));
      await sendAll(hand);
      const alert = page.getByRole("alert");
      assert.match(await alert.innerText(), /Too many reports at once\s+No room for (many\.docx(, )?)+\. Send (it|them) again in \d+ seconds/);
      await hand.press(alert.getByRole("link", { name: /again/ }));
      await heading(page, "Check a draft before you file it");
      await page.goto("/checks");
      await allDone(page);
    }, { crowded: true });

    journey("out with the cookie", async (hand, page, context) => {
      await context.clearCookies();
      assert.equal((await page.goto("/checks")).status(), 401);
      assert.match(await page.locator("main").innerText(), /link/);
    });
  });
}

// Words for journeys

async function choose(hand, ...names) {
  await hand.page.goto("/");
  await hand.files(opener(hand, "Your draft", "file"), names.map(report));
}

// With scripts a button opens the choice of files, and the field itself without.
const opener = (hand, label, id) =>
  hand.scripts ? hand.page.getByRole("button", { name: label }) : hand.page.locator(`input#${id}`);

const send = (hand) => hand.press(hand.page.getByRole("button", { name: "Check", exact: true }));

async function sendAll(hand) {
  await send(hand);
  await heading(hand.page, "Your checks");
}

async function checked(hand, name) {
  await choose(hand, name);
  await send(hand);
  await resultOf(hand.page, name);
}

async function setAside(hand, finding, reason) {
  await hand.press(finding.locator("[data-aside] summary"));
  await hand.write(finding.getByLabel("Why it may stay as it is"), reason);
  await hand.press(finding.getByRole("button", { name: "Set aside" }));
}

// What was chosen says what to do, on whose authority, and what is nearest in the report.
async function explains(hand, item) {
  const more = item.locator("details:not([data-aside])").first();
  if (!hand.scripts) await hand.press(more.locator("summary"));
  await until(() => more.evaluate((details) => details.open));
  assert.match(await item.innerText(), /What to do: .{10}/);
  assert.match(await more.innerText(), /Act 1989|Practice|Ofsted|Cafcass|para|s\d/);
}

async function saved(hand, link) {
  const coming = hand.page.waitForEvent("download");
  await hand.press(link);
  const download = await coming;
  const path = await download.path();
  return { name: download.suggestedFilename(), path, data: readFileSync(path) };
}

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

const plain = (text) => text.replace(/\s+/g, " ").trim();

// Whether this is to be seen, whole, within that, which scrolls.
async function lies(what, within) {
  const [inner, outer] = await Promise.all([what.boundingBox(), within.boundingBox()]);
  return inner !== null && inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1;
}

async function isWithin(what, within, wanted = true) {
  assert.equal(await lies(what, within), wanted, `${what} within ${within}`);
}
