// What a page looks like: nothing for axe-core to find, on a desk and narrow; and a picture of it, for people to look at:
// PICTURES=folder make browser

import { join } from "node:path";
import { isAccessible } from "./serving.js";

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

export async function looksWell(page, state, { narrow = false } = {}) {
  await isAccessible(page, state);
  await picture(page, state);
  if (!narrow) return;
  await page.setViewportSize(NARROW);
  await isAccessible(page, `${state}, narrow`);
  await picture(page, `${state}, narrow`);
  await page.setViewportSize(WIDE);
}

async function picture(page, state) {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${state.replaceAll(/\W+/g, "-")}.png`), fullPage: true });
}
