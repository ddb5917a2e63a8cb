// Entries are moved by dragging (mouse, pen, or a long touch) and with Alt and an arrow key. The server decides; what it
// says is shown, with ten seconds to take the step back.
(() => {
  const root = () => document.getElementById("calendar");
  if (!root()) return;
  const FAR = 6, LONG = 350;
  let held = null;

  const say = (text, undo) => {
    const note = document.createElement("div");
    note.className = "toast-note";
    const said = document.createElement("span");
    said.textContent = text;
    note.append(said);
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = document.body.dataset.undo;
      button.addEventListener("click", () => { note.remove(); undo(); });
      note.append(button);
    }
    document.querySelector(".toasts").append(note);
    setTimeout(() => note.remove(), 10000);
  };

  const send = async (address, fields, number) => {
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
    } catch {
      say(document.body.dataset.offline);
      return;
    }
    const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : { text: document.body.dataset.failed };
    await window.htmx.ajax("GET", root().dataset.here, { target: "#calendar", swap: "outerHTML" });
    document.querySelector(`[data-entry="${number}"]`)?.focus();
    say(told.text, told.undo ? () => send(address, told.undo, number) : null);
  };

  const move = (card, day) => {
    if (day === card.dataset.day) return;
    send(card.dataset.move, { day, version: card.dataset.version }, card.dataset.entry);
  };

  const placeAt = (x, y) => document.elementFromPoint(x, y)?.closest("[data-drop]");
  const mark = (place) => {
    document.querySelectorAll(".is-over").forEach((one) => one !== place && one.classList.remove("is-over"));
    place?.classList.add("is-over");
  };
  const lift = () => {
    held.ghost = held.card.cloneNode(true);
    held.ghost.classList.add("is-dragged");
    held.ghost.removeAttribute("data-entry");
    document.body.append(held.ghost);
    held.card.classList.add("is-lifted");
    follow(held.x, held.y);
  };
  const follow = (x, y) => {
    held.ghost.style.left = `${x + 8}px`;
    held.ghost.style.top = `${y + 8}px`;
    mark(placeAt(x, y));
  };
  const drop = () => {
    clearTimeout(held?.timer);
    held?.ghost?.remove();
    held?.card.classList.remove("is-lifted");
    mark(null);
    held = null;
  };

  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.("#calendar .entry");
    if (!card || event.button !== 0 || card.classList.contains("is-published")) return;
    held = { card, x: event.clientX, y: event.clientY, touch: event.pointerType === "touch", ghost: null };
    if (held.touch) held.timer = setTimeout(() => held && lift(), LONG);
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > FAR;
    if (!held.ghost) {
      if (!far) return;
      if (held.touch) { drop(); return; } // it is a scroll
      lift();
    }
    event.preventDefault();
    follow(event.clientX, event.clientY);
  });
  document.addEventListener("touchmove", (event) => { if (held?.ghost) event.preventDefault(); }, { passive: false });
  document.addEventListener("pointerup", (event) => {
    if (!held?.ghost) { drop(); return; }
    const { card } = held;
    const place = placeAt(event.clientX, event.clientY);
    drop();
    const swallow = (click) => click.preventDefault();
    document.addEventListener("click", swallow, { once: true, capture: true });
    setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 50);
    if (place) move(card, place.dataset.drop);
  });
  document.addEventListener("pointercancel", drop);
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".entry")) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held?.ghost) { drop(); return; }
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
    const card = event.target.closest?.("#calendar .entry[data-day]");
    if (!card || !event.altKey || !(event.key in steps) || !card.dataset.day) return;
    event.preventDefault();
    const day = new Date(`${card.dataset.day}T12:00:00Z`);
    day.setUTCDate(day.getUTCDate() + steps[event.key]);
    move(card, day.toISOString().slice(0, 10));
  });
})();
