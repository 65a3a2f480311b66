// Files dropped onto the page, as the browser itself hands them over; with scripts off the field takes them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { atHome, report, resultOf, until } from "./serving.js";

describe("dropped", () => {
  for (const scripts of [true, false]) {
    test(`two reports onto the form, scripts ${scripts ? "on" : "off"}`, () =>
      atHome(async (page, context) => {
        await drop(page, context, page.locator(scripts ? ".govuk-file-upload-wrapper" : "input#file"), ["five.docx", "none.docx"]);
        if (scripts) await page.getByText("2 files chosen").waitFor();
        await page.getByRole("button", { name: "Check", exact: true }).click();
        await page.getByRole("heading", { level: 1, name: "Your checks" }).waitFor();
        assert.deepEqual(await page.locator(".app-card a").allInnerTexts(), ["none.docx", "five.docx"]);
      }, { javaScriptEnabled: scripts }));
  }

  test("the next draft onto the result", () =>
    atHome(async (page, context) => {
      await drop(page, context, page.locator(".govuk-file-upload-wrapper"), ["draft.docx"]);
      await page.getByRole("button", { name: "Check", exact: true }).click();
      await resultOf(page, "draft.docx");
      await page.locator(".govuk-file-upload-wrapper").scrollIntoViewIfNeeded();
      await drop(page, context, page.locator(".govuk-file-upload-wrapper"), ["next.docx"]);
      await page.getByRole("button", { name: "Check it" }).click();
      await resultOf(page, "next.docx");
      await page.getByRole("heading", { name: "Since the draft before" }).waitFor();
    }));
});

async function drop(page, context, zone, names) {
  const box = await zone.boundingBox();
  const session = await context.newCDPSession(page);
  const data = { items: [], files: names.map(report), dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: box.x + box.width / 2, y: box.y + box.height / 2, data });
  }
  await session.detach();
  await until(async () => (await page.locator("[name=file]").evaluate((field) => field.files.length)) === names.length);
}
