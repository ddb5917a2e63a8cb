// Paints the hours online of a [data-hours]: by pointer or finger along a drag, by keyboard cell by cell. The text beside
// the grid is what is sent: painting writes it, and writing it paints. Words come from the page, in its language.
(() => {
  const HOURS = 24;
  const CELL = "[data-hours-grid] td[data-day]";
  const fieldOf = (cell) => cell.closest("[data-hours]");
  const textOf = (field) => field.querySelector("[data-hours-text]");
  const wordsOf = (field) => ({ days: field.dataset.days.split("|"), levels: field.dataset.levels.split("|") });
  const cellsOf = (field) => [...field.querySelectorAll("td[data-day]")];
  const brushOf = (field) => Number(field.querySelector("input[name='brush']:checked")?.value ?? 2);
  const levels = (field) => cellsOf(field).map((cell) => Number(cell.dataset.level));

  const set = (cell, level) => {
    if (Number(cell.dataset.level) === level) return;
    cell.classList.replace(`hours-${cell.dataset.level}`, `hours-${level}`);
    cell.dataset.level = level;
    const said = cell.querySelector(".visually-hidden");
    said.textContent = said.textContent.replace(/[^:]*$/, ` ${wordsOf(fieldOf(cell)).levels[level]}`);
  };

  const spans = (hours, words) => {
    const told = [];
    for (let first = 0; first < HOURS;) {
      let last = first;
      while (last < HOURS && hours[last] === hours[first]) last += 1;
      if (hours[first]) told.push(`${first}-${last} ${words.levels[hours[first]]}`);
      first = last;
    }
    return told.join(", ");
  };
  const write = (field) => {
    const words = wordsOf(field);
    const all = levels(field);
    const days = words.days.map((_, day) => spans(all.slice(day * HOURS, (day + 1) * HOURS), words));
    const lines = [];
    for (let first = 0; first < 7;) {
      let last = first;
      while (last + 1 < 7 && days[last + 1] === days[first]) last += 1;
      const name = last > first ? `${words.days[first]}-${words.days[last]}` : words.days[first];
      if (days[first]) lines.push(`${name}: ${days[first]}`);
      first = last + 1;
    }
    const text = textOf(field);
    text.value = lines.join("\n");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const read = (field) => {
    const words = wordsOf(field);
    const found = new Array(7 * HOURS).fill(0);
    const dayOf = (name) => words.days.findIndex((day) => day.toLowerCase() === name.trim().toLowerCase());
    for (const line of textOf(field).value.split("\n").filter((each) => each.trim())) {
      const [names, told] = line.split(/:(.*)/s);
      for (const part of names.split(/[,;+]/)) {
        const ends = part.split(/[-–]/).map(dayOf);
        if (told === undefined || ends.some((end) => end < 0)) return null;
        for (const span of told.split(/[,;]/)) {
          const [, from, to, name] = span.trim().match(/^(\d{1,2})\s*[-–]\s*(\d{1,2})\s+(.+)$/) ?? [];
          const level = words.levels.findIndex((each) => each.toLowerCase() === name?.trim().toLowerCase());
          if (level < 0 || from > 23 || to > 24) return null;
          for (let day = ends[0]; ; day = (day + 1) % 7) {
            for (let hour = 0; hour < HOURS; hour += 1) {
              const inside = Number(from) < Number(to) ? hour >= from && hour < to : hour >= from || hour < to;
              if (inside) found[day * HOURS + hour] = level;
            }
            if (day === ends.at(-1)) break;
          }
        }
      }
    }
    return found;
  };

  let stroke = null;
  let writing = false;
  const paint = (cell, level) => {
    set(cell, level);
    writing = true;
    write(fieldOf(cell));
    writing = false;
  };
  const focus = (cell) => {
    cellsOf(fieldOf(cell)).forEach((other) => { other.tabIndex = other === cell ? 0 : -1; });
    cell.focus({ preventScroll: false });
  };

  document.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest?.(CELL);
    if (!cell || event.button) return;
    event.preventDefault();
    const brush = brushOf(fieldOf(cell));
    stroke = { field: fieldOf(cell), level: Number(cell.dataset.level) === brush ? 0 : brush };
    focus(cell);
    paint(cell, stroke.level);
  });
  document.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest(CELL);
    if (cell && fieldOf(cell) === stroke.field) paint(cell, stroke.level);
  });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { stroke = null; });

  const upright = () => window.matchMedia("(max-width: 600px)").matches;
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.(CELL);
    if (!cell || event.altKey || event.metaKey || event.ctrlKey) return;
    const field = fieldOf(cell);
    const brush = brushOf(field);
    if (/^[0-3]$/.test(event.key)) paint(cell, Number(event.key));
    else if (event.key === "Enter" || event.key === " ") paint(cell, Number(cell.dataset.level) === brush ? 0 : brush);
    else if (STEPS[event.key]) {
      const [down, across] = upright() ? [...STEPS[event.key]].reverse() : STEPS[event.key];
      const day = (Number(cell.dataset.day) + down + 7) % 7;
      const hour = (Number(cell.dataset.hour) + across + HOURS) % HOURS;
      if (event.shiftKey) paint(cell, brush);
      const next = field.querySelector(`td[data-day="${day}"][data-hour="${hour}"]`);
      focus(next);
      if (event.shiftKey) paint(next, brush);
    } else return;
    event.preventDefault();
  });

  document.addEventListener("input", (event) => {
    if (writing || !event.target.matches?.("[data-hours-text]")) return;
    const field = event.target.closest("[data-hours]");
    const found = read(field);
    if (found) cellsOf(field).forEach((cell, place) => set(cell, found[place]));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-hours-clear], [data-hours-workdays]");
    if (!button) return;
    const field = button.closest("[data-hours]");
    const all = levels(field);
    cellsOf(field).forEach((cell, place) => {
      if (button.matches("[data-hours-clear]")) set(cell, 0);
      else if (place >= HOURS && place < 5 * HOURS) set(cell, all[place % HOURS]);
    });
    writing = true;
    write(field);
    writing = false;
  });
  document.querySelectorAll("[data-hours-grid]").forEach((grid) => grid.classList.add("is-live"));
})();
