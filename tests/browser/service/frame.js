// The frame of the samples: tests/browser/frame.py.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { python, report, root } from "./serving.js";

let made = false;

// A file of it; "" for the folder.
export function frame(name) {
  if (!made) {
    mkdirSync(report("frame"), { recursive: true });
    const done = spawnSync(python, ["-m", "tests.browser.frame", report("frame")], { cwd: root, encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    made = true;
  }
  return report(`frame/${name}`);
}
