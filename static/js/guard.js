// Warns before what was typed into a form with data-guard is left behind.
(() => {
  let typed = false;
  const note = (event) => { if (event.target.closest?.("form[data-guard]")) typed = true; };
  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
})();
