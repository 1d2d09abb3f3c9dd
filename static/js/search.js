// The search of the header: results while one types, as an ARIA combobox with a grouped listbox.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Without JavaScript the form leads to the page of results.

const TYPING_PAUSE_MS = 80;

class SiteSearch {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.list = form.querySelector("[role=listbox]");
    this.said = form.querySelector("[data-found-count]");
    this.here = -1;
    this.shown = null; // what the results in the list were found for
    this.turn = null; // keys that wait for the results of what was typed before them
    this.before = null; // what had the focus when the search was opened by a key
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("focus", () => this.ask());
    this.input.addEventListener("click", () => { if (this.list.hidden) this.ask(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => { this.close(); this.before = null; });
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option, event.ctrlKey || event.metaKey);
    });
  }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }

  open() {
    if (document.activeElement !== this.input) this.before = document.activeElement;
    const { before } = this;
    this.input.focus();
    this.before = before;
    this.input.select();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), TYPING_PAUSE_MS);
    this.point(-1);
  }

  async ask() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.asked = new AbortController();
    const typed = this.input.value;
    const words = new URLSearchParams({ q: typed, on: location.pathname });
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?${words}`, { signal: this.asked.signal });
      if (!answer.ok) return this.close(); // the button of the form still leads to the results
      const options = await answer.text();
      if (document.activeElement === this.input && this.input.value === typed) this.show(options, typed);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(options, typed) {
    this.shown = typed;
    this.list.innerHTML = options;
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.point(-1);
    this.list.scrollTop = 0;
    const count = this.options.filter((each) => each.id !== "site-found-more").length;
    const { one, many, none } = this.said.dataset;
    this.said.textContent = count === 0 ? none : count === 1 ? one : many.replace("#", count);
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.escape();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) || (event.key === "Enter" && (this.turn || this.here >= 0))) {
      event.preventDefault();
      const { key } = event;
      const inNewTab = event.ctrlKey || event.metaKey;
      if (!this.turn && this.isCurrent) this.act(key, inNewTab);
      else this.turn = (this.turn ?? this.ask()).then(() => this.act(key, inNewTab));
    } else if (event.key === "Enter" && this.input.value.trim() === "") {
      event.preventDefault(); // else it opens all results, which need no script
    }
  }

  get isCurrent() { return !this.list.hidden && this.shown === this.input.value; }

  // A quick typist's arrow is meant for the results of what is typed, not for those still shown.
  act(key, inNewTab) {
    this.turn = null;
    if (key === "ArrowDown") this.point(this.here + 1);
    else if (key === "ArrowUp") this.point(this.here - 1);
    else if (this.here >= 0) this.take(this.options[this.here], inNewTab);
  }

  // Closes, and returns the focus to where it was.
  escape() {
    const { before } = this;
    this.asked?.abort();
    this.close();
    this.input.value = this.input.defaultValue;
    this.input.blur();
    if (before?.isConnected && before !== document.body) before.focus();
  }

  point(place) {
    const options = this.options;
    options[this.here]?.setAttribute("aria-selected", "false");
    // One step above the first is the field itself, and so is one below the last.
    const stops = options.length + 1;
    this.here = ((place + 1 + stops) % stops) - 1;
    const option = options[this.here];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  take(option, inNewTab) {
    const { address, form, name, value } = option.dataset;
    if (form) {
      const button = document.createElement("button");
      button.setAttribute("form", form);
      Object.assign(button, { name, value, hidden: true });
      document.body.append(button);
      button.click();
    } else if (inNewTab) {
      window.open(address, "_blank", "noopener");
    } else {
      this.close();
      location.assign(address);
    }
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.point(-1);
  }
}

const form = document.querySelector("[data-suggest]");
const search = form && new SiteSearch(form);

document.addEventListener("keydown", (event) => {
  if (!search || document.querySelector("dialog[open]")) return;
  const isShortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const typing = event.target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const isSlash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isShortcut && !isSlash) return;
  event.preventDefault();
  search.open();
});
