// Asks before a form with data-confirm="question" is sent.
(() => {
  const ask = (question) => new Promise((resolve) => {
    const box = document.createElement("dialog");
    box.className = "ask";
    const text = document.createElement("p");
    text.id = "ask-text";
    text.textContent = question;
    box.setAttribute("aria-labelledby", text.id);
    const actions = document.createElement("form");
    actions.method = "dialog";
    actions.className = "form-actions";
    for (const [value, label, kind] of [["yes", "confirmYes", "btn btn-danger"], ["no", "confirmNo", "btn btn-secondary"]]) {
      const button = document.createElement("button");
      button.value = value;
      button.className = kind;
      button.textContent = document.body.dataset[label];
      actions.append(button);
    }
    box.append(text, actions);
    document.body.append(box);
    box.addEventListener("close", () => { box.remove(); resolve(box.returnValue === "yes"); });
    box.showModal();
    actions.lastChild.focus();
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset?.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await ask(question)) {
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter);
      delete form.dataset.confirmed;
    }
  }, true);
})();
