// Short messages: from the HX-Trigger header of a swap, or when a swap failed.
(() => {
  const show = (text, seconds = 6) => {
    const note = document.createElement("div");
    note.className = "toast-note";
    note.textContent = text;
    document.querySelector(".toasts").append(note);
    setTimeout(() => note.remove(), seconds * 1000);
  };
  document.addEventListener("toast", (event) => show(event.detail.text));
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => show(document.body.dataset.failed));
  }
})();
