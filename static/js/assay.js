// Progressive enhancement: keyboard, times in the reader's zone, charts to read. Pages work without it.

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
  q: () => {
    const line = document.querySelector("[data-search]");
    line?.closest("details")?.setAttribute("open", "");
    line?.focus();
    line?.select();
  },
  j: () => focusRow(1),
  k: () => focusRow(-1),
  w: () => (inRow("[data-star] button, [data-star] a") ?? document.querySelector("[data-page-star] button"))?.click(),
  x: () => inRow("input[name=asset]")?.click(),
  "?": () => document.querySelector("#keys")?.showModal(),
};

// Escape clears a search and what it finds follows, as it does when one deletes the words; then it leaves.
function clearOrLeave(event) {
  const field = event.target;
  if (field.type !== "search" || field.value === "") return field.blur();
  event.preventDefault(); // some browsers clear it themselves, others do not
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// A field with words in it is cleared first; whoever was in the menu is where it was opened from.
function escape(event, typing) {
  const menu = document.querySelector("[data-menu][open]");
  const wasIn = menu?.contains(event.target);
  if (typing) clearOrLeave(event);
  if (!menu || event.defaultPrevented) return;
  menu.removeAttribute("open");
  if (wasIn) menu.querySelector("summary").focus();
}

// A menu closes behind whoever tabs out of it, so that it covers nothing. A press on what takes no focus in it
// leaves the focus with something around the menu.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest?.("[data-menu][open]");
  if (!menu || !relatedTarget || menu.contains(relatedTarget) || relatedTarget.contains(menu)) return;
  menu.removeAttribute("open");
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
  if (event.key === "Escape") escape(event, typing);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// The page's language as the reader's region writes it: 21 Nov in Britain, Nov 21 in the United States.
const { lang } = document.documentElement;
const region = navigator.languages.find((each) => each.split("-")[0] === lang) ?? lang;
const local = new Intl.DateTimeFormat(region, { dateStyle: "medium", timeStyle: "short" });

const calendar = new Intl.DateTimeFormat(region, { dateStyle: "medium", timeZone: "UTC" });

function showTimes(root) {
  for (const time of root.querySelectorAll("time[data-day]")) {
    time.textContent = calendar.format(new Date(time.dateTime));
  }
  for (const time of root.querySelectorAll("time[data-moment]")) {
    time.textContent = local.format(new Date(time.dateTime));
  }
}

// On a narrow screen the results come first; the filters open at a tap.
if (matchMedia("(width < 60rem)").matches) {
  for (const panel of document.querySelectorAll("[data-narrow-closed]")) panel.removeAttribute("open");
}

// Paper says what it shows and when it was printed, also where the address has changed since the page came.
addEventListener("beforeprint", () => {
  const now = new Date().toISOString();
  const printed = document.querySelector(".printed");
  printed.textContent = `Assay · ${calendar.format(new Date(now))}, ${now.slice(11, 16)} UTC · ${location.href}`;
});

// A form whose fields take effect at once hides the button that people without JavaScript need.
document.documentElement.classList.add("scripted");
// Browsers lend the clipboard to safe origins only.
if (navigator.clipboard) document.documentElement.classList.add("can-copy");
showTimes(document);
document.addEventListener("htmx:load", (event) => {
  showTimes(event.detail.elt);
  showCharts(event.detail.elt);
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const copier = event.target.closest("[data-copy]");
  if (copier) copy(copier);
});

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const said = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = said; }, 1500);
}

// A chart is read by pointing at it, or with the arrow keys; what a point says stands above the plot.
function readable(chart) {
  const plot = chart.querySelector(".chart-plot");
  const output = chart.querySelector("[data-reading]");
  const points = [...plot.querySelectorAll(".point")];
  const texts = points.map((point) => {
    const title = point.querySelector("title");
    title.remove(); // else the browser shows it a second time
    return title.textContent;
  });
  let here = points.length - 1;

  function show(place) {
    points[here].classList.remove("here");
    here = Math.min(Math.max(place, 0), points.length - 1);
    points[here].classList.add("here");
    output.textContent = texts[here];
  }

  const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };
  plot.setAttribute("tabindex", "0");
  plot.addEventListener("pointermove", (event) => {
    const place = points.indexOf(event.target);
    if (place >= 0) show(place);
  });
  plot.addEventListener("keydown", (event) => {
    if (!(event.key in steps)) return;
    event.preventDefault();
    show(here + steps[event.key]);
  });
  plot.addEventListener("pointerleave", () => points[here].classList.remove("here"));
  plot.addEventListener("blur", () => points[here].classList.remove("here"));
}

const charts = new WeakSet(); // those that can be read already

function showCharts(root) {
  for (const chart of root.querySelectorAll("[data-chart]")) {
    if (!charts.has(chart)) readable(chart);
    charts.add(chart);
  }
}

showCharts(document);

// A file takes a while to be read: the button says so, and is not pressed twice.
document.addEventListener("submit", (event) => {
  const button = event.target.matches?.("form[data-busy]") && event.target.querySelector("button:not([type=button])");
  if (!button) return;
  if (button.ariaDisabled) return event.preventDefault();
  button.dataset.idle = button.textContent;
  button.textContent = event.target.dataset.busy;
  button.ariaDisabled = "true";
  const box = event.target.querySelector("[data-far]");
  if (box) asking = setInterval(() => showFar(box, event.target.elements.watch.value), 700);
});
addEventListener("pageshow", () => {
  clearInterval(asking);
  for (const button of document.querySelectorAll("form[data-busy] button[data-idle]")) {
    button.textContent = button.dataset.idle;
    button.ariaDisabled = null;
  }
  for (const box of document.querySelectorAll("[data-far]")) box.hidden = true;
});

// While its answer is on the way, the page says how far the file is; the answer says whether it was stopped.
let asking;

async function showFar(box, watch) {
  const answer = await fetch(`${box.dataset.far}?watch=${watch}`);
  if (!answer.ok) return clearInterval(asking);
  const far = await answer.json();
  if (!far.text || box.dataset.stopped) return;
  const bar = box.querySelector("progress");
  [bar.max, bar.value] = [far.total, far.done];
  box.querySelector("[data-far-text]").textContent = far.text;
  box.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-stops]");
  if (!button || button.ariaDisabled) return;
  button.ariaDisabled = "true";
  const box = button.closest("[data-far]");
  box.dataset.stopped = "true";
  const { watch, csrfmiddlewaretoken } = button.form.elements;
  const body = new URLSearchParams({ watch: watch.value, csrfmiddlewaretoken: csrfmiddlewaretoken.value });
  const answer = await fetch(box.dataset.stop, { method: "POST", body });
  box.querySelector("[data-far-text]").textContent = (await answer.json()).text;
});
