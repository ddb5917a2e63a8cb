// Files dropped on, or chosen in, a [data-dropzone]: listed with their size, and sent with their last change.
(() => {
  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const list = (zone) => {
    const input = zone.querySelector("input[type=file]");
    const shown = zone.querySelector(".dropzone-list");
    shown.replaceChildren();
    zone.querySelectorAll("input[name=modified]").forEach((hidden) => hidden.remove());
    for (const file of input.files) {
      const line = document.createElement("li");
      const name = document.createElement("span");
      const bytes = document.createElement("span");
      name.textContent = file.name;
      bytes.textContent = size(file.size);
      line.append(name, bytes);
      shown.append(line);
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "modified";
      hidden.value = new Date(file.lastModified).toISOString();
      zone.append(hidden);
    }
  };
  document.addEventListener("change", (event) => {
    const zone = event.target.closest("[data-dropzone]");
    if (zone && event.target.type === "file") list(zone);
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const zone = event.target.closest?.("[data-dropzone]");
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("is-over", name === "dragenter" || name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) {
        zone.querySelector("input[type=file]").files = event.dataTransfer.files;
        list(zone);
      }
    });
  }
})();
