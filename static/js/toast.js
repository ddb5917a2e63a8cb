// Short messages: from the header HX-Trigger {"toast": {text, level, undo}}, or timone.toast from another behaviour.
// With `undo`, an address, the message offers to take the step back, which is sent as a POST.
(() => {
  const words = document.body.dataset;
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };
  const show = ({ text, undo }) => {
    const note = document.createElement("div");
    note.className = "toast-note";
    const said = document.createElement("span");
    said.textContent = text;
    note.append(said);
    if (undo) note.append(button(words.undo, () => { note.remove(); window.htmx.ajax("POST", undo, { swap: "none" }); }));
    note.append(button(words.close, () => note.remove()));
    document.querySelector(".toasts").append(note);
    let timer = 0;
    const wait = () => { timer = setTimeout(() => note.remove(), undo ? 12000 : 6000); };
    const hold = () => clearTimeout(timer);
    for (const [name, act] of [["pointerenter", hold], ["focusin", hold], ["pointerleave", wait], ["focusout", wait]]) {
      note.addEventListener(name, act);
    }
    wait();
  };
  document.addEventListener("toast", (event) => show(event.detail));
  document.addEventListener("htmx:responseError", () => show({ text: words.failed }));
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => show({ text: words.offline }));
  }
})();
