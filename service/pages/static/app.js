// What every page has: the components of GOV.UK Frontend. Every page works without.
// The library's file has its version in its name; this one has its own in its address.

import { initAll } from "./govuk-frontend-6.3.0.min.js";

function wake(scope) {
  initAll({ scope });
  for (const button of scope.querySelectorAll(".govuk-file-upload-button")) nameAsShown(button);
}

// The name of a button must hold what it shows, in one piece, or it cannot be called by voice (WCAG 2.5.3). The button
// that takes files names itself with a hidden comma in the middle.
function nameAsShown(button) {
  const [label] = button.getAttribute("aria-labelledby").split(" ");
  const shown = [...button.children].filter((part) => !part.matches(".govuk-visually-hidden"));
  shown.forEach((part, place) => (part.id = `${button.id}-shown-${place}`));
  button.setAttribute("aria-labelledby", [label, ...shown.map((part) => part.id)].join(" "));
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
wake(document);
// Another script put something new into the page.
document.addEventListener("app:new", (event) => wake(event.target));
