// Walks the cells of a [data-heatmap] with the arrow keys and says each cell's sentence below it.
(() => {
  const say = (cell) => {
    const map = cell.closest("[data-heatmap]");
    map.querySelector(".heat-sentence").textContent = cell.dataset.sentence;
  };
  const cellAt = (map, day, hour) => map.querySelector(`[data-day="${day}"][data-hour="${hour}"]`);
  const upright = () => window.matchMedia("(max-width: 600px)").matches;
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-heatmap] [data-sentence]");
    if (!cell) return;
    cell.closest("[data-heatmap]").querySelectorAll("[tabindex='0']").forEach((other) => { other.tabIndex = -1; });
    cell.tabIndex = 0;
    say(cell);
  });
  document.addEventListener("pointerover", (event) => {
    const cell = event.target.closest?.("[data-heatmap] [data-sentence]");
    if (cell) say(cell);
  });
  document.addEventListener("click", (event) => {
    event.target.closest?.("[data-heatmap] [data-sentence]")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("[data-heatmap] [data-sentence]");
    if (!cell) return;
    const day = Number(cell.dataset.day), hour = Number(cell.dataset.hour);
    const along = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -hour], End: [0, 23 - hour] }[event.key];
    if (!along) return;
    event.preventDefault();
    const [down, across] = upright() && event.key.startsWith("Arrow") ? [along[1], along[0]] : along;
    cellAt(cell.closest("[data-heatmap]"), (day + down + 7) % 7, (hour + across + 24) % 24)?.focus();
  });
})();
