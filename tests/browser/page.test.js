// `make browser`: the result page of every example in Chromium. Readable without scripts, asks for nothing from
// anywhere, and axe-core finds nothing against WCAG 2.2 AA.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = join(root, ".venv", "bin", "qualitycheck");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const reports = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".docx"));
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let browser;
let pages;

function run(...words) {
  const done = spawnSync(program, words, { encoding: "utf8", maxBuffer: 2 ** 26 });
  assert.ok([0, 1].includes(done.status), done.stderr);
  return done.stdout;
}

before(async () => {
  pages = mkdtempSync(join(tmpdir(), "pages-"));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  rmSync(pages, { recursive: true, force: true });
});

test("there are example reports", () => assert.ok(reports.length >= 6));

for (const report of reports) {
  test(`the page of ${basename(report)}`, async (t) => {
    const file = join(root, "examples", report);
    const html = join(pages, `${report}.html`);
    run("check", file, "--format", "html", "--output", html);
    const result = JSON.parse(run("check", file, "--format", "json")).reports[0];

    await t.test("is readable without scripts and asks for nothing", async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(html).href);
      assert.deepEqual(asked, [pathToFileURL(html).href]);
      const shown = (await page.locator("body").innerText()).replace(/\s+/g, " ");
      for (const finding of result.findings) {
        assert.ok(shown.includes(finding.message.replace(/\s+/g, " ").trim()), finding.message);
      }
      await context.close();
    });

    for (const [width, scheme] of [[1280, "light"], [320, "light"], [1280, "dark"]]) {
      await t.test(`meets WCAG 2.2 AA at ${width} pixels, ${scheme}`, async () => {
        const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 900 }, colorScheme: scheme });
        const page = await context.newPage();
        await page.goto(pathToFileURL(html).href);
        await page.addScriptTag({ path: axe });
        const { violations } = await page.evaluate((levels) => window.axe.run({ runOnly: levels }), LEVELS);
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} (${nodes.length})`), []);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(sideways <= 0, `the page is ${sideways} pixels wider than the window`);
        await context.close();
      });
    }
  });
}
