// A button with data-copy="text", or data-copy-from="id of an element", puts that text on the clipboard and says so.
(() => {
  const fallback = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy], [data-copy-from]");
    if (!button) return;
    const from = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
    const text = from ? from.value ?? from.textContent.trim() : button.dataset.copy;
    try { await navigator.clipboard.writeText(text); } catch { fallback(text); }
    button.focus();
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: document.body.dataset.copied } }));
  });
})();
