// A price chart that is zoomed: candles, volume, marks and a benchmark, drawn by lightweight-charts in the place of
// the server's SVG. price_chart.js loads both, and gives what the server answers.

const { lang } = document.documentElement;
const region = navigator.languages.find((each) => each.split("-")[0] === lang) ?? lang; // as assay.js writes days
const calendar = new Intl.DateTimeFormat(region, { dateStyle: "medium", timeZone: "UTC" });
const tenths = new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const dark = matchMedia("(prefers-color-scheme: dark)");

const SPOKEN_AFTER_MS = 250; // a held arrow key is read aloud where it stops
const BAR_SHARE = 0.5; // half a bar beside the first one and the last one
const SETTLED_BARS = 1.5; // the library moves what it is asked for by up to a bar, to begin with a whole one
const FREE_SHARE = 0.02; // of the range, for the letter of a mark on the last bar

const change = (share) => `${share > 0 ? "+" : share < 0 ? "−" : ""}${tenths.format(Math.abs(100 * share))}\u202f%`;
const dayText = (day) => calendar.format(new Date(day));

// How the server writes a price, with as many decimals as the steps between ticks need ------------------

const TINY_USD = 1e-6;
const subscripts = (number) => String(number).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);

function tiny(price) {
  const [digits, power] = price.toExponential(3).split("e");
  return `$0.0${subscripts(-power - 1)}${digits.replace(".", "")}`;
}

function dollars(price, step = price / 1000) {
  if (price < 0) return ""; // below the scale of a price that was near nothing
  if (price > 0 && price < TINY_USD) return tiny(price);
  if (price >= 1e4) {
    return `$${new Intl.NumberFormat(lang, { notation: "compact", maximumSignificantDigits: 4 }).format(price)}`;
  }
  const digits = Math.min(12, Math.max(price >= 1 || !price ? 2 : 0, -Math.floor(Math.log10(step || 1) + 1e-9)));
  return `$${new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(price)}`;
}

function alike(prices) {
  const steps = prices.slice(1).map((price, place) => Math.abs(price - prices[place])).filter(Boolean);
  const step = Math.min(...steps);
  return prices.map((price) => dollars(price, Number.isFinite(step) ? step : undefined));
}

// Colours of the style sheet, as the canvas wants them --------------------------------------------------

