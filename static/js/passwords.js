// Password fields: a button that shows what was typed, and how strong a new one is. Forms work without it.

const words = document.querySelector("[data-passwords]")?.dataset ?? {};

// Bits that a guesser has to try at least: repeats and rows of the alphabet count once.
function bitsOf(text) {
  const signs = [...text];
  const pool = [[/[a-z]/, 26], [/[A-Z]/, 26], [/\d/, 10], [/[^a-zA-Z\d]/, 33]]
    .reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0);
  const fresh = signs.filter((sign, at) => {
    const step = at ? sign.codePointAt(0) - signs[at - 1].codePointAt(0) : 9;
    return Math.abs(step) > 1 && !text.slice(0, at).endsWith(signs.slice(at, at + 3).join(""));
  });
  return Math.min(fresh.length, new Set(signs).size * 2) * Math.log2(Math.max(pool, 2));
}

function meterFor(input) {
  const meter = Object.assign(document.createElement("meter"), { min: 0, max: 100, low: 45, high: 70, optimum: 100 });
  const said = document.createElement("output");
  said.className = "hint";
  meter.setAttribute("aria-label", words.strength);
  input.after(meter, said);
  input.addEventListener("input", () => {
    const bits = bitsOf(input.value);
    meter.value = Math.min(bits, 100);
    const counted = [...input.value.replace(/\s+/g, " ")].length;
    const name = counted < 12 ? words.short : bits < 45 ? words.weak : bits < 70 ? words.fair : words.strong;
    said.textContent = input.value ? name : "";
  });
}

for (const input of document.querySelectorAll('input[type="password"]')) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link reveal", textContent: words.show });
  const label = input.labels?.[0]?.textContent.trim() ?? "";
  button.setAttribute("aria-label", `${words.show}: ${label}`);
  button.addEventListener("click", () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.textContent = hidden ? words.hide : words.show;
    button.setAttribute("aria-label", `${button.textContent}: ${label}`);
    input.focus();
  });
  if (/new-password/.test(input.autocomplete) && /1$/.test(input.name)) meterFor(input);
  input.after(button);
}
