// A page of a sample on which something goes on: only what is said of it changes, and what comes next opens by itself.

const LOOK_AGAIN = 2000; // milliseconds

async function lookAgain() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return wait();
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = fresh.querySelector("#going-on");
  if (!now) return location.reload();
  document.querySelector("#going-on").replaceWith(document.importNode(now, true));
  wait();
}

function wait() {
  setTimeout(lookAgain, LOOK_AGAIN);
}

if (document.querySelector("#going-on")) wait();
