// A whole page where a part was asked for means that the session has ended or the page has moved: load it as a page.
// A polled part that could not be reached says so once, not every second.
(() => {
  let silent = false;
  document.addEventListener("htmx:beforeSwap", (event) => {
    silent = false;
    if (!/^\s*<!doctype html/i.test(event.detail.xhr.responseText)) return;
    event.detail.shouldSwap = false;
    window.location.reload();
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (silent) event.stopImmediatePropagation();
    silent = true;
  }, true);
})();
