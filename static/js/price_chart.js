// The price chart of an asset's page, once a reader points at it, moves to it or touches it: a chart by
// lightweight-charts takes the place of the server's SVG, which stays for paper and for whoever has no scripts.

const charts = new WeakMap(); // by section: a promise of its chart

async function fetchPrice(section, benchmark = "") {
  const address = new URL(section.dataset.address, location);
  if (section.dataset.asOf) address.searchParams.set("as_of", section.dataset.asOf);
  if (benchmark) address.searchParams.set("benchmark", benchmark);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} of ${address}`);
  return answer.json();
}

let attempts = 0; // a browser may remember that a module could not be loaded, by its address

function load(address) {
  return import(attempts ? `${address}?again=${attempts}` : address).catch((error) => {
    attempts += 1;
    throw error;
  });
}

async function upgrade(section) {
  const { library, candles } = section.dataset;
  const [drawing, { Candles }, price] = await Promise.all([load(library), load(candles), fetchPrice(section)]);
  if (price.day.length < 2) throw new Error("There are too few bars.");
  return new Candles(section, drawing, price, (benchmark) => fetchPrice(section, benchmark));
}

function begin(section) {
  if (charts.has(section)) return;
  section.ariaBusy = "true";
  charts.set(section, upgrade(section)
    .catch((error) => fail(section, error))
    .finally(() => { section.ariaBusy = null; }));
}

function fail(section, error) {
  console.warn("The interactive chart could not be loaded.", error);
  const figure = section.querySelector(".chart");
  figure.classList.remove("is-live"); // where it came half way
  figure.querySelector(".chart-live")?.remove();
  const box = section.querySelector("[data-failed]").content.firstElementChild.cloneNode(true);
  box.querySelector("[data-again]").addEventListener("click", () => {
    box.remove();
    charts.delete(section);
    begin(section);
  });
  figure.after(box);
}

// Delegated: the section may have come after the page. What is chosen before the chart is there counts then.
const sectionOf = ({ target }) => target.closest?.("[data-price-chart]");

for (const name of ["pointerover", "pointerdown", "focusin"]) {
  document.addEventListener(name, (event) => {
    const section = sectionOf(event);
    if (section) begin(section);
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-price-chart] .price-tools button");
  if (button) charts.get(sectionOf(event))?.then((chart) => chart?.choose(button));
});

document.addEventListener("change", (event) => {
  const select = event.target.closest?.("[data-price-chart] [data-benchmark]");
  if (select) charts.get(sectionOf(event))?.then((chart) => chart?.benchmark(select.value));
});
