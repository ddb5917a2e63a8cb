// A button with data-dialog="id" opens that <dialog>; a click on the veil closes it, as Escape does.
(() => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    else if (event.target.matches?.("dialog.ask")) event.target.close();
  });
})();
