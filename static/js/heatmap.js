// Walks the cells of a [data-heatmap] with the arrow keys and says each cell's sentence below it. One cell is in the
// order of Tab; Home and End lead to the ends of a day, with Control to those of the week.
(() => {
  const CELL = "[data-heatmap] td[data-day]";
  const say = (cell) => {
    const sentence = cell.querySelector(".visually-hidden").textContent;
    cell.closest("[data-heatmap]").querySelector(".heat-sentence").textContent = sentence;
  };
  const cellAt = (map, day, hour) => map.querySelector(`[data-day="${day}"][data-hour="${hour}"]`);
  const upright = () => window.matchMedia("(max-width: 600px)").matches;
  const steps = (key, whole, day, hour) => ({
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    Home: [whole ? -day : 0, -hour],
    End: [whole ? 6 - day : 0, 23 - hour],
  })[key];
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest?.(CELL);
    if (!cell) return;
    cell.closest("[data-heatmap]").querySelectorAll("td[tabindex='0']").forEach((other) => { other.tabIndex = -1; });
    cell.tabIndex = 0;
    say(cell);
  });
  document.addEventListener("pointerover", (event) => {
    const cell = event.target.closest?.(CELL);
    if (cell) say(cell);
  });
  document.addEventListener("click", (event) => event.target.closest?.(CELL)?.focus());
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.(CELL);
    if (!cell || event.altKey || event.metaKey) return;
    const day = Number(cell.dataset.day);
    const hour = Number(cell.dataset.hour);
    const step = steps(event.key, event.ctrlKey, day, hour);
    if (!step) return;
    event.preventDefault();
    const [down, across] = upright() && event.key.startsWith("Arrow") ? [step[1], step[0]] : step;
    cellAt(cell.closest("[data-heatmap]"), (day + down + 7) % 7, (hour + across + 24) % 24)?.focus();
  });
})();
