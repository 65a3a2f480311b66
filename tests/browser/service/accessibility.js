// axe-core finds nothing on any page in any state, at any size; nothing is to be scrolled sideways. The pages of an
// office are looked at where they are visited: office.js.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { allDone, atHome, check, fits, isAccessible, ownMachine, report, resultOf, upload, visit } from "./serving.js";

const LOOKS = {
  "as wide as a desk": [{ width: 1280, height: 900 }, {}],
  "at 320 pixels": [{ width: 320, height: 640 }, {}],
  "at 400%": [{ width: 320, height: 225 }, {}], // of 1280 by 900
  "in the reader's own colours": [{ width: 1280, height: 900 }, { forcedColors: "active" }],
};
const looksWell = async (page, state) => {
  for (const [look, [size, media]] of Object.entries(LOOKS)) {
    await page.setViewportSize(size);
    await page.emulateMedia({ forcedColors: "none", ...media });
    await isAccessible(page, `${state}, ${look}`);
  }
  await page.setViewportSize({ width: 1280, height: 400 });
  await fits(page, `${state}, low`);
  await page.setViewportSize(LOOKS["as wide as a desk"][0]);
  await page.emulateMedia({ forcedColors: "none" });
};

describe("axe-core finds nothing", () => {
  const state = (name, reach, options) =>
    test(name, () => atHome(async (page, context) => {
      await reach(page, context);
      await looksWell(page, name);
    }, options));
  const send = (page) => page.getByRole("button", { name: "Check", exact: true }).click();

  state("the start", async (page) => page.locator("details summary").click());
  state("the start, files chosen", async (page) => page.locator("#file-input").setInputFiles([report("five.docx"), report("none.docx")]));
  state("the start, no file", async (page) => {
    await send(page);
    await page.getByRole("alert").waitFor();
  });
  state("the start, a wrong file of decisions", async (page) => {
    await page.locator("#file-input").setInputFiles(report("five.docx"));
    await page.locator("#decisions").setInputFiles(report("wrong.toml"));
    await send(page);
    await page.getByRole("alert").waitFor();
  });
  state("no checks", async (page) => page.goto("/checks"));
  state("progress", async (page) => {
    await page.route("**/progress", () => {}); // so that it goes no further
    await upload(page, "many.docx");
    await page.getByRole("heading", { name: "Checking your report" }).waitFor();
  });
  state("too many at once, and then the list of what is checked", async (page) => {
    await upload(page, ...Array(8).fill("many.docx"));
    await page.getByRole("heading", { name: "Too many reports at once" }).waitFor();
    await looksWell(page, "too many at once");
    await page.goto("/checks");
    await allDone(page);
  }, { crowded: true });
  state("a list of checks, one refused", async (page) => {
    await upload(page, "five.docx", "encrypted.docx");
    await allDone(page);
  });
  state("a report that cannot be read", async (page) => {
    await upload(page, "encrypted.docx");
    await page.getByRole("heading", { name: "This report cannot be read" }).waitFor();
  });
  state("no report", async (page) => check(page, "letter.docx"));
  state("a result with nothing to look at", async (page) => check(page, "none.docx"));
  state("a result with five passages, one chosen, all details open", async (page) => {
    await check(page, "five.docx");
    await page.keyboard.press("n");
    await page.locator("details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  });
  state("a result with 200 passages", async (page) => check(page, "many.docx"));
  state("a result of several children, all details open", async (page) => {
    await check(page, "draft.docx");
    await page.locator("details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  });
  state("a result, only what must be fixed", async (page) => {
    await check(page, "draft.docx");
    await page.getByLabel("Level").selectOption("must-fix");
    await page.locator("#shown", { hasText: "Showing" }).waitFor();
  });
  state("a result, with nothing of that kind", async (page) => {
    await check(page, "five.docx");
    await page.goto(`${new URL(page.url()).pathname}?level=consider`);
    await page.getByText("Nothing of that kind.").waitFor();
  });
  state("a result, the list of keys", async (page) => {
    await check(page, "five.docx");
    await page.getByRole("button", { name: "Keyboard" }).click();
    await page.getByRole("dialog").waitFor();
  });
  state("the next draft, with what was set aside; kept, and its case", async (page) => {
    await check(page, "draft.docx");
    await page.locator("#finding-2 [data-aside] summary").click();
    await page.locator("#finding-2 [name=reason]").fill("It says why on page 3.");
    await page.locator("#finding-2 [data-aside] button").click();
    await page.getByRole("heading", { name: "Set aside (1)" }).waitFor();
    await page.locator("#next-file-input").setInputFiles(report("next.docx"));
    await page.getByRole("button", { name: "Check it" }).click();
    await resultOf(page, "next.docx");
    await page.locator(".app-compared__one").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
    await looksWell(page, "the next draft");
    await page.getByLabel("Name of the new case").fill("Looked at");
    await page.getByRole("button", { name: "Keep this draft" }).click();
    const kept = page.locator(".app-result__head").getByRole("link", { name: "Looked at" });
    await kept.waitFor();
    await looksWell(page, "a kept draft");
    await kept.click();
    await page.getByRole("heading", { level: 1, name: "Looked at" }).waitFor();
    await looksWell(page, "a case");
    await page.goto("/cases");
    await looksWell(page, "the cases");
    await check(page, "five.docx"); // with a case to choose
    await looksWell(page, "a result, with a case to keep it in");
    await page.getByLabel("Case", { exact: true }).selectOption({ label: "Looked at" });
    await page.getByRole("button", { name: "Keep this draft" }).click();
    await page.getByText("Does it belong in Looked at?").waitFor();
    await looksWell(page, "a result, which may belong to another case");
    await page.goto("/cases");
    await page.getByRole("link", { name: "Looked at" }).click();
    await page.getByRole("button", { name: "Delete this case" }).click();
    await page.getByRole("button", { name: "Delete the case" }).waitFor();
    await looksWell(page, "whether to delete a case");
    await page.getByRole("button", { name: "Delete the case" }).click();
    await page.getByText("The case is deleted").waitFor();
  });
  state("forgotten", async (page) => {
    await check(page, "five.docx");
    await page.getByRole("button", { name: "Forget this check now" }).click();
    await page.getByText("The check is forgotten:").waitFor();
  });
  state("a false alarm: asked, recorded, added to, listed", async (page) => {
    await check(page, "five.docx");
    const address = await page.locator("#finding-1 form[action*=false-alarm]").getAttribute("action");
    await page.goto(address);
    await page.getByRole("heading", { name: "Is this a false alarm?" }).waitFor();
    await looksWell(page, "whether it is a false alarm");
    await page.getByRole("button", { name: "This is a false alarm" }).click();
    await page.getByLabel("Why it is wrong (optional)").fill("The diary says so.");
    await looksWell(page, "a false alarm, recorded");
    await page.getByRole("button", { name: "Add this" }).click();
    await page.getByText("What you added is recorded.").waitFor();
    await looksWell(page, "a false alarm, added to");
    await page.goto("/administration/false-alarms");
  });
  for (const address of ["/cases", "/criteria", "/criteria?q=child", "/criteria?q=zebra", "/about", "/privacy", "/accessibility", "/api", "/administration", "/administration/settings", "/administration/audit", "/nowhere", "/checks/nothing"]) {
    state(address, async (page) => page.goto(address));
  }
  test("every criterion, narrow", () =>
    atHome(async (page) => {
      await page.goto("/criteria");
      const addresses = await page.locator("main a[href^='/criteria/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      assert.equal(addresses.length, 42);
      for (const address of addresses) {
        await page.goto(address);
        await isAccessible(page, address);
      }
    }, { viewport: { width: 320, height: 640 } }));
  test("whoever is not let in", async () => {
    const { address } = await ownMachine();
    const { context, page, faults } = await visit(address, { baseURL: address });
    for (const place of ["/", "/sign-in", "/open?key=nothing"]) {
      await page.goto(place);
      await looksWell(page, `${place}, not let in`);
    }
    await context.close();
    assert.deepEqual(faults, []);
  });
});
