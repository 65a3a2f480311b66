// What every page has: the components of GOV.UK Frontend. Every page works without.
// The library's file has its version in its name; this one has its own in its address.

import { initAll } from "./govuk-frontend-6.3.0.min.js";

function wake(scope) {
  initAll({ scope });
  for (const button of scope.querySelectorAll(".govuk-file-upload-button")) nameAsShown(button);
}

// The name of a button must hold what it shows, or it cannot be called by voice (WCAG 2.5.3). The button that takes files
// has a hidden comma in the middle of its.
function nameAsShown(button) {
  const [label] = button.getAttribute("aria-labelledby").split(" ");
  button.querySelector(".govuk-visually-hidden").replaceWith(" ");
  button.setAttribute("aria-labelledby", `${label} ${button.id}`);
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
wake(document);
// Another script put something new into the page.
document.addEventListener("app:new", (event) => wake(event.target));
