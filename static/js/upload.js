// Sends a form[data-upload] with its files and says how far it is: sent so much, then being looked at. A page that
// comes back with a fault takes this one's place. Without this file the form is sent as any other.
(() => {
  const number = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  const show = (form, share, words) => {
    const box = form.querySelector("[data-upload-progress]");
    const bar = box.querySelector("progress");
    box.hidden = false;
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
    box.querySelector("[data-upload-words]").textContent = words;
  };
  const stop = (form, words) => {
    form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
    show(form, 0, words);
  };
  const replace = (request) => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
    const main = document.querySelector("main");
    if (!page || !main) return location.reload();
    main.replaceWith(document.adoptNode(page));
    page.tabIndex = -1;
    page.focus();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-upload]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) show(form, sent.loaded / sent.total, form.dataset.sending.replace("{share}", number.format(sent.loaded / sent.total)));
    });
    request.upload.addEventListener("load", () => show(form, null, form.dataset.looking));
    request.addEventListener("load", () => {
      if (request.status < 400 && request.responseURL) location.assign(request.responseURL);
      else if (request.status === 422) replace(request);
      else stop(form, form.dataset.failed);
    });
    request.addEventListener("error", () => stop(form, form.dataset.failed));
    request.open("POST", form.action);
    const body = new FormData(form);
    form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    show(form, 0, form.dataset.sending.replace("{share}", number.format(0)));
    request.send(body);
  });
})();
