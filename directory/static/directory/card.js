// For sites that show the card of a service: gives its frame the height that it needs. Optional.
//   <script src="https://…/card.js" async></script>
// It reads and changes nothing else, and believes nobody but the cards of the site it comes from.
"use strict";

(() => {
  const { origin } = new URL(document.currentScript.src);
  const frames = () => [...document.querySelectorAll("iframe")];
  // It says nothing secret, and whoever is not a card does not answer.
  const ask = (frame) => frame.contentWindow?.postMessage("support-directory-card", "*");
  const isOurs = (frame) => frame.src.startsWith(`${origin}/`);

  window.addEventListener("message", ({ source, origin: sender, data }) => {
    if (sender !== origin || data?.type !== "support-directory-card") return;
    const { height } = data;
    if (!Number.isInteger(height) || height < 1 || height > 10000) return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (frame) frame.style.height = `${height}px`;
  });

  // Frames that come later, or load when they are scrolled to; the event does not bubble.
  document.addEventListener("load", ({ target }) => {
    if (target.nodeName === "IFRAME" && isOurs(target)) ask(target);
  }, true);
  frames().filter(isOurs).forEach(ask);
})();
