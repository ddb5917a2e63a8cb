// The desk's own behaviours: bright light and checklist ticks, both kept in this browser only, and printing.
(() => {
  const read = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a browser that keeps nothing */ } };
  const button = document.querySelector("button[data-bright]");
  const shine = (on) => {
    document.documentElement.toggleAttribute("data-bright", on);
    button?.setAttribute("aria-pressed", String(on));
  };
  shine(read("desk-bright") === "on");
  button?.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    write("desk-bright", on ? "on" : "off");
    shine(on);
  });
  document.querySelectorAll("[data-print]").forEach((print) => print.addEventListener("click", () => window.print()));
  document.querySelectorAll("[data-ticks]").forEach((list) => {
    const key = `desk-ticks-${list.dataset.ticks}`;
    const boxes = [...list.querySelectorAll("input")];
    const kept = (read(key) || "").split(",");
    boxes.forEach((box, place) => {
      box.checked = kept.includes(String(place));
      box.addEventListener("change", () => {
        write(key, boxes.flatMap((one, at) => (one.checked ? [at] : [])).join(","));
      });
    });
  });
})();
