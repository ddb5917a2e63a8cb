// On every page: what the desk keeps in this browser belongs to the person who is signed in, and to nobody else.
(() => {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const { user, keptAt, keptText } = document.body.dataset;
  const ofAnother = (script) => new URL(script).searchParams.get("user") !== user;
  const clear = async () => {
    const registrations = await navigator.serviceWorker.getRegistrations();
    await Promise.all(registrations.map((one) => {
      const script = (one.active || one.waiting || one.installing)?.scriptURL || "";
      if (!script.includes("/desk-worker.js") || !ofAnother(script)) return null;
      one.active?.postMessage({ forget: true });
      return one.unregister();
    }));
    const names = (await caches.keys()).filter((name) => name.startsWith("desk-") && name !== `desk-${user}`);
    await Promise.all(names.map((name) => caches.delete(name)));
    try {
      Object.keys(localStorage).filter((key) => key.startsWith("desk-ticks-") && !key.startsWith(`desk-ticks-${user}-`))
        .forEach((key) => localStorage.removeItem(key));
    } catch { /* a browser that keeps nothing */ }
  };
  const keep = async () => {
    await navigator.serviceWorker.register(`/desk-worker.js?user=${user}`, { scope: "/" });
    const ready = await navigator.serviceWorker.ready;
    const seen = performance.getEntriesByType("resource").map((entry) => entry.name);
    const tasks = [...document.querySelectorAll("a.desk-task")].map((link) => link.href);
    ready.active.postMessage({ keep: [location.href.split("#")[0], ...seen, ...tasks] });
  };
  const tell = () => {
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    const note = document.createElement("p");
    note.className = "banner banner-warning";
    note.setAttribute("role", "status");
    note.textContent = keptText.replace("TIME", time.format(new Date(keptAt)));
    document.getElementById("main").prepend(note);
  };
  if (keptAt) tell();
  const isDesk = document.querySelector(".desk-top") && !new URLSearchParams(location.search).has("as");
  clear().then(() => (user && isDesk && !keptAt ? keep() : null)).catch(() => {});
})();
