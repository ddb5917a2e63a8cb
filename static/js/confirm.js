// Asks before a form is sent, or a link is followed, that carries data-confirm="question". The safe answer has the focus.
(() => {
  const answer = (value, label, kind) => {
    const button = document.createElement("button");
    button.value = value;
    button.className = kind;
    button.textContent = label;
    return button;
  };
  const ask = (question, yes) => new Promise((resolve) => {
    const box = document.createElement("dialog");
    box.className = "ask";
    box.setAttribute("aria-labelledby", "ask-text");
    const text = document.createElement("p");
    text.id = "ask-text";
    text.textContent = question;
    const actions = document.createElement("form");
    actions.method = "dialog";
    actions.className = "form-actions";
    const no = answer("no", document.body.dataset.confirmNo, "btn btn-secondary");
    actions.append(no, answer("yes", yes || document.body.dataset.confirmYes, "btn btn-danger"));
    box.append(text, actions);
    document.body.append(box);
    box.addEventListener("close", () => { box.remove(); resolve(box.returnValue === "yes"); });
    box.showModal();
    no.focus();
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const source = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!source.dataset.confirm || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!await ask(source.dataset.confirm, source.dataset.confirmYes)) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset.confirmed;
  }, true);
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-confirm]");
    if (!link) return;
    event.preventDefault();
    if (await ask(link.dataset.confirm, link.dataset.confirmYes)) window.location.assign(link.href);
  });
})();
