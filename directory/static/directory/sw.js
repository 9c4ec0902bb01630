// Keeps public pages readable when there is no connection, or none that answers: those that were
// seen, and in the background the list of services and the services that it begins with.
// The network is asked first, always; a kept page says of when it is (see "offline" in site.css).
"use strict";

const CACHE = "pages-2";
const MOST = 80; // pages and their parts
const SERVICES = 15; // kept without having been opened, per language
const PATIENCE = 6000; // milliseconds until a kept page is better than waiting
const HOUR = 3600 * 1000;
const WORDS = {
  es: {
    title: "Sin conexión",
    missing: "Esta página no está guardada en este dispositivo.",
    again: "Intente de nuevo",
    kept: "Páginas guardadas",
    of: "Copia del",
  },
  en: {
    title: "No connection",
    missing: "This page is not saved on this device.",
    again: "Try again",
    kept: "Saved pages",
    of: "Copy of",
  },
};

const isPublic = (url) => url.origin === self.location.origin && !/^\/(admin|api)\//.test(url.pathname);
const isSearch = (url) => url.searchParams.has("q");
const isPart = (url) => /^\/(static\/|brand\/|brand\.css$)/.test(url.pathname);
const isListOrService = (url) => /^\/(en\/)?(servicios\/[^/]+\/)?$/.test(url.pathname);
const language = (url) => (url.pathname.startsWith("/en/") ? "en" : "es");
const withoutQuestion = (url) => url.origin + url.pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && isPublic(url)) event.respondWith(page(event, url));
  else if (isPart(url)) event.respondWith(part(event));
});

// A page says that it was opened (see pages.js). One after the other, and only while it works.
let underway = Promise.resolve();
self.addEventListener("message", (event) => {
  underway = underway.then(() => keepAround(new URL(event.source.url))).catch(() => {});
  event.waitUntil(underway);
});

async function page(event, url) {
  const kept = isSearch(url) ? undefined : await keptPage(url).catch(() => {});
  try {
    return await fetchAndKeep(event, kept ? PATIENCE : 0);
  } catch (error) {
    return kept ? marked(kept) : error.response ?? nothingKept(url);
  }
}

// The page itself, else the one without a question; never the answer to another question.
async function keptPage(url) {
  const cache = await caches.open(CACHE);
  return await cache.match(url.href) ?? cache.match(withoutQuestion(url));
}

