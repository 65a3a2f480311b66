// The same forms with scripts off, on one's own machine: somebody else's report is read, a sample drawn from a folder.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atHome, report, until } from "./serving.js";
import { frame } from "./frame.js";
import { Scriptless } from "./hands.js";
import { button, follow, goTo, heading, link } from "./moves.js";

const journey = (name, go) => test(`${name}, with scripts off`, () => atHome((page) => go({ page, hand: new Scriptless(page) }), Scriptless.options));

journey("somebody else's report is read", async (reader) => {
  const { page, hand } = reader;
  await goTo(reader, "Reading");
  await follow(reader, button(reader, "Upload a report for reading"));
  await hand.files(page.locator("input#file"), [report("first.docx")]);
  await hand.write(page.getByLabel("Who wrote it?"), "R. Lindqvist");
  await hand.write(page.getByLabel("Name of the case"), "Harbour, plainly");
  for (const [part, value] of Object.entries({ day: "1", month: "12", year: String(new Date().getFullYear() + 1) })) await hand.write(page.locator(`#filing-${part}`), value);
  await follow(reader, button(reader, "Upload for reading"));
  await until(() => /\/readings\//.test(page.url()));
  if (!page.url().endsWith("/read")) await follow(reader, button(reader, "Read draft 1"));
  const reading = new URL(page.url()).pathname;

  await follow(reader, button(reader, "Give it back"));
  await page.getByRole("alert").waitFor();
  const judge = async (title, choice, reason) => {
    const part = page.locator("#work li[id^='criterion-']").filter({ has: page.getByRole("heading", { name: title }) });
    await hand.mark(part.getByRole("radio", { name: choice, exact: true }));
    await hand.write(part.getByLabel("Your reason"), reason);
    await follow(reader, part.getByRole("button", { name: "Save" }));
  };
  await judge("No order principle", "Missing", "An order is asked for, and why is not said.");
  await judge("Domestic abuse", "Met", "Both accounts are given.");
  const finding = page.locator("#finding-1");
  await hand.mark(finding.getByRole("radio", { name: "Disagree", exact: true }));
  await follow(reader, finding.getByRole("button", { name: "Save" }));
  await page.getByRole("alert").waitFor();
  await hand.write(finding.getByLabel("Why you disagree"), "The date is put in by hand at court.");
  await follow(reader, finding.getByRole("button", { name: "Save" }));
  const comment = page.locator("#comment-new");
  await hand.pick(comment.getByLabel("What it is about"), "Personal opinion");
  await hand.write(comment.locator("[name=said]"), "This is about you.");
  await hand.write(comment.locator("[name=action]"), "Say what Tobias did.");
  await follow(reader, comment.getByRole("button", { name: "Add this comment" }));
  await follow(reader, button(reader, "Give it back"));
  await hand.write(page.getByLabel("Why it can be given back all the same"), "The rest was read and is as it should be.");
  await follow(reader, button(reader, "Give it back"));
  assert.equal(new URL(page.url()).pathname, reading.replace(/\/read$/, ""));

  await hand.mark(page.getByLabel("Changed", { exact: true }).first());
  await follow(reader, button(reader, "Save answers").first());
  assert.match(await page.locator("main").innerText(), /changed\./i);
});

journey("a sample is drawn from a folder, and a report of it graded", async (inspector) => {
  const { page, hand } = inspector;
  await goTo(inspector, "Samples");
  await follow(inspector, button(inspector, "Make a sample"));
  await hand.write(page.getByLabel("What is it called?"), "From a folder");
  await hand.mark(page.locator('[name=source][value="folder"]'));
  await follow(inspector, button(inspector, "Continue"));
  await hand.write(page.getByLabel("Path of the folder"), frame(""));
  await follow(inspector, button(inspector, "Read the reports"));
  await heading(page, "Draw the sample"); // which the page that waits leads to
  await hand.write(page.getByLabel("Reports in all"), "10");
  await follow(inspector, button(inspector, "Draw the sample"));
  const sample = new URL(page.url()).pathname;
  await page.goto(`${sample}/allot`);
  await hand.write(page.getByLabel("Your name"), "A. Whitlock");
  await hand.write(page.getByLabel("Read twice"), "0");
  await follow(inspector, button(inspector, "Allot the reports"));
  await until(async () => {
    await page.goto(`${sample}/reports`);
    return (await button(inspector, "Grade report 1").count()) > 0;
  });
  await follow(inspector, button(inspector, "Grade report 1"));
  const lines = page.locator("[data-line]");
  for (let at = 0; at < (await lines.count()); at += 1) {
    await hand.mark(lines.nth(at).getByRole("radio").nth(1));
    await hand.write(lines.nth(at).locator("textarea"), "It is named, and not weighed for this child.");
  }
  await follow(inspector, button(inspector, "Hand in").first());
  await follow(inspector, button(inspector, "Hand in"));
  await page.getByText("1 of 10 handed in").waitFor();
  await follow(inspector, link(inspector, "What the checker says of it"));
  await heading(page, /what the checker says/);
});