function colours(element) {
  const probe = document.createElement("span");
  element.append(probe);
  const read = (colour) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const faint = (colour, share) => read(colour).replace(/^rgb\((.*)\)$/, `rgba($1, ${share})`);
  const found = {
    ink: read("var(--ink-soft)"),
    ground: read("var(--surface)"),
    raised: read("var(--ink)"),
    grid: read("var(--line)"),
    strong: read("var(--line-strong)"),
    volume: faint("var(--line-strong)", 0.5),
    rising: read("var(--pass)"),
    falling: read("var(--fail)"),
    line: read("var(--accent)"),
    supply: read("var(--caution)"),
    own: read("var(--ink)"),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return found;
}

const OF_SUPPLY = new Set(["unlock", "lock-up", "liquidity-lock"]);
const OWN = new Set(["note", "plan"]);

// -------------------------------------------------------------------------------------------------------

export class Candles {
  // `ask` gives the bars with a benchmark, as the address `price.json` has them.
  constructor(section, library, price, ask) {
    this.section = section;
    this.library = library;
    this.ask = ask;
    this.figure = section.querySelector(".chart");
    this.price = price;
    this.months = 6;
    this.isLog = false;
    this.withMarks = true;
    this.here = price.day.length - 1;
    this.usage = this.find("[data-happened]").textContent;
    this.place();
    this.draw();
    this.paint();
    this.fill();
    this.listen();
    this.range(this.months);
    this.read(this.here);
  }

  find(selector) {
    return this.section.querySelector(selector);
  }

  // The plot takes the keys; what the library builds within is a picture.
  place() {
    this.plot = document.createElement("div");
    this.plot.className = "chart-live";
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "application");
    this.plot.setAttribute("aria-label", this.find(".chart-plot").getAttribute("aria-label"));
    this.plot.setAttribute("aria-describedby", "price-usage");
    this.canvas = document.createElement("div");
    this.canvas.setAttribute("aria-hidden", "true");
    this.plot.append(this.canvas);
    this.output = this.find("[data-reading]");
    this.output.setAttribute("aria-live", "off"); // what the keys reach is said in the region of its own
    const svg = this.find(".chart-plot");
    const hadFocus = document.activeElement === svg;
    this.figure.append(this.plot);
    this.figure.classList.add("is-live");
    if (hadFocus) this.plot.focus({ preventScroll: true });
  }

  draw() {
    const { createChart, createSeriesMarkers, CandlestickSeries, HistogramSeries, LineSeries } = this.library;
    this.chart = createChart(this.canvas, {
      autoSize: true,
      layout: { attributionLogo: false, fontSize: 11, background: { type: "solid", color: "transparent" } },
      localization: { locale: region, timeFormatter: dayText },
      leftPriceScale: { visible: true, borderVisible: false, entireTextOnly: true, minimumWidth: 68, scaleMargins: { top: 0.08, bottom: 0.24 } },
      rightPriceScale: { visible: false },
      timeScale: { fixLeftEdge: true, minBarSpacing: 0.1, rightOffset: 0, tickMarkMaxCharacterLength: 6 },
      crosshair: { mode: this.library.CrosshairMode.Magnet },
      kineticScroll: { touch: !calm, mouse: false },
    });
    this.wheel(false);
    const quiet = { priceLineVisible: false, lastValueVisible: false };
    const format = { type: "custom", formatter: (price) => dollars(price), tickmarksFormatter: alike, base: this.base() };
    this.volume = this.chart.addSeries(HistogramSeries, { ...quiet, priceScaleId: "volume" });
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.line = this.chart.addSeries(LineSeries, {
      ...quiet, priceScaleId: "left", lineWidth: 2, crosshairMarkerVisible: false, priceFormat: format,
    });
    this.candles = this.chart.addSeries(CandlestickSeries, { ...quiet, priceScaleId: "left", priceFormat: format });
    this.markers = createSeriesMarkers(this.candles, []);
  }

  // One thousandth of the lowest price is the least step of the scale, as a power of ten.
  base() {
    const lowest = Math.min(...this.price.low);
    return 10 ** Math.min(20, Math.max(2, 3 - Math.floor(Math.log10(lowest))));
  }

  paint() {
    const of = colours(this.section);
    this.colours = of;
    const crosshair = { color: of.strong, labelBackgroundColor: of.own };
    this.chart.applyOptions({
      layout: { textColor: of.ink, fontFamily: of.font },
      grid: { vertLines: { visible: false }, horzLines: { color: of.grid } },
      timeScale: { borderColor: of.strong },
      crosshair: { vertLine: crosshair, horzLine: crosshair },
    });
    // A day that rose is hollow, one that fell is filled: they are told apart without their colours.
    this.candles.applyOptions({
      upColor: of.ground, borderUpColor: of.rising, wickUpColor: of.rising,
      downColor: of.falling, borderDownColor: of.falling, wickDownColor: of.falling,
    });
    this.volume.applyOptions({ color: of.volume });
    this.line.applyOptions({ color: of.line });
    this.mark();
  }

  fill() {
    const { day, open, high, low, close, volume } = this.price;
    this.candles.setData(day.map((time, at) => ({ time, open: open[at], high: high[at], low: low[at], close: close[at] })));
    this.volume.setData(day.map((time, at) => (volume[at] === null ? { time } : { time, value: volume[at] })));
    this.plot.dataset.bars = day.length;
    this.list();
    this.mark();
  }

  // Marks ----------------------------------------------------------------------------------------------

  mark() {
    const seen = new Set();
    const shown = [];
    for (const { place, kind, letter } of this.withMarks ? this.price.marks : []) {
      if (seen.has(`${place} ${kind}`)) continue;
      seen.add(`${place} ${kind}`);
      const color = OF_SUPPLY.has(kind) ? this.colours.supply : OWN.has(kind) ? this.colours.line : this.colours.own;
      const position = OWN.has(kind) ? "belowBar" : "aboveBar";
      shown.push({ time: this.price.day[place], position, shape: "circle", size: 0.5, color, text: letter });
    }
    this.markers.setMarkers(shown);
    this.plot.dataset.marks = shown.length;
  }

  list() {
    const box = this.find(".price-marks");
    const items = this.price.marks.map(({ day, letter, title, text, url }) => {
      const item = document.createElement("li");
      const badge = Object.assign(document.createElement("span"), { className: "badge", textContent: letter, title });
      const link = Object.assign(document.createElement("a"), { href: url, textContent: text, rel: "noopener noreferrer nofollow" });
      const time = Object.assign(document.createElement("time"), { dateTime: day, textContent: dayText(day) });
      item.append(time, badge, link);
      return item;
    });
    box.querySelector("ul").replaceChildren(...items.reverse());
    box.querySelector("[data-none]").hidden = items.length > 0;
    const cut = box.querySelector("[data-cut]");
    cut.hidden = this.price.cut.length === 0;
    cut.textContent = cut.dataset.text.replace("{kinds}", this.price.cut.join(", "));
  }

  // Reading --------------------------------------------------------------------------------------------

  read(place) {
    this.here = Math.min(Math.max(place, 0), this.price.day.length - 1);
    this.output.textContent = this.price.reading[this.here];
    const happened = this.price.marks.filter((mark) => mark.place === this.here).map(({ text }) => text);
    const line = this.find("[data-happened]");
    line.textContent = happened.length ? happened.join(" · ") : this.usage;
    this.compare();
    return [this.price.reading[this.here], ...happened].join(". ");
  }

  say(text) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => { this.find("[data-said]").textContent = text; }, SPOKEN_AFTER_MS);
  }

  step(places) {
    this.isPointed = false;
    const said = this.read(this.here + places);
    const { from, to } = this.visible();
    const beyond = Math.min(0, this.here - BAR_SHARE - from) || Math.max(0, this.here + BAR_SHARE - to);
    if (beyond) this.chart.timeScale().setVisibleLogicalRange({ from: from + beyond, to: to + beyond });
    requestAnimationFrame(() => { // once the range is
      this.chart.setCrosshairPosition(this.price.close[this.here], this.price.day[this.here], this.candles);
    });
    this.say(said);
  }

  // The day under the pointer, which stays where it is while the chart moves.
  follow() {
    const place = !this.isPointed || this.pointed === undefined ? null : this.chart.timeScale().coordinateToLogical(this.pointed);
    if (place !== null) this.read(Math.round(place));
  }

  // Range ----------------------------------------------------------------------------------------------

  visible() {
    return this.chart.timeScale().getVisibleLogicalRange() ?? { from: -BAR_SHARE, to: this.price.day.length - BAR_SHARE };
  }

  range(months) {
    const { day } = this.price;
    const since = new Date(day.at(-1));
    since.setUTCMonth(since.getUTCMonth() - months);
    const first = months ? Math.max(0, day.findIndex((each) => new Date(each) >= since)) : 0;
    this.months = months;
    this.wanted = { from: first - BAR_SHARE, to: day.length - BAR_SHARE + FREE_SHARE * (day.length - first) };
    this.start = first;
    this.chart.timeScale().setVisibleLogicalRange(this.wanted);
    this.moved(this.wanted);
    this.press("[data-months]", (button) => Number(button.dataset.months) === months);
    this.rebase();
  }

  press(selector, isPressed) {
    for (const button of this.section.querySelectorAll(selector)) button.setAttribute("aria-pressed", isPressed(button));
  }

  // Whoever zooms or moves has left the range of a button.
  moved({ from, to }) {
    const { day } = this.price;
    const shown = [Math.max(0, Math.ceil(from)), Math.min(day.length - 1, Math.floor(to))];
    this.plot.dataset.shown = shown.map((place) => day[place]).join(" ");
    this.follow();
    if (!this.wanted || Math.abs(from - this.wanted.from) + Math.abs(to - this.wanted.to) < SETTLED_BARS) return;
    this.wanted = null;
    this.press("[data-months]", () => false);
  }

  zoom(share) {
    const { from, to } = this.visible();
    const wide = Math.min(Math.max((to - from) * share, 5), this.price.day.length);
    const end = Math.min(Math.max(this.here + wide / 2, wide - BAR_SHARE), this.price.day.length - BAR_SHARE);
    this.chart.timeScale().setVisibleLogicalRange({ from: end - wide, to: end });
  }

  // Benchmark ------------------------------------------------------------------------------------------

  async benchmark(name) {
    const select = this.find("[data-benchmark]");
    if (name) this.find("[data-benchmark-line]").textContent = "…";
    const unanswered = () => ({ benchmark: { missing: select.dataset.unanswered } });
    const answer = name ? await this.ask(name).catch(unanswered) : null;
    if (select.value !== name) return; // another one has been chosen since
    this.other = answer?.benchmark ?? null;
    this.rebase();
  }

  // The line begins at the close of the first day of the range on which both are known.
  rebase() {
    const values = this.other?.values ?? [];
    this.from = values.findIndex((value, place) => place >= this.start && value !== null);
    const factor = this.from < 0 ? 1 : this.price.close[this.from] / values[this.from];
    const shown = this.price.day
      .map((time, place) => ({ time, value: values[place] === null ? undefined : values[place] * factor }))
      .filter(({ value }, place) => this.from >= 0 && place >= this.from && value !== undefined);
    this.line.setData(shown);
    this.plot.dataset.line = shown.length;
    this.compare();
  }

  compare() {
    const line = this.find("[data-benchmark-line]");
    line.textContent = this.comparison(line.dataset);
  }

  comparison({ text, missing }) {
    if (!this.other) return "";
    if (this.from < 0) return this.other.missing ?? missing;
    const { values } = this.other;
    let end = Math.max(this.here, this.from);
    while (values[end] === null) end -= 1;
    const { close, day } = this.price;
    const said = {
      name: this.other.title,
      start: dayText(day[this.from]),
      end: dayText(day[end]),
      line: change(values[end] / values[this.from] - 1),
      price: change(close[end] / close[this.from] - 1),
    };
    return text.replace(/\{(\w+)\}/g, (_, name) => said[name]);
  }

  // Wheel, keys, buttons -------------------------------------------------------------------------------

  // Only of a chart that has the focus: else a page that is scrolled past it would stop there.
  wheel(zooms) {
    this.chart.applyOptions({
      handleScroll: { mouseWheel: zooms, pressedMouseMove: true, horzTouchDrag: true, vertTouchDrag: false },
      handleScale: { mouseWheel: zooms, pinch: true, axisPressedMouseMove: true },
    });
    this.plot.dataset.wheel = zooms;
  }

  listen() {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };
    this.plot.addEventListener("pointerdown", () => this.plot.focus({ preventScroll: true }));
    this.plot.addEventListener("focus", () => this.wheel(true));
    this.plot.addEventListener("blur", () => {
      this.wheel(false);
      this.chart.clearCrosshairPosition();
    });
    if (document.activeElement === this.plot) this.wheel(true);
    this.plot.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in steps) this.step(steps[event.key]);
      else if (event.key === "+" || event.key === "=") this.zoom(0.7);
      else if (event.key === "-" || event.key === "−") this.zoom(1 / 0.7);
      else if (event.key === "Escape") return this.plot.blur();
      else return;
      event.preventDefault();
    });
    this.isPointed = this.figure.matches(":hover"); // else the keys move the crosshair
    this.plot.addEventListener("pointermove", () => { this.isPointed = true; });
    this.plot.addEventListener("pointerleave", () => { this.isPointed = false; });
    this.chart.subscribeCrosshairMove(({ point }) => {
      this.pointed = point?.x;
      this.follow();
    });
    this.chart.timeScale().subscribeVisibleLogicalRangeChange((range) => range && this.moved(range));
    this.chart.timeScale().subscribeSizeChange(() => requestAnimationFrame(() => this.follow()));
    dark.addEventListener("change", () => this.section.isConnected && this.paint());
  }

  choose(button) {
    if (button.dataset.months) this.range(Number(button.dataset.months));
    if (button.matches("[data-log]")) this.log(!this.isLog);
    if (button.matches("[data-with-marks]")) {
      this.withMarks = !this.withMarks;
      this.press("[data-with-marks]", () => this.withMarks);
      this.mark();
    }
  }

  log(isLog) {
    const { Logarithmic, Normal } = this.library.PriceScaleMode;
    this.isLog = isLog;
    this.chart.priceScale("left").applyOptions({ mode: isLog ? Logarithmic : Normal });
    this.press("[data-log]", () => isLog);
  }
}
