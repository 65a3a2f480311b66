// The pages of an office: accounts, administration, and the sign-in.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isAccessible, until, visit } from "./serving.js";
import { Office, PASSWORD } from "./offices.js";
import { HANDS } from "./hands.js";

let office;

// The service, and its first administrator's invitation.
function running() {
  return (office ??= start());
}

async function start() {
  const office = await Office.start();
  const invitation = office.invite("j.okafor", "J. Okafor", ["administrator", "practitioner"]);
  return { office, address: office.address, invitation, invited: false };
}

// Somebody who may sign in as the administrator, whose password is set by then.
async function atOffice(journey, options = {}) {
  const { office } = await running();
  const { context, page, faults } = await office.visit(options);
  try {
    await journey(page, context);
  } finally {
    await context.close();
  }
  assert.deepEqual(faults, []);
}

async function signIn(hand, page, name = "j.okafor", password = PASSWORD) {
  await page.goto("/sign-in");
  await hand.write(page.getByLabel("User name"), name);
  await hand.write(page.locator("#password"), password);
  await hand.press(page.getByRole("button", { name: "Sign in", exact: true }));
}

for (const Hand of HANDS) {
  describe(`in an office, ${Hand.called}`, () => {
    const journey = (name, go) => test(name, () => atOffice((page, context) => go(new Hand(page), page, context), Hand.options));
    const looks = async (page, state) => {
      if (Hand.called !== "by mouse") return; // once is enough; and axe-core itself is a script
      await isAccessible(page, state);
      await page.setViewportSize({ width: 320, height: 640 });
      await isAccessible(page, `${state}, narrow`);
      await page.setViewportSize({ width: 1280, height: 900 });
    };
    const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
    const user = `r.${Hand.called.replaceAll(" ", "-")}`;

    journey("by invitation, with a password of one's own", async (hand, page) => {
      const told = await running();
      if (!told.invited) {
        await page.goto(told.invitation);
        await heading(page, "Choose a password");
        await looks(page, "invitation");
        await hand.write(page.locator("#password"), "short");
        await hand.press(page.getByRole("button", { name: "Set the password and sign in" }));
        await page.getByRole("alert").waitFor();
        await looks(page, "invitation, a password that is too short");
        await hand.write(page.locator("#password"), PASSWORD);
        await hand.press(page.getByRole("button", { name: "Set the password and sign in" }));
        await heading(page, "Check a draft before you file it");
        told.invited = true;
      }
      await page.context().clearCookies();
      assert.equal((await page.goto(told.invitation)).status(), 404);
      await looks(page, "an invitation that was used");
    });

    journey("a wrong password, the right one, and out again", async (hand, page) => {
      await page.goto("/checks");
      assert.ok(page.url().endsWith("/sign-in?to=%2Fchecks"), page.url());
      await looks(page, "sign-in");
      await signIn(hand, page, "j.okafor", "something else entirely");
      await page.getByRole("alert").getByText("User name or password is not right").waitFor();
      assert.match(await page.title(), /^Error: /);
      await looks(page, "a wrong password");
      await signIn(hand, page);
      await heading(page, "Check a draft before you file it");
      await hand.press(page.getByRole("button", { name: "Sign out" }));
      await page.getByText("You are signed out.").waitFor();
      await looks(page, "signed out");
      await page.goto("/checks");
      assert.ok(page.url().endsWith("/sign-in?to=%2Fchecks"), page.url());
    });

    journey("one's account: a key that is shown once", async (hand, page) => {
      await signIn(hand, page);
      await hand.press(page.getByRole("link", { name: "J. Okafor" }));
      await heading(page, "Your account");
      await looks(page, "account");
      const name = `Diary ${Hand.called}`;
      await hand.press(page.getByRole("button", { name: "Make a key" }));
      await page.getByRole("alert").waitFor();
      await looks(page, "account, a key without a name");
      await hand.write(page.getByLabel("Name of the new key"), name);
      await hand.press(page.getByLabel("Check reports"));
      await hand.press(page.getByRole("button", { name: "Make a key" }));
      const banner = page.getByRole("alert", { name: "Your new API key" });
      const key = await banner.locator("code").innerText();
      await looks(page, "account, a new key");
      assert.match(key, /^qck_\w+/);
      await page.goto("/account");
      assert.ok(!(await page.content()).includes(key));
      const card = page.locator(".govuk-summary-card", { hasText: name });
      assert.match(await card.innerText(), /Check reports(.|\n)*never/);
      await hand.press(card.getByRole("button", { name: "Revoke" }));
      await page.getByText("The key is revoked.").waitFor();
      assert.match(await card.innerText(), /Revoked/);
      await hand.write(page.locator("#old"), "not it");
      await hand.write(page.locator("#new"), "another lantern orchard");
      await hand.press(page.getByRole("button", { name: "Change the password" }));
      await page.getByRole("alert").waitFor();
      await looks(page, "account, a wrong password");
    });

    journey("administration: a team, a colleague, and what each page says", async (hand, page, context) => {
      await signIn(hand, page);
      await hand.press(page.getByRole("link", { name: "Administration" }));
      await heading(page, "Administration");
      await looks(page, "administration");
      await hand.press(page.getByRole("link", { name: "Teams" }));
      await hand.press(page.getByRole("button", { name: "Add the team" }));
      await page.getByRole("alert").waitFor();
      await looks(page, "teams, without a name");
      await hand.write(page.getByLabel("Name of the new team"), `North ${Hand.called}`);
      await hand.press(page.getByRole("button", { name: "Add the team" }));
      await page.getByText("The teams are changed.").waitFor();
      await looks(page, "teams");

      await page.goto("/administration/accounts");
      await hand.press(page.getByRole("button", { name: "Add and make an invitation" }));
      await page.getByRole("alert").waitFor();
      await looks(page, "accounts, nothing filled in");
      await hand.write(page.getByLabel("Name", { exact: true }), "R. Lindqvist");
      await hand.write(page.getByLabel("User name"), user);
      await hand.press(page.getByLabel("Practitioner"));
      await hand.press(page.getByLabel(`North ${Hand.called}`));
      await hand.press(page.getByRole("button", { name: "Add and make an invitation" }));
      const invitation = await page.getByRole("alert", { name: "Invitation" }).locator("code").innerText();
      await looks(page, "an account, with its invitation");
      await page.goto("/administration/accounts");
      assert.match(await page.getByRole("row", { name: user }).innerText(), /practitioner(.|\n)*Invited/);
      await looks(page, "accounts");

      const other = await visit((await running()).address, { ...Hand.options, ignoreHTTPSErrors: true });
      await other.page.goto(invitation);
      const theirs = new Hand(other.page);
      await theirs.write(other.page.locator("#password"), "harbour velvet nineteen");
      await theirs.press(other.page.getByRole("button", { name: "Set the password and sign in" }));
      await heading(other.page, "Check a draft before you file it");
      assert.equal(await other.page.getByRole("link", { name: "Administration" }).count(), 0);
      assert.equal((await other.page.goto(`${(await running()).address}/administration`)).status(), 403);
      await looks(other.page, "not for them");
      await other.context.close();
      assert.deepEqual(other.faults, []);

      await hand.press(page.getByRole("row", { name: user }).getByRole("link"));
      await hand.press(page.getByLabel("Disabled"));
      await hand.press(page.getByRole("button", { name: "Save" }));
      await page.getByText("The account is changed.").waitFor();
      for (const part of ["False alarms", "Settings", "Audit log"]) {
        await hand.press(page.getByRole("link", { name: /^Administration/ }).first());
        await hand.press(page.locator("main").getByRole("link", { name: part }));
        await heading(page, part);
        await looks(page, part);
      }
      await hand.press(page.getByRole("link", { name: "See whether the log is whole" }));
      await page.getByText("The log is sound").waitFor();
      assert.match(await page.locator("table").innerText(), /account added/);
      await page.goto("/account");
      await hand.press(page.getByRole("button", { name: "Sign out everywhere" }));
      await until(async () => page.url().endsWith("/sign-in?done=everywhere"));
      await context.clearCookies();
    });
  });
}
