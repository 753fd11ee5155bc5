// Runs beside the pages of an installed console. It keeps one page for when there is no connection, with its style, and
// nothing else: no ticket is ever kept on a device.
const KEPT = "offline-1";
const NEEDED = [
  "/offline", "/static/tokens.css", "/static/components.css", "/static/frame.css", "/static/console.css", "/static/icon.svg",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const older = caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(older.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return; // what was sent and did not arrive is the browser's to say
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match("/offline")));
  else if (NEEDED.includes(path)) event.respondWith(fetch(request).catch(() => caches.match(path)));
});

// What is pushed has a number and what happened, in words. Who has the ticket before their eyes is not told of it.
self.addEventListener("push", (event) => {
  const { title, body, url, lang } = event.data.json();
  const told = async () => {
    const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
    if (open.some((each) => each.visibilityState === "visible" && new URL(each.url).pathname === url)) return;
    await registration.showNotification(title, {
      body, lang, tag: url, renotify: true, icon: "/static/icon-192.png", data: url,
    });
  };
  event.waitUntil(told());
});

self.addEventListener("notificationclick", (event) => {
  const wanted = new URL(event.notification.data, location.origin);
  event.notification.close();
  const opened = async () => {
    const open = await clients.matchAll({ type: "window" });
    const there = open.find((each) => new URL(each.url).pathname === wanted.pathname);
    await (there ? there.focus() : clients.openWindow(wanted.href));
  };
  event.waitUntil(opened());
});
