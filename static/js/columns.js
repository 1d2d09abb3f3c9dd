// The column chooser, ordered by dragging or with Alt and an arrow key; lists found as one types; the table's scroll.

const place = (item) => [...item.parentElement.children].indexOf(item);

function say(item) {
  const panel = item.closest("[data-columns]");
  const name = item.querySelector("label span").textContent;
  const said = { name, place: place(item) + 1, all: item.parentElement.children.length };
  panel.querySelector("[data-said]").textContent = panel.dataset.moved.replace(/\{(\w+)\}/g, (_, key) => said[key]);
}

function move(item, step) {
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (other) step < 0 ? other.before(item) : other.after(item);
  say(item);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-move]");
  if (!button) return;
  event.preventDefault(); // without a script the server moves it
  move(button.closest("[data-column]"), Number(button.dataset.move));
  button.focus();
});

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("[data-column]");
  if (!item || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  move(item, event.key === "ArrowUp" ? -1 : 1);
  event.target.focus();
});

let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-column]") ?? null;
  if (dragged) event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const over = dragged && event.target.closest?.("[data-column]");
  if (!over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  if (event.clientY < top + height / 2) over.before(dragged);
  else over.after(dragged);
});
document.addEventListener("drop", (event) => { if (dragged) event.preventDefault(); });
document.addEventListener("dragend", () => { if (dragged) say(dragged); dragged = null; });

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-find]")) return;
  const words = event.target.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const panel = event.target.closest("[data-finding]");
  let found = 0;
  for (const group of panel.querySelectorAll("[data-group]")) {
    let here = 0;
    for (const each of group.querySelectorAll("[data-words]")) {
      const text = each.dataset.words.toLocaleLowerCase();
      each.hidden = !words.every((word) => text.includes(word)) && !each.querySelector("input:checked");
      here += !each.hidden;
    }
    group.hidden = !here;
    found += here;
  }
  panel.querySelector("[data-none]").hidden = found > 0;
});
// Enter in the search shows the columns that are ticked, not the first of the move buttons.

// The table's own scroll stays when it is sorted ----------------------------------------

let kept = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const box = document.querySelector("[data-keeps-scroll]");
  const asks = event.detail.requestConfig?.elt;
  kept = box && asks?.closest?.("thead, [data-in-place]") ? [box.scrollLeft, box.scrollTop, scrollY] : null;
});
document.addEventListener("htmx:afterSwap", () => {
  const box = document.querySelector("[data-keeps-scroll]");
  if (!kept || !box) return;
  [box.scrollLeft, box.scrollTop] = kept;
  scrollTo({ top: kept[2], behavior: "instant" });
  if (document.activeElement === document.body) document.getElementById("saved-summary")?.focus({ preventScroll: true });
});
