// Keeps an open page true: when what it says may be told otherwise (data-until), and when one
// returns to it, it is fetched again and what differs is put in place. Without this script a page
// says until when it holds. Only times of the server and durations count, as a device's clock may be
// wrong: one that is fast costs one fetch.
"use strict";

const MINUTE = 60 * 1000;
const STALE = 10 * MINUTE; // who returns after this long may have missed a new edition
const LONGEST = 32 * MINUTE; // between two fetches of which the first brought nothing new
const PATIENCE = 15 * 1000;
const PARTS = ["main", ".site-footer"];
// What readers and other scripts do to an element stays.
const THEIRS = new Set(["open", "hidden"]);

// How long ago something was. A sleeping device may stop one clock, its owner may put back the other.
const now = () => ({ steady: performance.now(), wall: Date.now() });
const since = (then) => Math.max(performance.now() - then.steady, Date.now() - then.wall);

// How long something lasts from the first of the times that are known.
const lasting = (until, ...times) => Math.min(...times.filter(Number.isFinite).map((each) => until - each));
// Whether it is one that the device had kept: it says so (see pages.js).
const isKept = () => document.querySelector(".offline")?.hidden === false;

const held = document.querySelector("main[data-until]");
if (held) {
  const until = Date.parse(held.dataset.until);
  let read = now(), asked, running = false, fruitless = 0, timer;
  // When the page was sent, by the clock of the server; not known in all browsers.
  let sent = NaN;
  const there = () => sent + since(read);
  let life = lasting(until, Date.now());

  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  const due = () => (isKept() ? 0 : life);
  const pause = () => (asked ? Math.min(MINUTE * 2 ** fruitless, LONGEST) - since(asked) : 0);

  // What has just been read holds as long as it says.
  const take = (page, when) => {
    const { until } = page.querySelector("main").dataset;
    sent = when || Date.now();
    life = until ? lasting(Date.parse(until), sent) : Infinity;
    read = now();
  };

  const plan = () => {
    clearTimeout(timer);
    if (due() === Infinity) return;
    // A moment later, as timers may be early, and not all devices at once.
    const wait = Math.max(due() - since(read), pause()) + 1000 + Math.random() * 2000;
    // A timer stands still while the device sleeps: the clocks are looked at each minute.
    timer = setTimeout(() => ask(due()), Math.min(wait, MINUTE));
  };

  // Fetch the page if it was read this long ago, and not too soon after the last time.
  const ask = async (age) => {
    if (running || document.hidden) return;
    if (since(read) < age || pause() > 0) return plan();
    running = true;
    asked = now();
    try {
      const { href } = location;
      const { told } = document.querySelector("main").dataset;
      const answer = await fetch(href, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.querySelector("main");
      if (!main) throw new Error("no page of ours");
      // Else something else has been searched for meanwhile, and found.
      if (location.href === href) {
        take(page, Date.parse(answer.headers.get("date")));
        // Nothing can be said to hold until an instant that has passed.
        fruitless = life > 0 ? 0 : fruitless + 1;
        put(page);
        if (main.dataset.told !== told) status.textContent = main.dataset.told ?? page.title;
      }
    } catch {
      fruitless += 1;
    }
    running = false;
    plan();
  };

  // Who comes back does not wait for what failed meanwhile.
  const returned = () => {
    fruitless = 0;
    ask(Math.min(due(), STALE));
  };
  document.addEventListener("visibilitychange", returned);
  window.addEventListener("pageshow", ({ persisted }) => persisted && returned());
  window.addEventListener("online", returned);
  // Other results of a search have been put in place (see pages.js).
  document.addEventListener("found", ({ detail }) => {
    take(detail, there());
    plan();
  });
  plan();
  // What the answer said of the server's clock: the device's may be slow.
  new PerformanceObserver((list) => {
    const clock = list.getEntries()[0].serverTiming?.find(({ name }) => name === "clock");
    if (!clock || asked) return;
    sent = Number(clock.description);
    life = lasting(until, sent, Date.now());
    plan();
  }).observe({ type: "navigation", buffered: true });
}

// Put a page in the place of the one that is shown; who reads it notices what is different alone.
function put(page) {
  const focused = document.activeElement;
  const stay = scrollKeeper();
  for (const part of PARTS) {
    const [old, young] = [document, page].map((each) => each.querySelector(part));
    if (old && young) update(old, young);
  }
  document.title = page.title;
  document.documentElement.dataset.sheet = page.documentElement.dataset.sheet ?? "";
  // It is no kept copy any more.
  document.querySelector(".offline")?.setAttribute("hidden", "");
  if (focused !== document.activeElement) refocus(focused);
  stay();
  document.dispatchEvent(new Event("refreshed"));
}

// Make an element like another, and keep what both have: with the focus, what is typed into it, and
// whether it is folded.
function update(old, young) {
  if (old.isEqualNode(young)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = young.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!young.hasAttribute(name) && !THEIRS.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of young.attributes) {
    if (!THEIRS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const left = [...old.childNodes];
  const take = (is) => {
    const index = left.findIndex(is);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const children = [...young.childNodes];
  const same = new Map();
  // What is equal stays as it is; of the rest, what has the same key is changed.
  for (const child of children) same.set(child, take((each) => each.isEqualNode(child)));
  for (const child of children) same.set(child, same.get(child) ?? take((each) => keyOf(each) === keyOf(child)));
  for (const each of left) each.remove();
  let place = old.firstChild;
  for (const child of children) {
    const kept = same.get(child);
    if (kept && kept === place) place = place.nextSibling;
    else old.insertBefore(kept ?? document.importNode(child, true), place);
    if (kept) update(kept, child);
  }
}

// What makes a node the same: a link is another one where it leads elsewhere.
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
  const own = node.id || node.getAttribute("href") || node.getAttribute("name");
  return `${node.nodeName} ${own || (node.nodeName === "DETAILS" && summaryOf(node)) || ""}`;
}

function summaryOf(details) {
  return details.querySelector("summary")?.textContent.trim();
}

// Give the focus back to what had it, else to what stands for it; the page itself if nothing does.
function refocus(focused) {
  const key = keyOf(focused);
  const alike = (each) => keyOf(each) === key && each.textContent === focused.textContent;
  const found = focused.isConnected ? focused : [...document.querySelectorAll(focused.nodeName)].find(alike);
  (found ?? document.querySelector("main")).focus({ preventScroll: true });
}

// Remember what stands where on the screen; the function that is returned scrolls it back there.
function scrollKeeper() {
  const root = document.documentElement;
  const seen = [];
  let each = scrollY > 0 ? document.elementFromPoint(innerWidth / 2, innerHeight / 3) : null;
  for (; each && each !== document.body; each = each.parentElement) seen.push([each, each.getBoundingClientRect().top]);
  root.style.overflowAnchor = "none";
  return () => {
    const [still, top] = seen.find(([element]) => element.isConnected) ?? [];
    if (still) scrollBy({ top: still.getBoundingClientRect().top - top, behavior: "instant" });
    root.style.overflowAnchor = "";
  };
}
