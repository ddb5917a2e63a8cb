// Draws each [data-chart] with Plotly in the page's own colours: when it comes into view, and again when the theme
// changes. Pages with a chart load this file and Plotly; the figures are also there as a table.
(() => {
  const value = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const merge = (base, given = {}) => ({ ...base, ...given });
  const axis = (given) => merge({
    gridcolor: value("--t-line"), zerolinecolor: value("--t-line-strong"), linecolor: value("--t-line-strong"),
    tickfont: { color: value("--t-ink-3") }, automargin: true, fixedrange: true,
  }, given);
  const layout = (given = {}) => ({
    ...merge({
      font: { family: value("--t-font"), size: 12, color: value("--t-ink-2") },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      margin: { l: 48, r: 16, t: 8, b: 32 },
      hovermode: "x unified",
      showlegend: false,
      // Okabe and Ito's colours, in the order in which they differ most on both grounds.
      colorway: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"],
      hoverlabel: {
        bgcolor: value("--t-surface"), bordercolor: value("--t-line-strong"), font: { color: value("--t-ink") },
      },
    }, given),
    xaxis: axis(given.xaxis),
    yaxis: axis(given.yaxis),
  });
  const draw = (place) => {
    const name = place.dataset.chart;
    const figure = JSON.parse(document.getElementById(`${name}-figure`).textContent);
    const options = { displayModeBar: false, responsive: true, locale: document.documentElement.lang };
    window.Plotly.react(document.getElementById(name), figure.data, layout(figure.layout), options);
    place.dataset.drawn = "yes";
  };
  const seen = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      seen.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "200px" });
  const watch = (root) => root.querySelectorAll("[data-chart]:not([data-drawn])").forEach((place) => seen.observe(place));
  watch(document);
  document.addEventListener("htmx:load", (event) => watch(event.target));
  document.addEventListener("themechange", () => document.querySelectorAll("[data-chart][data-drawn]").forEach(draw));
})();
