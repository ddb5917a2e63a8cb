// Draws each [data-chart] with Plotly in the page's own colours, again when the theme changes.
(() => {
  const value = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const layout = (given) => ({
    font: { family: value("--bs-body-font-family"), size: 12, color: value("--t-ink-2") },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 56, r: 16, t: 8, b: 40 },
    colorway: ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"],
    hoverlabel: { bgcolor: value("--t-surface"), bordercolor: value("--t-line-strong"), font: { color: value("--t-ink") } },
    ...given,
    xaxis: { gridcolor: value("--t-line"), zerolinecolor: value("--t-line-strong"), automargin: true, ...given.xaxis },
    yaxis: { gridcolor: value("--t-line"), zerolinecolor: value("--t-line-strong"), automargin: true, ...given.yaxis },
  });
  const draw = () => {
    document.querySelectorAll("[data-chart]").forEach((place) => {
      const name = place.dataset.chart;
      const figure = JSON.parse(document.getElementById(`${name}-figure`).textContent);
      const still = { displayModeBar: false, responsive: true, locale: document.documentElement.lang };
      window.Plotly.react(document.getElementById(name), figure.data, layout(figure.layout || {}), still);
    });
  };
  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("themechange", () => { if (window.Plotly && document.readyState !== "loading") draw(); });
})();
