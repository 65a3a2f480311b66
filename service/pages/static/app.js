// What every page has: the components of GOV.UK Frontend. Every page works without.
// The library's file has its version in its name; this one has its own in its address.

import { initAll } from "./govuk-frontend-6.3.0.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
