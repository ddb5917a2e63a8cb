// Files dropped on, or chosen in, a [data-dropzone]: listed with their size in the reader's language, and sent with
// their last change in fields named `modified`, in the order of the files. Without this file it is a plain file field.
(() => {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const size = (bytes) => bytes < 1e6 ? `${number.format(Math.max(0.1, bytes / 1e3))} kB` : `${number.format(bytes / 1e6)} MB`;
  const line = (file) => {
    const made = document.createElement("li");
    for (const text of [file.name, size(file.size)]) {
      const part = document.createElement("span");
      part.textContent = text;
      made.append(part);
    }
    return made;
  };
  const modified = (file) => {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "modified";
    field.value = new Date(file.lastModified).toISOString();
    return field;
  };
  const show = (zone) => {
    const files = [...zone.querySelector("input[type=file]").files];
    zone.querySelectorAll("input[name=modified]").forEach((field) => field.remove());
    zone.append(...files.map(modified));
    zone.querySelector(".dropzone-list").replaceChildren(...files.map(line));
  };
  const zoneOf = (event) => event.target.closest?.("[data-dropzone]");
  document.addEventListener("change", (event) => {
    const zone = zoneOf(event);
    if (zone && event.target.type === "file") show(zone);
  });
  document.addEventListener("drop", (event) => {
    const zone = zoneOf(event);
    const input = zone?.querySelector("input[type=file]");
    if (!input) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    const dropped = new DataTransfer();
    [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1).forEach((file) => dropped.items.add(file));
    if (!dropped.files.length) return;
    input.files = dropped.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (const name of ["dragenter", "dragover", "dragleave"]) {
    document.addEventListener(name, (event) => {
      const zone = zoneOf(event);
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("is-over", name !== "dragleave" || zone.contains(event.relatedTarget));
    });
  }
  // A file dropped beside the zone would replace the page.
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => { if (!zoneOf(event)) event.preventDefault(); });
  }
})();
