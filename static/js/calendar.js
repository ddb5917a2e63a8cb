// Entries are moved by dragging (mouse, pen, or a long touch) and with Alt and a key. The server decides; what it says
// is shown, with ten seconds to take the step back. A day that matters, dragged to another day, begins an entry there.
(() => {
  const root = () => document.querySelector("[data-here]");
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
    const place = `#${root().id}`;
    await window.htmx.ajax("GET", root().dataset.here, { target: place, select: place, swap: "outerHTML" });
    document.querySelector(`[data-entry="${number}"]`)?.focus();
    say(told.text, told.undo ? () => send(told.address, told.undo, number) : null);
  };

  // A place is a day, and perhaps an hour of it and a slot.
  const move = (card, { drop, clock, slot, hour }) => {
    const here = card.dataset.clock, same = hour === undefined ? clock === here : clock.slice(0, 2) === here.slice(0, 2);
    if (drop === card.dataset.day && (clock === undefined || same)) return;
    const fields = { day: drop, version: card.dataset.version };
    if (clock !== undefined) fields.clock = clock;
    if (slot) fields.slot = slot;
    send(card.dataset.move, fields, card.dataset.entry);
  };

  const begin = (occasion, { drop, clock }) => {
    if (!drop) return;
    const address = new URL(occasion.href);
    address.searchParams.set("day", drop);
    if (clock) address.searchParams.set("clock", clock);
    window.location.assign(address);
  };

  // A slot takes entries of its own channel; for others it is a part of its day.
  const placeAt = (x, y) => {
    let place = document.elementFromPoint(x, y)?.closest("[data-drop]");
    while (place?.dataset.channel && place.dataset.channel !== held.card.dataset.channel) place = place.parentElement.closest("[data-drop]");
    return place;
  };
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
    const card = event.target.closest?.("#calendar .entry, #calendar .matter");
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
    if (place) (card.classList.contains("matter") ? begin : move)(card, place.dataset);
  });
  document.addEventListener("pointercancel", drop);
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".entry, .matter")) event.preventDefault(); });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-send]");
    if (!form) return;
    event.preventDefault();
    send(form.action, new FormData(form, event.submitter), form.dataset.number);
  });

  const byDays = (card, step) => {
    const day = new Date(`${card.dataset.day}T12:00:00Z`);
    day.setUTCDate(day.getUTCDate() + step);
    move(card, { drop: day.toISOString().slice(0, 10) });
  };
  // On the page of one day; an entry without an hour begins with the first that is not quiet.
  const byMinutes = (card, step) => {
    const { day, clock } = card.dataset;
    const moment = new Date(`${day}T${clock || root().dataset.begin}:00Z`);
    if (clock) moment.setUTCMinutes(moment.getUTCMinutes() + step);
    move(card, { drop: moment.toISOString().slice(0, 10), clock: moment.toISOString().slice(11, 16) });
  };
  const order = ({ drop: day, clock }) => `${day} ${clock}`;
  // The free slot of its channel on this page that comes next after the entry, or before it.
  const toSlot = (card, later) => {
    const here = `${card.dataset.day} ${card.dataset.clock}`;
    const own = [...document.querySelectorAll(`[data-slot][data-channel="${card.dataset.channel}"]`)].map((one) => one.dataset);
    own.sort((one, other) => (order(one) < order(other) ? -1 : 1));
    const found = later ? own.find((one) => order(one) > here) : own.findLast((one) => order(one) < here);
    if (found) move(card, found);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held?.ghost) { drop(); return; }
    const card = event.target.closest?.("#calendar .entry[data-entry]");
    if (!card || !event.altKey || card.classList.contains("is-published")) return;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
    const minutes = { ArrowLeft: -60, ArrowRight: 60, ArrowUp: -15, ArrowDown: 15 };
    const what = { KeyN: "slot", KeyB: "hour" }[event.code];
    if (what) send(card.dataset.place, { what, version: card.dataset.version }, card.dataset.entry);
    else if (event.shiftKey && ["ArrowUp", "ArrowDown"].includes(event.key)) toSlot(card, event.key === "ArrowDown");
    else if (event.key in steps && card.dataset.day && "begin" in root().dataset) byMinutes(card, minutes[event.key]);
    else if (event.key in steps && card.dataset.day) byDays(card, steps[event.key]);
    else return;
    event.preventDefault();
  });
})();
