// What people do in a journey, by whatever hand is theirs: `person` has a `page` and a `hand`.

import { readFileSync } from "node:fs";

export const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
export const press = (person, target) => person.hand.press(target);
export const button = (person, name) => person.page.getByRole("button", { name });
export const link = (person, name) => person.page.getByRole("link", { name });

// To the page that a link or a button leads to.
export async function follow(person, target) {
  const loaded = person.page.waitForEvent("load");
  await press(person, target);
  await loaded;
}

// By the navigation.
export const goTo = (person, name) => follow(person, person.page.locator(".govuk-service-navigation").getByRole("link", { name }));

export async function download({ page, hand }, target) {
  const coming = page.waitForEvent("download");
  await hand.press(target);
  const file = await coming;
  return { name: file.suggestedFilename(), data: readFileSync(await file.path()) };
}
