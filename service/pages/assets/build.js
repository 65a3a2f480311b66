// After the style sheet is compiled: the script of GOV.UK Frontend beside it, and the checksums of both.
// tests/service/pages/test_assets.py holds the committed files to them.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const made = new URL("../static/", import.meta.url);
const frontend = new URL("node_modules/govuk-frontend/", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("package.json", frontend)));
const script = `govuk-frontend-${version}.min.js`;

const text = readFileSync(new URL("dist/govuk/govuk-frontend.min.js", frontend), "utf8");
writeFileSync(new URL(script, made), text.replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "\n"));

const sum = (name) => createHash("sha256").update(readFileSync(new URL(name, made))).digest("hex");
writeFileSync(new URL("SHA256SUMS", made), ["app.css", script].map((name) => `${sum(name)}  ${name}\n`).join(""));
