// `make browser`: the pages of the real service in Chromium, by mouse, by keyboard alone and with scripts off.

import { after, before } from "node:test";
import { begin, end } from "./service/serving.js";

before(begin);
after(end);

await import("./service/journeys.js");
await import("./service/keyboard.js");
await import("./service/dropping.js");
await import("./service/office.js");
// A report through all its rounds, an inspection from frame to results: some minutes each, left out with QUICK=yes.
if (!process.env.QUICK) await import("./service/throughout.js");
await import("./service/plainly.js");
await import("./service/accessibility.js");
