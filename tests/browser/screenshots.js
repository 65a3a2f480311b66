// The pictures in docs/screenshots, of the service as it is: `node tests/browser/screenshots.js`.

import { join } from "node:path";
import { inspect } from "./service/inspecting.js";
import { readThrough } from "./service/reading.js";
import { atHome, begin, check, end, report, resultOf, root, upload } from "./service/serving.js";

const picture = (page, name) => page.screenshot({ path: join(root, "docs", "screenshots", `service-${name}.png`) });

// Of the long ways through the service: the states that are in the documentation, and what is to be seen of them.
const OF_READINGS = {
  "the list of readings": ["readings"],
  "a first reading, ready to go back": ["reading"],
  "comments of two rounds": ["reading-thread"],
  "the copy for filing": ["reading-copy"],
};
const OF_SAMPLES = {
  "a sample, allotted": ["sample"],
  "a report, graded": ["grading"],
  "a difference to settle": ["settling"],
  results: ["results", ".app-figure"],
};
const some = (states) => async (page, state) => {
  const [name, place] = states[state] ?? [];
  if (!name) return;
  if (place) await page.locator(place).first().evaluate((one) => one.scrollIntoView());
  await picture(page, name);
};

await begin();
try {
  await atHome(async (page) => {
    await page.locator("#file-input").setInputFiles(report("draft.docx"));
    await picture(page, "upload");
    await page.route("**/progress", async (route) => {
      const told = { state: "running", stage: "rules", said: "Looking for what must be there" };
      await route.fulfill({ contentType: "text/event-stream", body: `retry: 600000\nevent: stage\ndata: ${JSON.stringify(told)}\n\n` });
    });
    await upload(page, "draft.docx");
    await page.locator(".app-steps__now", { hasText: "Looking for" }).waitFor();
    await picture(page, "progress");
    await page.unrouteAll();
    await check(page, "draft.docx");
    await picture(page, "result");
    await page.locator("#finding-6 [data-main]").click();
    await picture(page, "finding");
    await page.locator("#finding-2 [data-aside] summary").click();
    await page.locator("#finding-2 [name=reason]").fill("It says why in section 4.");
    await page.locator("#finding-2 [data-aside] button").click();
    await page.getByRole("heading", { name: "Set aside (1)" }).waitFor();
    await page.locator("#next-file-input").setInputFiles(report("next.docx"));
    await page.getByRole("button", { name: "Check it" }).click();
    await resultOf(page, "next.docx");
    await picture(page, "next-draft");
  });
  await atHome(async (page) => {
    await check(page, "draft.docx");
    await picture(page, "narrow");
  }, { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 });
  await readThrough(some(OF_READINGS));
  await inspect(some(OF_SAMPLES));
} finally {
  await end();
}
