// Keeps the desk of one person for the time without a network. The network is always asked first.
// The person is named in this script's address; caches of anybody else are thrown away when it starts.
const CACHE = `desk-${new URL(self.location).searchParams.get("user")}`;
const MOST = 400;
let isOver = false; // the person has signed out; what is still on its way is not kept
const isOurs = (url) => url.origin === self.location.origin && (url.pathname.startsWith("/static/") || isDesk(url));
const isDesk = (url) => /^\/(desk|brands\/[^/]+\/desk)\//.test(url.pathname) && !url.searchParams.has("as") && !url.searchParams.has("download");
// A brief and the crisis plan are kept only when the person opens them: opening tells that they were seen.
const mayFetchUnasked = (url) => isOurs(url) && !/\/desk\/(briefs|crisis)\//.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("desk-") && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

const keep = async (address, response) => {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  const body = await response.blob();
  if (isOver) return;
  const headers = new Headers(response.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  headers.delete("Content-Encoding");
  const cache = await caches.open(CACHE);
  await cache.put(address, new Response(body, { status: response.status, headers }));
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((old) => cache.delete(old)));
};

const fromKept = async (request) => {
  const found = await (await caches.open(CACHE)).match(request.url, { ignoreVary: true });
  if (!found) return Response.error();
  if (!(found.headers.get("Content-Type") || "").startsWith("text/html")) return found;
  const html = (await found.text()).replace("<body", `<body data-kept-at="${found.headers.get("X-Kept-At")}"`);
  return new Response(html, { status: found.status, headers: found.headers });
};

// Pages of the desk and what they need; files that other pages load are left alone.
const isForDesk = async (event) => {
  if (isDesk(new URL(event.request.url))) return true;
  const client = await self.clients.get(event.clientId);
  return Boolean(client) && isDesk(new URL(client.url));
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !isOurs(new URL(request.url))) return;
  event.respondWith((async () => {
    try {
      const response = await fetch(request);
      const copy = response.clone();
      event.waitUntil(isForDesk(event).then((yes) => (yes ? keep(request.url, copy) : null)));
      return response;
    } catch {
      return fromKept(request);
    }
  })());
});

self.addEventListener("message", (event) => event.waitUntil((async () => {
  if (event.data.forget) {
    isOver = true;
    await caches.delete(CACHE);
  }
  for (const address of event.data.keep || []) {
    if (!mayFetchUnasked(new URL(address))) continue;
    try { await keep(address, await fetch(address, { redirect: "error" })); } catch { /* it is tried again at the next visit */ }
  }
})()));
