// A page that waits: it follows the check as it goes on, and opens the result. Without scripts it refreshes itself.

const LOOK_AGAIN = 3000; // milliseconds, where events do not come through

const progress = document.querySelector("#progress[data-events]");
if (progress) {
  const said = progress.querySelector("[data-said]");
  const steps = [...progress.querySelectorAll("[data-stage]")];
  const events = new EventSource(progress.dataset.events);
  events.addEventListener("stage", (event) => {
    const told = JSON.parse(event.data);
    if (said.textContent !== told.said) said.textContent = told.said;
    const now = steps.findIndex((step) => step.dataset.stage === told.stage);
    steps.forEach((step, place) => {
      step.classList.toggle("app-steps__done", now >= 0 && place < now);
      step.classList.toggle("app-steps__now", place === now);
    });
  });
  events.addEventListener("done", () => {
    events.close();
    location.reload();
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), LOOK_AGAIN);
  });
}

// The list of several: only the list changes, so that nothing that is being done is lost.
async function lookAgain() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
  const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#held");
  const list = document.querySelector("#held");
  if (fresh && !list.contains(document.activeElement)) list.replaceWith(fresh);
  wait();
}

function wait() {
  if (document.querySelector("#held[data-waits]")) setTimeout(lookAgain, LOOK_AGAIN);
}

wait();
