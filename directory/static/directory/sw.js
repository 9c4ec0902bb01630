// Keeps the last seen public pages readable when there is no connection, or none that answers.
// The network is asked first, always; a kept page says of when it is (see "offline" in site.css).
"use strict";

const CACHE = "pages-1";
const MOST = 40;
const PATIENCE = 6000; // milliseconds until a kept page is better than waiting
const WORDS = {
  es: {
    title: "Sin conexión",
    text: "Esta página no está guardada en este dispositivo.",
    kept: "Estas sí lo están:",
    again: "Intente de nuevo cuando tenga conexión.",
  },
  en: {
    title: "No connection",
    text: "This page is not saved on this device.",
    kept: "These are:",
    again: "Try again when you are connected.",
  },
};

const isPublic = (url) => url.origin === self.location.origin && !/^\/(admin|api)\//.test(url.pathname);
const isSearch = (url) => url.searchParams.has("q");
const isPart = (url) => url.pathname.startsWith("/static/") || url.pathname === "/brand.css";
const language = (url) => (url.pathname.startsWith("/en/") ? "en" : "es");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim())
    .then(() => self.clients.matchAll({ type: "window" }))
    .then((clients) => Promise.all([...new Set(clients.map((client) => client.url))].map(keepOpened)))));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && isPublic(url)) event.respondWith(page(event, url));
  else if (isPart(url)) event.respondWith(part(event));
});

async function page(event, url) {
  const kept = isSearch(url) ? undefined : await keptPage(url);
  try {
    return await fetchAndKeep(event, kept ? PATIENCE : 0);
  } catch (error) {
    if (!kept) return error.response ?? nothingKept(url);
    const html = await kept.text();
    const headers = new Headers(kept.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    // A static copy has its own mark already.
    const marked = html.includes("<body data-offline") ? html : html.replace("<body", "<body data-offline");
    return new Response(marked, { status: 200, headers });
  }
}

// The page itself, else the one without a question, else one with another question.
async function keptPage(url) {
  const cache = await caches.open(CACHE);
  return await cache.match(url.href) ?? await cache.match(url.origin + url.pathname)
    ?? await cache.match(url.href, { ignoreSearch: true });
}

// What is said of a page that is not kept: where the kept services are.
async function nothingKept(url) {
  const cache = await caches.open(CACHE);
  const addresses = (await cache.keys()).map((request) => new URL(request.url));
  const styles = addresses.filter((each) => /^\/static\/.*\/site\.[^/]*css$|^\/brand\.css$/.test(each.pathname));
  const links = new Map();
  for (const each of addresses) {
    if (!/^\/(en\/)?servicios\/[^/]+\/$/.test(each.pathname) || language(each) !== language(url)) continue;
    // Both are escaped where they come from: a path in an address, a title in its page.
    const title = /<title>(.*?)( · .*)?<\/title>/s.exec(await (await cache.match(each.href)).text());
    if (title) links.set(each.pathname, `<li><a href="${each.pathname}">${title[1]}</a></li>`);
  }
  const words = WORDS[language(url)];
  const html = `<!doctype html>
<html lang="${language(url)}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${words.title}</title>
  ${styles.map((each) => `<link rel="stylesheet" href="${each.pathname}">`).join("")}
</head>
<body>
  <main class="wrap">
    <h1>${words.title}</h1>
    <p>${words.text} ${links.size ? words.kept : words.again}</p>
    ${links.size ? `<ul class="kept">${[...links.values()].join("")}</ul><p>${words.again}</p>` : ""}
  </main>
</body>
</html>`;
  return new Response(html, {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'self'",
    },
  });
}

async function part(event) {
  try {
    return await fetchAndKeep(event, 0);
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(event.request.url);
    if (!kept) throw error;
    return kept;
  }
}

async function fetchAndKeep(event, patience) {
  const answer = fetch(event.request);
  const response = patience ? await Promise.race([answer, late(patience)]) : await answer;
  if (response.status >= 500) throw Object.assign(new Error(response.status), { response });
  if (isToKeep(response) && !isSearch(new URL(event.request.url))) {
    event.waitUntil(keep(event.request.url, response.clone()));
  }
  return response;
}

const isToKeep = (response) => response.ok && response.type === "basic";
const late = (patience) => new Promise((_, reject) => setTimeout(reject, patience, new Error("late")));

// What was opened before there was a worker: a page and its parts. Fetching waits for this to end,
// so it is bounded in time; it may fail, the next visit does the same.
async function keepOpened(address) {
  const url = new URL(address);
  url.hash = "";
  if (!isPublic(url) || isSearch(url)) return;
  try {
    const html = await fetchOpened(url.href);
    const found = html.matchAll(/(?:href|src)="(\/static\/[^"#]+|\/brand\.css)/g);
    await Promise.all([...new Set(Array.from(found, (match) => match[1]))]
      .map((path) => fetchOpened(url.origin + path)));
  } catch { /* Not kept this time. */ }
}

async function fetchOpened(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE / 2) });
  if (!isToKeep(response)) throw new Error(response.status);
  await keep(address, response.clone());
  return response.text();
}

async function keep(url, response) {
  const cache = await caches.open(CACHE);
  await cache.delete(url);
  await cache.put(url, response);
  const oldest = await cache.keys();
  await Promise.all(oldest.slice(0, Math.max(0, oldest.length - MOST)).map((each) => cache.delete(each)));
}
