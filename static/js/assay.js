// Progressive enhancement: keyboard, times in the reader's zone, the keys dialog. Pages work without it.

const rows = () => [...document.querySelectorAll("[data-row]")];

function focusRow(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
  const link = all[next].querySelector("[data-open]");
  link.focus();
  link.scrollIntoView({ block: "nearest" });
}

const inRow = (selector) => document.activeElement?.closest("[data-row]")?.querySelector(selector);

const keys = {
  "/": () => {
    const search = document.querySelector("[data-search]");
    search?.closest("details")?.setAttribute("open", "");
    search?.focus();
    search?.select();
  },
  j: () => focusRow(1),
  k: () => focusRow(-1),
  w: () => (inRow("[data-star] button, [data-star] a") ?? document.querySelector("[data-page-star] button"))?.click(),
  "?": () => document.querySelector("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
  if (typing && event.key === "Escape") event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const local = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

function showTimes(root) {
  for (const time of root.querySelectorAll("time[data-moment]")) {
    time.textContent = local.format(new Date(time.dateTime));
  }
}

// On a narrow screen the results come first; the filters open at a tap.
if (matchMedia("(width < 60rem)").matches) {
  for (const panel of document.querySelectorAll("[data-narrow-closed]")) panel.removeAttribute("open");
}

// A form whose fields take effect at once hides the button that people without JavaScript need.
document.documentElement.classList.add("scripted");
showTimes(document);
document.addEventListener("htmx:afterSwap", (event) => showTimes(event.target));

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const copier = event.target.closest("[data-copy]");
  if (copier) navigator.clipboard?.writeText(copier.dataset.copy).then(() => copier.setAttribute("data-copied", ""));
});
