// The three ways to use a page: with a mouse, with the keyboard alone, and with a mouse where scripts are switched off.
// A journey is written once and gone through by each.

import assert from "node:assert/strict";

const MOST_STOPS = 900;

class Mouse {
  static called = "by mouse";
  static options = {};
  scripts = true;

  constructor(page) {
    this.page = page;
  }

  // A link, a button, the words that open details, a box to tick.
  async press(target) {
    await target.click();
  }

  async write(field, text) {
    await field.click();
    await field.press("ControlOrMeta+a");
    await this.page.keyboard.type(text);
  }

  async pick(select, label) {
    await select.selectOption({ label });
  }

  async mark(radio) {
    await radio.check();
  }

  async files(opener, paths) {
    const asked = this.page.waitForEvent("filechooser");
    await this.press(opener);
    await (await asked).setFiles(paths);
  }
}

export class Keyboard extends Mouse {
  static called = "by keyboard alone";

  async press(target) {
    await this.reach(target);
    const ticks = await target.evaluate((element) => element.matches("[type=checkbox]"));
    await this.page.keyboard.press(ticks ? "Space" : "Enter");
  }

  async write(field, text) {
    await this.reach(field);
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.type(text);
  }

  // By its letters, as many as it takes, as a list of choices answers to.
  async pick(select, label) {
    await this.reach(select);
    const isPicked = () => select.evaluate((one, wanted) => one.selectedOptions[0]?.label === wanted, label);
    for (const letter of label) {
      await this.page.keyboard.type(letter);
      if (await isPicked()) return;
    }
    assert.fail(`${label} is not to be picked by its letters`);
  }

  async mark(radio) {
    await this.reach(await startOf(radio));
    if (!(await radio.isChecked())) await this.page.keyboard.press("Space"); // where none was chosen, this is the first
    for (let tries = 0; tries < 10 && !(await radio.isChecked()); tries += 1) await this.page.keyboard.press("ArrowDown");
    assert.ok(await radio.isChecked());
  }

  // With Tab from where the focus is.
  async reach(target) {
    let element = await target.elementHandle();
    const there = async () => {
      if (!(await element.evaluate((one) => one.isConnected))) element = await target.elementHandle(); // another in its place
      return element.evaluate((one) => one === document.activeElement);
    };
    for (let stops = 0; !(await there()); stops += 1) {
      assert.ok(stops < MOST_STOPS, `Tab does not lead to ${target}`);
      await this.page.keyboard.press("Tab");
    }
    assert.ok(await element.evaluate(shows), `that ${target} has the focus is not to be seen`);
  }
}

// Where Tab leads to in the group of a radio button: the one that is chosen, or the first where none is.
async function startOf(radio) {
  const group = radio.locator("xpath=ancestor::form[1]").locator(`[name="${await radio.getAttribute("name")}"]`);
  const chosen = group.and(radio.page().locator(":checked"));
  return (await chosen.count()) ? chosen : group.first();
}

export class Scriptless extends Mouse {
  static called = "with scripts off";
  static options = { javaScriptEnabled: false };
  scripts = false;
}

// Whether the element with the focus says so: by an outline, a shadow or a background (runs in the page).
function shows(element) {
  const looks = (one) => ["outlineStyle", "outlineWidth", "boxShadow", "backgroundColor", "borderTopColor"].map((name) => getComputedStyle(one)[name]).join();
  const told = () => [element, element.labels?.[0]].filter(Boolean).map((one) => looks(one) + (one === element ? "" : getComputedStyle(one, "::before").boxShadow)).join();
  const focused = told();
  element.blur();
  const plain = told();
  element.focus({ preventScroll: true });
  return focused !== plain;
}

export const HANDS = [Mouse, Keyboard, Scriptless];
export const fileButton = (page) => page.getByRole("button", { name: "Your draft" }).or(page.locator("input#file"));
