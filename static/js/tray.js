// The tray: a tick in the table is kept by the server, which answers with the bar of all that is ticked.

const TICK = "input[name=asset][form=compare]";

const bar = () => document.getElementById("tray");
const here = () => location.pathname + location.search;

// One after the other: each answer sets the cookie that the next question is asked with.
let last = Promise.resolve();
function ask(address, values) {
  last = last.then(() => htmx.ajax("POST", address, { target: "#tray", swap: "outerHTML", values: { ...values, next: here() } }))
    .catch(() => {}) // what failed is said where the bar is
    .then(show);
}

// The table shows what the bar holds, also of what was refused.
function show() {
  const chosen = new Set([...bar().querySelectorAll("[data-chosen]")].map((each) => each.dataset.chosen));
  for (const tick of document.querySelectorAll(TICK)) tick.checked = chosen.has(tick.value);
}

document.addEventListener("change", (event) => {
  const tick = event.target;
  if (!tick.matches?.(TICK)) return;
  ask(tick.form.action, { [tick.checked ? "asset" : "remove"]: tick.value });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-tray]")) return;
  event.preventDefault();
  const place = [...form.querySelectorAll("button")].indexOf(event.submitter);
  ask(form.action, Object.fromEntries(new FormData(form, event.submitter)));
  last = last.then(() => {
    if (document.activeElement !== document.body) return;
    (bar().querySelectorAll(".chip-out")[place] ?? bar()).focus(); // the button that was pressed is gone
  });
});

// A file of the chosen has the columns and the order that the table has now.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-of-screen]");
  if (!link) return;
  const words = new URLSearchParams(link.search);
  const now = new URLSearchParams(location.search);
  for (const word of ["sort", "columns", "position"]) {
    words.delete(word);
    if (now.has(word)) words.set(word, now.get(word));
  }
  link.search = words;
});

document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target?.id === "results") show(); });
addEventListener("pageshow", show); // browsers restore ticks as they were when one left
