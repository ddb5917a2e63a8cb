// Asks, while a copy is typed, what each chosen platform would cut or refuse.
(() => {
  const box = document.querySelector("[data-check]");
  const form = box?.querySelector("form");
  if (!form) return;
  const out = document.getElementById("copy-check");
  form.querySelector("[name=copy]")?.closest(".field").append(out);
  let timer = 0;
  const ask = async () => {
    const fields = new FormData();
    for (const name of ["copy", "format", "channel", "channels"]) {
      for (const value of new FormData(form).getAll(name)) fields.append(name, value);
    }
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    try {
      const answer = await fetch(box.dataset.check, { method: "POST", body: fields, headers: { "X-CSRFToken": token } });
      if (answer.ok) out.innerHTML = await answer.text();
    } catch { /* the check comes back with the connection */ }
  };
  form.addEventListener("input", (event) => {
    if (!["copy", "format", "channel", "channels"].includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 400);
  });
  ask();
})();
