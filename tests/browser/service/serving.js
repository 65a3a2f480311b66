// The real service, one browser for all tests, and visitors who notice when a page does what it must not: an error in
// the console, anything against the content security policy, a request to anywhere but the service.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const PATIENCE = Number(process.env.PATIENCE ?? 60_000); // milliseconds: a check takes less than a second on a machine with nothing else to do
const STARTING = 240_000; // the models are loaded
export const python = join(root, ".venv", "bin", "python");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const folder = mkdtempSync(join(tmpdir(), "service-"));
export const report = (name) => join(folder, "reports", name);
const ending = []; // what is to be stopped

// The program

export function qualitycheck(words, environment = {}) {
  const done = spawnSync(python, ["-m", "qualitycheck", ...words], {
    cwd: root, env: told(environment), encoding: "utf8", maxBuffer: 2 ** 26,
  });
  assert.ok([0, 1].includes(done.status), done.stderr);
  return done.stdout;
}

function told(environment) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("QUALITYCHECK_"));
  return { ...Object.fromEntries(kept), ...environment };
}

export class Service {
  // Starts the program with these settings, by name; ready when this is done.
  static async start(settings = {}) {
    const data = mkdtempSync(join(folder, "data-"));
    const environment = { QUALITYCHECK_DATA_FOLDER: data };
    for (const [name, value] of Object.entries(settings)) environment[`QUALITYCHECK_${name.toUpperCase()}`] = String(value);
    const service = new Service();
    service.environment = environment;
    service.said = "";
    service.links = 0;
    const words = ["-m", "qualitycheck", "serve", "--port", "0", "--no-browser"];
    const running = spawn(python, words, { cwd: data, env: told({ PYTHONPATH: root, ...environment }), stdio: ["ignore", "pipe", "pipe"] });
    let wrong = "";
    running.stdout.on("data", (text) => { service.said += text; });
    running.stderr.on("data", (text) => { wrong += text; });
    ending.push(() => new Promise((done) => { running.once("exit", done); running.kill(); }));
    await until(() => {
      assert.equal(running.exitCode, null, wrong);
      return /127\.0\.0\.1:\d+/.test(service.said);
    }, STARTING);
    service.address = `http://${service.said.match(/127\.0\.0\.1:\d+/)[0]}`;
    await until(async () => (await fetch(`${service.address}/readyz`)).ok, STARTING);
    return service;
  }

  // The one-time link that was not used yet; a new one is printed when one is.
  async link() {
    const links = () => this.said.match(/http:\S+\/open\?key=\S+/g) ?? [];
    await until(() => links().length > this.links);
    this.links = links().length;
    return links().at(-1);
  }
}

export async function until(condition, patience = PATIENCE) {
  const end = Date.now() + patience;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `still not: ${condition}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

// The browser

let browser;
let home;
let small;

export const ownMachine = () => (home ??= Service.start({ workers: 1 }));
// With little room. Whoever is told to come again there has a place kept for a while, which nobody else gets.
const smallMachine = () => (small ??= Service.start({ workers: 1, queue: 3 }));

export async function begin() {
  mkdirSync(report(""));
  const made = spawnSync(python, ["-m", "tests.browser.reports", report("")], { cwd: root, encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

export async function end() {
  await browser?.close();
  await Promise.all(ending.map((stop) => stop()));
  rmSync(folder, { recursive: true, force: true });
}

export function onEnd(stop) {
  ending.push(stop);
}

// Somebody in a browser of their own, at `address`; `options` are Playwright's for a context.
export async function visit(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${address}/`)) faults.push(`asked for ${request.url()}`);
  });
  page.on("console", (message) => {
    // A page that says what went wrong comes with a status of its own, which Chromium calls an error.
    const isThePage = message.text().startsWith("Failed to load resource") && message.location().url === page.url();
    if (["error", "warning"].includes(message.type()) && !isThePage) faults.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => faults.push(`threw ${error}`));
  return { context, page, faults };
}

// Runs `journey(page)` as whoever opened the link of this computer, and asserts that the browser had nothing to say.
export async function atHome(journey, { crowded = false, ...options } = {}) {
  const service = await (crowded ? smallMachine() : ownMachine());
  const { context, page, faults } = await visit(service.address, { baseURL: service.address, ...options });
  try {
    await page.goto(await service.link());
    await journey(page, context);
  } finally {
    await context.close();
  }
  assert.deepEqual(faults, []);
}

// What everybody does

export async function upload(page, ...names) {
  await page.goto("/");
  await page.locator("#file-input, input#file").first().setInputFiles(names.map(report));
  await page.getByRole("button", { name: "Check", exact: true }).click();
}

// The result of this report, from its upload.
export async function check(page, name) {
  await upload(page, name);
  await resultOf(page, name);
}

export async function resultOf(page, name) {
  await page.getByRole("heading", { level: 1, name }).and(page.locator(".app-result h1")).waitFor();
  return new URL(page.url()).pathname;
}

// Until nothing in the list of checks waits any more.
export const allDone = (page) => until(async () => !/Waiting|Being checked/.test(await page.locator("#held").innerText()));

// What is said of accessibility

// axe-core finds nothing, and the page fits.
export async function isAccessible(page, state) {
  await fits(page, state);
  await page.evaluate(axe);
  const { violations } = await page.evaluate((levels) => window.axe.run({ runOnly: levels }), LEVELS);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} (${nodes.length}) ${nodes[0].failureSummary}`);
  assert.deepEqual(found, [], state);
}

// Nothing has to be scrolled sideways.
export async function fits(page, state) {
  assert.deepEqual(await page.evaluate(sideways), [], `${state}: wider than its place`);
}

// In the page: what has to be scrolled sideways, and is not made for it.
function sideways() {
  const made = ".app-scroll, .app-code, .scroll, input, textarea, select";
  return [...document.querySelectorAll("html, body, body *")]
    .filter((one) => one.scrollWidth > one.clientWidth && one.clientWidth > 0 && !one.closest(made))
    .filter((one) => one === document.documentElement || ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
    .map((one) => `${one.outerHTML.slice(0, 100)}: ${one.scrollWidth} in ${one.clientWidth}`);
}
