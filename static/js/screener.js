// The screener's own touches: completions of the query, brushing a histogram, density, cells by arrow keys.

// Completions ------------------------------------------------------------------------

const TYPING_PAUSE_MS = 120;

class Completions {
  constructor(input, list, address) {
    Object.assign(this, { input, list, address, here: -1, timer: 0, asked: null });
    input.addEventListener("input", () => this.later());
    input.addEventListener("click", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // else the field loses focus before the option is taken
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
    });
  }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }

  get isOpening() { return Boolean(this.timer || this.asked); }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), TYPING_PAUSE_MS);
  }

  async ask() {
    this.cancel();
    const asked = this.asked = new AbortController();
    const words = new URLSearchParams({ q: this.input.value, caret: this.input.selectionStart });
    try {
      const answer = await fetch(`${this.address}?${words}`, { signal: asked.signal });
      if (!answer.ok || document.activeElement !== this.input) return;
      this.list.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // offline: the line works without
      return;
    } finally {
      if (this.asked === asked) this.asked = null;
    }
    this.here = -1;
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.key === "ArrowDown" && this.list.hidden) { this.ask(); event.preventDefault(); return; }
    // Once more clears the line. A list that is on its way would open after it was refused.
    if (event.key === "Escape" && (this.isOpening || !this.list.hidden)) {
      this.close();
      event.stopPropagation();
      event.preventDefault();
      return;
    }
    if (this.list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.show(this.here + steps[event.key]);
    else if (event.key === "Tab" && this.here >= 0) this.take(this.options[this.here]);
    else if (event.key === "Enter" && this.here >= 0) this.take(this.options[this.here]);
    else return;
    event.preventDefault();
  }

  show(place) {
    const options = this.options;
    options[this.here]?.setAttribute("aria-selected", "false");
    this.here = (place + options.length) % options.length;
    options[this.here].setAttribute("aria-selected", "true");
    options[this.here].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.here].id);
  }

  take(option) {
    const { start, end, text } = option.dataset;
    this.input.setRangeText(text, Number(start), Number(end), "end");
    this.input.focus();
    this.close();
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  cancel() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.asked?.abort();
    this.asked = null;
  }

  close() {
    this.cancel();
    this.list.hidden = true;
    this.here = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function complete(root) {
  const line = root.matches?.("[data-complete]") ? root : root.querySelector?.("[data-complete]");
  if (!line || line.dataset.ready) return;
  line.dataset.ready = "yes";
  new Completions(line.querySelector("input"), line.querySelector("[role=listbox]"), line.dataset.complete);
}

complete(document);
document.addEventListener("htmx:load", (event) => complete(event.detail.elt));

// Text fields take effect as one types ---------------------------------------------------

const FORMS = new Set(["query-form", "filters"]);
const HELD_MS = 60; // from the release of a finger to the click that it makes

let pressed = false;
let held = null; // what was answered while something was pressed: asked again when it is released
let resumed = "";

// The server is told what is being typed, so that a word on its way does not empty the table.
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, triggeringEvent, parameters } = event.detail;
  if (!FORMS.has(elt.id)) return;
  const field = triggeringEvent?.target;
  let typing = resumed;
  if (triggeringEvent?.type === "input" && field?.matches?.("#query, .typed")) {
    typing = field.id === "query" ? String(field.selectionStart) : field.name;
  }
  resumed = "";
  if (typing) parameters.typing = typing;
});

// An answer that comes between press and release would take away what is being clicked.
for (const name of ["pointerdown", "pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    if (name === "pointerdown") { pressed = true; return; }
    setTimeout(() => {
      pressed = false;
      const { form, typing } = held ?? {};
      held = null;
      if (!form?.isConnected) return;
      resumed = typing;
      htmx.trigger(form, "submit");
    }, HELD_MS);
  }, true);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, parameters } = event.detail.requestConfig;
  if (!pressed || !FORMS.has(elt.id)) return;
  event.preventDefault();
  held = { form: elt, typing: parameters.typing ?? "" };
});

// What was typed and not asked yet outlives an answer to something else (an order, a page, the other form) that
// renews its form: it goes over into the new one, and is asked there.
const textsOf = (form) => [...form.querySelectorAll("#query, .typed")];
const isUnasked = (field) => field.value !== (field.dataset.asked ?? field.defaultValue);

