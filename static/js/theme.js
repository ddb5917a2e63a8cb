// Light, dark or as the system: applied before the first paint, kept in a cookie that the server reads too.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => (document.cookie.match(/(?:^|; )theme=(light|dark|auto)/) || [])[1] || "auto";
  const mark = () => document.querySelectorAll("[data-theme]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.theme === chosen()));
  });
  const apply = () => {
    const theme = chosen() === "auto" ? (dark.matches ? "dark" : "light") : chosen();
    mark();
    if (root.dataset.bsTheme === theme) return;
    root.dataset.bsTheme = theme;
    document.dispatchEvent(new CustomEvent("themechange"));
  };
  root.classList.add("js");
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", mark);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-theme]");
    if (!button) return;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${button.dataset.theme}; path=/; max-age=31536000; samesite=lax${secure}`;
    apply();
  });
})();