async function marked(kept) {
  const html = await kept.text();
  const headers = new Headers(kept.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  // A static copy has its own mark already.
  const text = html.includes("<body data-offline") ? html : html.replace("<body", "<body data-offline");
  return new Response(text, { headers });
}

async function part(event) {
  const kept = await caches.match(event.request.url).catch(() => {});
  try {
    return await fetchAndKeep(event, kept ? PATIENCE / 4 : 0);
  } catch (error) {
    return kept ?? error.response ?? Response.error();
  }
}

async function fetchAndKeep(event, patience) {
  const answer = fetch(event.request);
  // Also what comes too late for now.
  if (!isSearch(new URL(event.request.url))) {
    event.waitUntil(answer.then((response) => keep(event.request.url, response.clone())).catch(() => {}));
  }
  const response = patience ? await Promise.race([answer, late(patience)]) : await answer;
  if (response.status >= 500) throw Object.assign(new Error(response.status), { response });
  return response;
}

const late = (patience) => new Promise((_, reject) => setTimeout(reject, patience, new Error("late")));

// The page that was opened, with its parts, if that was before there was a worker; the same without
// its question, where critical contacts come first; the list, and the services that it begins with.
async function keepAround(url) {
  if (!isPublic(url)) return;
  const list = new URL(language(url) === "en" ? "/en/" : "/", url).href;
  const opened = isSearch(url) ? list : withoutQuestion(url) + url.search;
  const html = await keepUnlessFresh(opened, 24 * HOUR);
  await keepUnlessFresh(withoutQuestion(url), HOUR);
  for (const path of paths(html, /(?:href|src)="(\/(?:static\/|brand\/|brand\.css)[^"#]*)/g)) {
    await keepUnlessFresh(url.origin + path, Infinity);
  }
  if (navigator.connection?.saveData) return;
  const services = paths(await keepUnlessFresh(list, 24 * HOUR), /href="((?:\/en)?\/servicios\/[^"/?#]+\/)"/g);
  for (const path of services.slice(0, SERVICES)) await keepUnlessFresh(url.origin + path, 24 * HOUR);
}

const paths = (html, pattern) => [...new Set(Array.from(html.matchAll(pattern), (match) => match[1]))];

// The text of what is kept then. It throws where going on is of no use: no answer, or a refusal.
async function keepUnlessFresh(address, age) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address);
  if (kept && Date.now() - Date.parse(kept.headers.get("date")) < age) return kept.text();
  const response = await fetch(address, { signal: AbortSignal.timeout(2 * PATIENCE), priority: "low" });
  if (response.status >= 429) throw new Error(response.status);
  await keep(address, response);
  return await (await cache.match(address))?.text() ?? "";
}

// What is no longer published is not kept any longer; what arrives in part replaces nothing.
async function keep(address, response) {
  const cache = await caches.open(CACHE);
  if (response.status === 404 || response.status === 410) await cache.delete(address);
  if (!response.ok || response.type !== "basic" || response.redirected) return;
  const whole = new Response(await response.blob(), response);
  await cache.delete(address);
  await cache.put(address, whole);
  const oldest = await cache.keys();
  await Promise.all(oldest.slice(0, -MOST).map((each) => cache.delete(each)));
}

// Instead of a page that is not kept: which ones are, and whom they name for critical incidents.
async function nothingKept(url) {
  const pages = await keptPages(url);
  const frame = pages.find((each) => each.language === language(url)) ?? pages[0];
  const words = WORDS[language(url)];
  const html = `<!doctype html>
<html lang="${language(url)}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${words.title}</title>
  ${frame?.styles ?? ""}
</head>
<body>
  ${frame ? `<header class="site-header" lang="${frame.language}"><div class="wrap">${frame.logo}</div></header>` : ""}
  <main class="wrap">
    <h1>${words.title}</h1>
    <p>${words.missing} <a href="">${words.again}</a></p>
    ${frame ? `<h2>${words.kept}</h2><ul class="services kept">${pages.map(entry).join("")}</ul>` : ""}
  </main>
</body>
</html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'",
  };
  return new Response(html, { status: 503, headers });
}

const entry = (each) => `<li class="service" lang="${each.language}">
  <h3><a href="${each.path}">${each.title}</a></h3>
  <p class="quiet">${WORDS[each.language].of} ${each.of}</p>
  ${each.critical}
</li>`;

// The kept lists and services: the one asked for in any language, then those in its language.
async function keptPages(url) {
  const cache = await caches.open(CACHE);
  const requests = (await cache.keys()).filter((request) => isListOrService(new URL(request.url)));
  const pages = await Promise.all(requests.map(async (request) =>
    read(new URL(request.url), await (await cache.match(request))?.text() ?? "")));
  const asked = (each) => each.path.split("?")[0].replace(/^\/en/, "") === url.pathname.replace(/^\/en/, "");
  const rank = (each) => (asked(each) ? 0 : each.language === language(url) ? 1 : 2);
  return pages.filter((each) => each.title).sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));
}

// What a page says of itself, as it is written there: it is escaped already.
function read(url, html) {
  const first = (pattern, text = html) => pattern.exec(text)?.[1] ?? "";
  const question = url.search && ` · ${first(/aria-current="true"[^>]*>([^<]*)/) || url.search.slice(1)}`;
  const rows = (html.match(/<tr>.*?<\/tr>/gs) ?? []).filter((row) => row.includes('class="critical"'));
  return {
    path: url.pathname + url.search,
    language: language(url),
    title: first(/<title>(.*) · .*<\/title>/) + question,
    of: first(/ data-of="([^"]*)"/),
    critical: rows.map((row) =>
      first(/(<ul class="contacts">.*?<\/ul>)/s, row) + first(/(<p class="week">.*?<\/p>)/s, row)).join(""),
    logo: first(/(<a class="logo".*?<\/a>)/s),
    styles: (html.match(/<link rel="stylesheet"[^>]*>/g) ?? []).join(""),
  };
}
