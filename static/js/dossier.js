// The asset page: what an anchor names is opened, or found on its own tab, and paper gets the whole dossier.

// A hash that is no encoded text, such as `#%`, leads nowhere.
function nameIn(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

// Criteria begin with the name of their section; each tab names the sections on it.
function tabOf(name) {
  const section = name.split(".")[0];
  return [...document.querySelectorAll("[data-anchors]")].find(({ dataset }) => dataset.anchors.split(" ").includes(section));
}

function follow() {
  const name = nameIn(location.hash);
  const target = name && document.getElementById(name);
  if (target) {
    const around = [...document.querySelectorAll("details:not([open])")].filter((each) => each.contains(target));
    const folded = [...around, ...target.querySelectorAll(":scope > .finding-line:not([open])")];
    for (const each of folded) each.open = true;
    if (folded.length) target.scrollIntoView();
  } else if (name) {
    const tab = tabOf(name);
    if (tab && !tab.hasAttribute("aria-current")) location.replace(tab.href + location.hash);
  }
}

follow();
addEventListener("hashchange", follow);

// Where the tabs don't fit, the one that is read is among those that are seen.
document.querySelector(".dossier-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Nothing but a synchronous request is back before the page is put on paper.
let onScreen = null;
addEventListener("beforeprint", () => {
  const whole = document.querySelector("[data-whole]");
  if (!whole || onScreen) return;
  const request = new XMLHttpRequest();
  request.open("GET", whole.href, false);
  request.send();
  if (request.status !== 200) return;
  const printed = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".dossier");
  onScreen = document.querySelector(".dossier");
  onScreen.replaceWith(document.adoptNode(printed));
});
addEventListener("afterprint", () => {
  if (!onScreen) return;
  document.querySelector(".dossier").replaceWith(onScreen);
  onScreen = null;
});
