// Keeps public pages readable when there is no connection, or none that answers: those that were
// seen, and in the background what offline.json names: the list of services, the services that it
// begins with, and the page that stands for one that is not kept.
// The network is asked first, always; a kept page says of when it is (see "offline" in site.css).
"use strict";

const CACHE = "pages-4";
const DATA = "/offline.json";
const MOST = 80; // pages and their parts
const PATIENCE = 6000; // milliseconds until a kept page is better than waiting
const HOUR = 3600 * 1000;

const isPublic = (url) => url.origin === self.location.origin && !/^\/(admin|api)\//.test(url.pathname);
const isSearch = (url) => url.searchParams.has("q");
const isPart = (url) => /^\/(static\/|brand\/|brand\.css$)/.test(url.pathname);
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

// A page says that it was opened (see pages.js), and is told whether it is a kept one. Then others
// are kept: one after the other, and only while it works.
const shownFromCache = new Map(); // with the date of each
let underway = Promise.resolve();
self.addEventListener("message", (event) => {
  const kept = shownFromCache.get(event.source.id);
  if (shownFromCache.delete(event.source.id)) event.source.postMessage({ kept });
  underway = underway.then(() => keepAround(new URL(event.source.url))).catch(() => {});
  event.waitUntil(underway);
});

async function page(event, url) {
  const kept = isSearch(url) ? undefined : await keptPage(url).catch(() => {});
  try {
    return await fetchAndKeep(event, kept ? PATIENCE : 0);
  } catch (error) {
    if (kept) shownFromCache.set(event.resultingClientId, kept.headers.get("date"));
    return kept ?? error.response ?? nothingKept(url);
  }
}

// The page itself, else the one without a question; never the answer to another question.
async function keptPage(url) {
  const cache = await caches.open(CACHE);
  return await cache.match(url.href) ?? cache.match(withoutQuestion(url));
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
    const keeping = answer.then((response) => keep(event.request.url, response.clone())).catch(() => {});
    // What is being kept already is not asked for again.
    underway = underway.then(() => keeping);
    event.waitUntil(keeping);
  }
  const response = patience ? await Promise.race([answer, late(patience)]) : await answer;
  if (response.status >= 500) throw Object.assign(new Error(response.status), { response });
  return response;
}

const late = (patience) => new Promise((_, reject) => setTimeout(reject, patience, new Error("late")));

// The page that was opened, if that was before there was a worker; the same without its question,
// where critical contacts come first; what every page needs; the list, and its first services.
async function keepAround(url) {
  if (!isPublic(url)) return;
  const data = await keepUnlessFresh(new URL(DATA, url).href, 24 * HOUR).then((response) => response.json());
  const language = languageOf(url, data);
  const opened = isSearch(url) ? url.origin + language.list : withoutQuestion(url) + url.search;
  await keepUnlessFresh(opened, 24 * HOUR);
  await keepUnlessFresh(withoutQuestion(url), HOUR);
  for (const path of data.parts) await keepUnlessFresh(url.origin + path, Infinity);
  for (const { missing } of data.languages) await keepUnlessFresh(url.origin + missing, 24 * HOUR);
  if (navigator.connection?.saveData) return;
  for (const path of [language.list, ...language.services]) await keepUnlessFresh(url.origin + path, 24 * HOUR);
}

// The language of an address: the list of each stands at the beginning of all its addresses.
function languageOf(url, data) {
  const those = data.languages.filter(({ list }) => url.pathname.startsWith(list));
  return those.reduce((one, other) => (other.list.length > one.list.length ? other : one));
}

// What is kept then. It throws where going on is of no use: no answer, or a refusal.
async function keepUnlessFresh(address, age) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address);
  if (kept && Date.now() - Date.parse(kept.headers.get("date")) < age) return kept;
  const response = await fetch(address, { signal: AbortSignal.timeout(2 * PATIENCE), priority: "low" });
  if (response.status >= 429) throw new Error(response.status);
  await keep(address, response);
  return cache.match(address);
}

// What is no longer published is not kept any longer; what arrives in part replaces nothing. A newer
// copy takes the place of the one before at once: between the two, somebody may ask for it.
async function keep(address, response) {
  const cache = await caches.open(CACHE);
  if (response.status === 404 || response.status === 410) await cache.delete(address);
  if (!response.ok || response.type !== "basic" || response.redirected) return;
  // A form is of the live site alone.
  if (/no-store/.test(response.headers.get("cache-control"))) return;
  const whole = new Response(await response.blob(), response);
  await cache.put(address, whole);
  const oldest = await cache.keys();
  await Promise.all(oldest.slice(0, -MOST).map((each) => cache.delete(each)));
}

// Instead of a page that is not kept: the one that lists those that are (see offline.js).
async function nothingKept(url) {
  const cache = await caches.open(CACHE);
  const data = await cache.match(url.origin + DATA).then((response) => response?.json());
  const kept = data && await cache.match(url.origin + languageOf(url, data).missing);
  return kept ? new Response(kept.body, { status: 503, headers: kept.headers }) : Response.error();
}
