// Tells the site that shows the card in a frame how high it is, if that asks (see card.js).
"use strict";

let host;

const tell = () => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  host?.source.postMessage({ type: "support-directory-card", height }, host.origin);
};

window.addEventListener("message", ({ source, origin, data }) => {
  if (source !== window.parent || data !== "support-directory-card") return;
  // A file has no origin that can be named.
  host = { source, origin: origin === "null" ? "*" : origin };
  tell();
});

new ResizeObserver(tell).observe(document.documentElement);
