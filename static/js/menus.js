// Menus of <details data-menu>: closed by Escape, by a click elsewhere and when the focus leaves; arrows walk them.
(() => {
  const close = (menu, { refocus = false } = {}) => {
    menu.open = false;
    if (refocus) menu.querySelector("summary").focus();
  };
  const opened = () => [...document.querySelectorAll("details[data-menu][open]")];
  const items = (menu) => [...menu.querySelectorAll(".pop a, .pop button")];
  document.addEventListener("click", (event) => {
    opened().filter((menu) => !menu.contains(event.target)).forEach((menu) => close(menu));
  });
  document.addEventListener("focusin", (event) => {
    opened().filter((menu) => !menu.contains(event.target)).forEach((menu) => close(menu));
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details[data-menu]");
    if (event.key === "Escape") opened().forEach((other) => close(other, { refocus: other === menu }));
    if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    menu.open = true;
    const all = items(menu);
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = all.indexOf(document.activeElement);
    all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length].focus();
  });
})();