document.addEventListener("htmx:configRequest", ({ detail: { elt } }) => {
  if (FORMS.has(elt.id)) for (const field of textsOf(elt)) field.dataset.asked = field.value;
});

document.addEventListener("htmx:oobBeforeSwap", ({ detail: { target, fragment } }) => {
  const renewed = FORMS.has(target.id) && fragment.querySelector("form");
  if (!renewed) return;
  for (const field of textsOf(target).filter(isUnasked)) {
    const { value, selectionStart: start, selectionEnd: end } = field;
    const heir = textsOf(renewed).find(({ name }) => name === field.name);
    const hadFocus = document.activeElement === field;
    document.addEventListener("htmx:afterSettle", () => {
      heir.value = value;
      if (hadFocus) heir.focus({ preventScroll: true });
      heir.setSelectionRange(start, end);
      heir.dispatchEvent(new Event("input", { bubbles: true }));
    }, { once: true });
  }
});

// A limit that was left out while it was typed counts when its field is left.
document.addEventListener("change", (event) => {
  const form = event.target.matches?.(".typed") && event.target.form;
  if (form && document.querySelector("[data-half-typed]")) htmx.trigger(form, "submit");
});

// What was perhaps meant is put into the line, and asked.
document.addEventListener("click", (event) => {
  const fix = event.target.closest?.("[data-fix]");
  if (!fix || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const line = document.querySelector("#query");
  line.value = fix.dataset.fix;
  line.focus();
  htmx.trigger(line.form, "submit");
});

// Brushing a histogram: from bar to bar, the limits follow; a click without a move takes them away ------

function brushed(svg, event) {
  const edges = svg.dataset.edges.split(" ");
  const bars = edges.length - 1;
  const { left, width } = svg.getBoundingClientRect();
  const viewed = svg.viewBox.baseVal.width;
  const bar = Math.floor(((event.clientX - left) / width) * viewed / 4); // 4 units a bar
  return { edges, bars, bar: Math.min(Math.max(bar, 0), bars - 1) };
}

document.addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.(".histogram");
  if (!svg || event.button !== 0) return;
  event.preventDefault();
  svg.setPointerCapture(event.pointerId);
  const first = brushed(svg, event).bar;
  const rect = svg.querySelector(".brush");
  let last = null;

  const draw = (move) => {
    last = brushed(svg, move).bar;
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    rect.setAttribute("x", low * 4);
    rect.setAttribute("width", (high - low + 1) * 4 - 1);
  };
  const done = () => {
    svg.removeEventListener("pointermove", draw);
    const [from, to] = svg.closest("[data-range]").querySelectorAll("input");
    const { edges, bars } = brushed(svg, event);
    if (last === null) {
      from.value = to.value = "";
    } else {
      const [low, high] = [Math.min(first, last), Math.max(first, last)];
      from.value = low === 0 ? "" : edges[low]; // the outer bars hold all that lies beyond them
      to.value = high === bars - 1 ? "" : `<${edges[high + 1]}`;
    }
    rect.setAttribute("width", 0);
    for (const limit of [from, to]) limit.dispatchEvent(new Event("input", { bubbles: true }));
  };
  svg.addEventListener("pointermove", draw);
  svg.addEventListener("pointerup", done, { once: true });
});

// Density: kept in this browser --------------------------------------------------------

const DENSITY = "density";
const apply = (density) => {
  document.documentElement.classList.toggle("dense", density === "dense");
  for (const button of document.querySelectorAll("[data-density]")) button.ariaPressed = String(density === "dense");
};
apply(localStorage.getItem(DENSITY));
document.addEventListener("htmx:afterSwap", () => apply(localStorage.getItem(DENSITY)));
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-density]")) return;
  const density = document.documentElement.classList.contains("dense") ? "" : "dense";
  localStorage.setItem(DENSITY, density);
  apply(density);
});

// Cells: from a row's link the arrow keys lead along its figures, whose titles then show -----------------

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
  const row = event.target.closest?.("[data-row]");
  if (!row || event.target.matches("input")) return;
  const stops = [row.querySelector("[data-open]"), ...row.querySelectorAll("td data, td .unknown")];
  const next = stops[stops.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  if (!next.hasAttribute("href")) next.setAttribute("tabindex", "-1");
  next.focus();
});
