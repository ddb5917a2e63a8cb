// Draws each [data-chart] with Plotly in the page's own colours and the reader's language: when it comes into view,
// and again when the theme changes. Plotly is fetched for the first chart only; the figures are also there as a table.
(() => {
  const language = document.documentElement.lang;
  const value = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // Okabe and Ito's colours, in the order in which they differ most on the ground of each theme.
  const COLOURS = {
    light: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"],
    dark: ["#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00"],
  };
  const axis = (given) => ({
    gridcolor: value("--t-line"), zerolinecolor: value("--t-line-strong"), linecolor: value("--t-line-strong"),
    tickfont: { color: value("--t-ink-3") }, automargin: true, fixedrange: true, ...given,
  });
  const layout = (given = {}) => ({
    font: { family: value("--t-font"), size: 12, color: value("--t-ink-2") },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 48, r: 16, t: 8, b: 32 },
    hovermode: "x unified",
    separators: language === "it" ? ",." : ".,",
    bargap: 0.4,
    colorway: COLOURS[document.documentElement.dataset.bsTheme] || COLOURS.light,
    hoverlabel: { bgcolor: value("--t-surface"), bordercolor: value("--t-line-strong"), font: { color: value("--t-ink") } },
    ...given,
    xaxis: axis(given.xaxis),
    yaxis: axis(given.yaxis),
  });
  const names = (count, date, options) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
    return Array.from({ length: count }, (_, i) => format.format(date(i)));
  };
  const months = (width) => names(12, (i) => Date.UTC(2026, i, 15), { month: width });
  const days = (width) => names(7, (i) => Date.UTC(2026, 1, 1 + i), { weekday: width }); // 1 February 2026 is a Sunday
  const options = {
    displayModeBar: false,
    responsive: true,
    locale: language,
    locales: { [language]: { dictionary: {}, format: {
      months: months("long"), shortMonths: months("short"), days: days("long"), shortDays: days("short"),
      date: "%d/%m/%Y", dayMonth: "%-d %b", dayMonthYear: "%-d %b %Y", yearMonth: "%b %Y", year: "%Y",
    } } },
  };
  let fetched = null;
  const fetchPlotly = ({ script, style }) => {
    fetched ??= new Promise((resolve, reject) => {
      if (window.Plotly) { resolve(); return; }
      const rules = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
      rules.id = "plotly.js-style-global"; // Plotly looks for this and then writes no rules of its own
      rules.className = "no-inline-styles";
      const code = Object.assign(document.createElement("script"), { src: script, onload: resolve, onerror: reject });
      document.head.append(rules, code);
    });
    return fetched;
  };
  const draw = async (place) => {
    await fetchPlotly(place.dataset);
    const name = place.dataset.chart;
    const figure = JSON.parse(document.getElementById(`${name}-figure`).textContent);
    window.Plotly.react(document.getElementById(name), figure.data, layout(figure.layout), options);
    place.dataset.drawn = "yes";
  };
  const seen = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      seen.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "200px" });
  const watch = (root) => {
    [root, ...root.querySelectorAll("[data-chart]")]
      .filter((place) => place.matches?.("[data-chart]:not([data-drawn])"))
      .forEach((place) => seen.observe(place));
  };
  watch(document);
  document.addEventListener("htmx:load", (event) => watch(event.target));
  document.addEventListener("themechange", () => document.querySelectorAll("[data-chart][data-drawn]").forEach(draw));
})();
