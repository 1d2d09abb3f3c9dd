// What HTMX asked for in vain: a sentence at the place where the answer would stand, and the way to ask again.

const boxes = new WeakMap(); // by target

function forget(target) {
  boxes.get(target)?.remove();
  boxes.delete(target);
}

// Pages that say why they refuse have it in their first paragraph.
function reason(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("h1 + p")?.textContent.trim();
}

function say(event) {
  const { target, elt, requestConfig, xhr } = event.detail;
  if (!target?.isConnected || event.defaultPrevented) return;
  if (elt.matches("[data-unasked]")) return; // nobody waits for it, and it asks again by itself
  forget(target);
  const box = document.getElementById("unanswered").content.firstElementChild.cloneNode(true);
  const said = xhr?.responseText && reason(xhr.responseText);
  if (said) box.querySelector("p").textContent = said;
  box.querySelector("button").addEventListener("click", () => {
    forget(target);
    const { verb, path, parameters } = requestConfig;
    htmx.ajax(verb, path, { source: elt.isConnected ? elt : undefined, target, values: parameters });
  });
  const inTable = target.matches("tbody, thead, tr, td, th, li, option");
  (inTable ? target.closest("table, ul, ol, select") : target).before(box);
  boxes.set(target, box);
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, say);
document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.shouldSwap) forget(event.detail.target); });
