// A row at a glance: after a moment under the pointer, or with p where the focus is.
// [data-peek="address"] tells where the glance is fetched; one region for all shows it.

const WAIT_MS = 350;
const LEAVE_MS = 200; // long enough for the pointer to cross over into the region
const GAP = 8;

let shown = null; // the element whose glance is open or on its way
let byKey = false;
let request = null;
let timer = 0;

const region = document.createElement("aside");
region.className = "peek";
region.popover = "manual";
region.setAttribute("role", "region");
region.setAttribute("aria-live", "polite");
region.setAttribute("aria-labelledby", "peek-title");

function close() {
  clearTimeout(timer);
  request?.abort();
  if (region.contains(document.activeElement)) shown?.focus();
  request = shown = null;
  region.remove(); // which hides it, too
  region.replaceChildren();
}

function later(act, wait) {
  clearTimeout(timer);
  timer = setTimeout(act, wait);
}

async function open(element, { key }) {
  close();
  shown = element;
  byKey = key;
  const asked = request = new AbortController();
  // There before its text is, else screen readers would not notice the text; unseen while empty.
  document.body.append(region);
  region.showPopover();
  try {
    const headers = { "HX-Request": "true" };
    const answer = await fetch(element.dataset.peek, { headers, signal: asked.signal });
    const text = answer.ok ? await answer.text() : "";
    if (asked.signal.aborted) return;
    request = null;
    if (!text || !element.isConnected) return close();
    region.innerHTML = text;
    place(element);
  } catch (problem) {
    if (asked.signal.aborted) return;
    close();
    throw problem;
  }
}

// Beside what it is about where there is room, or else below or above it; always wholly on the screen.
function place(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = region;
  const isBeside = right + GAP + width <= innerWidth;
  const below = bottom + GAP + height <= innerHeight ? bottom + GAP : top - GAP - height;
  const x = isBeside ? right + GAP : Math.min(left, innerWidth - width - GAP);
  const y = isBeside ? Math.min(top, innerHeight - height - GAP) : below;
  region.style.left = `${Math.max(GAP, x)}px`;
  region.style.top = `${Math.max(GAP, y)}px`;
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const element = event.target.closest("[data-peek]");
  if (region.contains(event.target) || (element && element === shown)) clearTimeout(timer);
  else if (element) later(() => open(element, { key: false }), WAIT_MS);
});

document.addEventListener("pointerout", (event) => {
  const left = event.target.closest("[data-peek]") ?? (region.contains(event.target) ? region : null);
  if (!left || left.contains(event.relatedTarget)) return;
  if (!shown) clearTimeout(timer);
  else if (!byKey) later(close, LEAVE_MS);
});

const focused = () => {
  const here = document.activeElement;
  return here?.closest("[data-peek]") ?? here?.closest("[data-row]")?.querySelector("[data-peek]");
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown) return close();
  const typing = event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (event.key !== "p" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const element = focused();
  if (!element) return;
  event.preventDefault();
  if (element === shown) close();
  else open(element, { key: true });
});

document.addEventListener("focusout", (event) => {
  if (byKey && shown && !region.contains(event.relatedTarget)) close();
});

// What it stands beside moves away or is gone.
document.addEventListener("scroll", (event) => { if (shown && !region.contains(event.target)) close(); }, true);
document.addEventListener("htmx:afterSwap", () => { if (shown && !shown.isConnected) close(); });
