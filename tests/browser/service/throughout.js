// The two long ways through the service, by keyboard alone: a report read before court, and a sample inspected.

import { test } from "node:test";
import { inspect } from "./inspecting.js";
import { looksWell } from "./looking.js";
import { readThrough } from "./reading.js";

test("a report is read before court: three drafts, two rounds, sign-off before filing", () => readThrough(looksWell));

test("an inspection: a frame of 200, a sample of 62, two readers, their differences settled, results taken away", () => inspect(looksWell));
