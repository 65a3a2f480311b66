// What only the keyboard has: every place is reached in the order of the page and seen, and single keys.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { atHome, check, until } from "./serving.js";

const PLACES = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

describe("with the keyboard", () => {
  for (const [what, size] of [["side by side", { width: 1280, height: 900 }], ["on a narrow screen", { width: 320, height: 640 }]]) {
    test(`Tab leads through a result in its order, ${what}, and what has the focus is in view`, () =>
      atHome(async (page) => {
        await check(page, "five.docx");
        const wanted = await page.evaluate(numbered, PLACES);
        const stops = [];
        for (let before = null; ; before = stops.at(-1)) {
          await page.keyboard.press("Tab");
          const { place, seen, name } = await page.evaluate(focused);
          if (place === null || (before !== null && place < before)) break; // round again
          assert.ok(seen, `${name} has the focus and is not to be seen`);
          stops.push(place);
        }
        assert.deepEqual(stops, wanted);
      }, { viewport: size }));
  }

  test("the first Tab is a way past the head of the page", () =>
    atHome(async (page) => {
      await check(page, "five.docx");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await until(() => page.evaluate(() => document.activeElement.id === "first"));
      await page.keyboard.press("Shift+Tab"); // the side itself, which the arrows scroll
      await page.keyboard.press("PageDown");
      await until(() => page.evaluate(() => document.querySelector("#result").scrollTop > 0));
    }));

  test("single keys: next, previous, to the passage, set aside", () =>
    atHome(async (page) => {
      await check(page, "five.docx");
      const chosen = () => page.locator("#list [aria-current=true]").getAttribute("id");
      const press = async (keys, then) => {
        for (const key of keys) await page.keyboard.press(key);
        await until(async () => (await chosen()) === then);
      };
      await press("n", "finding-1");
      await press("j", "finding-2");
      await press("n", "finding-3");
      await press("k", "finding-2");
      await press("p", "finding-1");
      await press("p", "finding-1");
      assert.equal(await page.locator("#list .app-chosen").count(), 1);
      assert.ok(await page.evaluate(() => document.activeElement.matches("#finding-1 [data-main]")));
      const side = await page.locator("#report").boundingBox();
      const mark = await page.locator("#mark-1 + mark").boundingBox();
      assert.ok(mark.y >= side.y && mark.y + mark.height <= side.y + side.height);

      await page.keyboard.press("Enter");
      assert.ok(await page.evaluate(() => document.activeElement.matches("#report a[href='#finding-1']")));
      await page.keyboard.press("Enter");
      assert.ok(await page.evaluate(() => document.activeElement.matches("#finding-1 [data-main]")));

      await page.keyboard.press("s");
      assert.ok(await page.evaluate(() => document.activeElement.matches("#finding-1 [name=reason]")));
      await page.keyboard.type("no new dates: jknps?"); // what is typed is no command
      assert.equal(await chosen(), "finding-1");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Set aside (1)" }).waitFor();
      assert.match(await page.locator("section[aria-labelledby=aside]").innerText(), /no new dates: jknps\?/);
      assert.ok(await page.evaluate(() => document.activeElement.matches("#finding-2 [data-main]")));
    }));

  test("the list of keys, and switching them off", () =>
    atHome(async (page) => {
      await check(page, "five.docx");
      const keys = page.getByRole("dialog", { name: "Keyboard" });
      await page.keyboard.press("?");
      await keys.waitFor();
      await page.keyboard.press("Escape");
      await keys.waitFor({ state: "hidden" });
      await page.keyboard.press("?");
      await keys.getByLabel("Answer to single keys").focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await keys.waitFor({ state: "hidden" });
      await page.keyboard.press("n");
      await page.keyboard.press("?");
      assert.equal(await page.locator(".app-chosen").count(), 0);
      assert.ok(await keys.isHidden());
      await page.reload();
      await page.keyboard.press("n");
      assert.equal(await page.locator(".app-chosen").count(), 0);
      await page.getByRole("button", { name: "Keyboard" }).press("Enter");
      await keys.getByLabel("Answer to single keys").press("Space");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+n");
      assert.equal(await page.locator(".app-chosen").count(), 0);
      await page.keyboard.press("n");
      await page.locator("#finding-1.app-chosen").waitFor();
    }));
});

// In the page: its places in order, each told its number.
function numbered(places) {
  const seen = [...document.querySelectorAll(places)].filter((one) => {
    const closed = one.closest("details:not([open])");
    const isPlace = one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true });
    const isOtherRadio = one.type === "radio" && !one.checked;
    return isPlace && !isOtherRadio && (!closed || one.matches("summary"));
  });
  seen.forEach((one, number) => { one.dataset.place = number; });
  return seen.map((_, number) => number);
}

// In the page: which has the focus, and whether some of it is in view and not covered.
function focused() {
  const one = document.activeElement;
  if (!one || one === document.body) return { place: null };
  const [box] = (one.labels?.[0] ?? one).getClientRects(); // of a link over two lines the first
  const middle = { x: box.x + Math.min(box.width / 2, innerWidth - box.x - 2), y: Math.max(box.y, 0) + 4 };
  const top = document.elementFromPoint(middle.x, middle.y);
  const seen = Boolean(top) && (one.contains(top) || top.contains(one) || one.labels?.[0]?.contains(top));
  return { place: one.dataset.place === undefined ? null : Number(one.dataset.place), seen, name: `${one.outerHTML.slice(0, 120)} at ${JSON.stringify(box)}` };
}
