// Stands for a page that is not kept: lists those that are, each with its critical contacts. What
// it says of a page is read from that page's document.
"use strict";

const keptDocuments = async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const response = await cache.match(url);
      if (!response.headers.get("content-type")?.startsWith("text/html")) continue;
      const saved = response.headers.get("date");
      found.push({ url: new URL(url), saved, page: new DOMParser().parseFromString(await response.text(), "text/html") });
    }
  }
  return found;
};

// Lists and services have a title for sharing; other pages have none.
const titleOf = ({ page }) => {
  const title = page.querySelector("meta[property='og:title']");
  return title?.dataset.name ?? title?.content;
};
const questionOf = ({ url, page }) => page.querySelector("[aria-current=true]")?.textContent.trim() ?? url.search.slice(1);
const isAskedFor = ({ page }) => [...page.querySelectorAll("link[hreflang]")]
  .some(({ href }) => new URL(href).pathname === location.pathname);

const rank = (kept) => (isAskedFor(kept) ? 0 : kept.page.documentElement.lang === document.documentElement.lang ? 1 : 2);

// Rows with the same contacts have them in the first of them.
const contactsOf = (row) => row.querySelector("ul.contacts")
  ?? (row.matches(".same-contacts") ? contactsOf(row.previousElementSibling) : null);
// Hours that a group has in common stand beside its title.
const hoursOf = (row) => row.querySelector("p.week") ?? row.parentElement.querySelector(".channel-group p.week");
// What stands below them leads to a form, which is of no use without a connection.
const copied = (contacts) => {
  const copy = contacts?.cloneNode(true);
  copy?.querySelectorAll(".after-contact").forEach((each) => each.remove());
  return copy;
};
const criticalContacts = ({ page }) => [...page.querySelectorAll("table.channels tr")]
  .filter((row) => row.querySelector(".critical"))
  .flatMap((row) => [copied(contactsOf(row)), hoursOf(row)?.cloneNode(true)].filter(Boolean));

const entryOf = (kept) => {
  const entry = document.getElementById("kept-entry").content.cloneNode(true).firstElementChild;
  const { url, page, saved } = kept;
  entry.lang = page.documentElement.lang;
  const link = entry.querySelector("a");
  link.href = url.pathname + url.search;
  link.textContent = titleOf(kept) + (url.search && ` · ${questionOf(kept)}`);
  const { of, zone } = page.querySelector("[data-of]").dataset;
  const time = new Date(saved).toLocaleTimeString(entry.lang, { timeStyle: "short", timeZone: zone });
  entry.querySelector(".quiet").textContent = of.replace("{time}", time);
  entry.append(...criticalContacts(kept));
  return entry;
};

const list = document.getElementById("kept");
keptDocuments().then((found) => {
  const pages = found.filter(titleOf).sort((a, b) => rank(a) - rank(b) || titleOf(a).localeCompare(titleOf(b)));
  list.append(...pages.map(entryOf));
  list.parentElement.hidden = !pages.length;
});

// The page stands at the address that was asked for: that is what there may be in another language.
const home = new URL(document.querySelector("a.logo").href).pathname;
for (const link of document.querySelectorAll(".languages a")) {
  if (!location.pathname.startsWith(home)) continue;
  link.href = link.pathname.replace(/[^/]*$/, "") + location.pathname.slice(home.length) + location.search;
}
