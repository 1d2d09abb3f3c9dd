// Sections of the asset page that are not there yet ([data-waiting]) load a little before they are scrolled
// to, when an anchor leads into them, and all at once before printing. Without scripts the page comes whole.

const AHEAD = "75%"; // of the window's height

const waiting = () => [...document.querySelectorAll("[data-waiting]")];
const load = (section) => htmx.trigger(section, "needed");
const target = (event) => event.detail.target?.closest?.("[data-waiting]");

// Ahead of the reader, so that most never see a section without its content.
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target: section } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(section);
    load(section);
  }
}, { rootMargin: `0px 0px ${AHEAD} 0px` });

// An anchor inside a section that waits: criteria begin with the name of their section, evidence is listed.
// Sections that arrive above it a moment later may move it, so it is gone to again, unless the reader moves on.
const SETTLING_MS = 1000;
let wanted = "";

function holding(anchor) {
  const name = anchor.split(".")[0];
  const holders = waiting().filter(({ id, dataset }) => id === name || dataset.anchors.split(" ").includes(name));
  return holders.length ? holders : waiting();
}

// A hash that is no encoded text, such as `#%`, leads nowhere.
function nameIn(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

function follow() {
  wanted = nameIn(location.hash);
  if (!wanted) return;
  if (isThere()) settle();
  else holding(wanted).forEach(load);
}

const isThere = () => document.getElementById(wanted)?.matches(":not([data-waiting])");
const moveOn = () => { wanted = ""; };

function settle() {
  const target = document.getElementById(wanted);
  if (target instanceof HTMLDetailsElement) target.open = true; // who follows a link to it wants to read it
  setTimeout(moveOn, SETTLING_MS);
}

function arrive() {
  if (wanted && isThere()) {
    location.replace(location.hash); // this way the browser scrolls there and knows the target
    settle();
  } else if (!waiting().length) moveOn();
}

for (const name of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  document.addEventListener(name, moveOn, { passive: true });
}

// Who came to a waiting section with the keyboard goes on in what takes its place.
let focused = "";

function keepFocus(section) {
  if (section?.contains(document.activeElement)) focused = section.id;
}

function giveFocusBack() {
  const section = focused && document.getElementById(focused);
  if (!section || section.matches("[aria-busy]")) return;
  focused = "";
  if (document.activeElement !== document.body) return; // they went elsewhere meanwhile
  const place = section.querySelector("[role=alert] > :not([hidden]) [data-load]") ?? section.querySelector("h2, h3");
  if (!place) return;
  if (!place.matches("a, button")) place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const section = target(event);
  if (!section) return;
  keepFocus(section);
  section.setAttribute("aria-busy", "true");
  section.querySelector("[role=alert] > p").hidden = true;
});

function failed(event) {
  const section = target(event);
  if (!section) return;
  section.removeAttribute("aria-busy");
  section.querySelector("[role=alert] > p").hidden = false;
  giveFocusBack();
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);
document.addEventListener("htmx:beforeSwap", (event) => keepFocus(target(event)));
document.addEventListener("htmx:afterSwap", giveFocusBack);
document.addEventListener("htmx:afterSettle", arrive);

document.addEventListener("click", (event) => {
  const section = event.target.closest("[data-load]")?.closest("[data-waiting]");
  if (!section) return;
  event.preventDefault();
  load(section);
});

// Nothing but a synchronous request is back before the page is put on paper.
addEventListener("beforeprint", () => {
  if (!waiting().length) return;
  const request = new XMLHttpRequest();
  request.open("GET", document.querySelector("[data-whole]").href, false);
  request.send();
  if (request.status !== 200) return;
  const whole = new DOMParser().parseFromString(request.responseText, "text/html");
  for (const section of waiting()) {
    const loaded = whole.getElementById(section.id);
    section.replaceWith(...(loaded ? [document.adoptNode(loaded)] : []));
    if (!loaded) continue;
    htmx.process(loaded);
    htmx.trigger(loaded, "htmx:load", { elt: loaded });
  }
});

// After htmx has read the page.
document.addEventListener("DOMContentLoaded", () => {
  for (const section of waiting()) near.observe(section);
  follow();
});
addEventListener("hashchange", follow);
