// Comforts, none of them needed: offline reading, printing by a button, numbers that are copied with
// their country code, searching as you type.
"use strict";

if ("serviceWorker" in navigator && window.isSecureContext) {
  const { serviceWorker } = navigator;
  const opened = () => serviceWorker.controller?.postMessage("opened");
  serviceWorker.addEventListener("controllerchange", opened);
  // The worker knows whether it took this page from what is kept.
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data === "kept") document.body.dataset.offline ??= "";
  });
  window.addEventListener("load", opened);
  serviceWorker.register("/sw.js").catch(() => {});
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is copied travels, and is dialled elsewhere.
document.addEventListener("copy", (event) => {
  const selected = getSelection();
  const number = selected.anchorNode?.parentElement?.closest("[data-international]");
  const shown = number?.querySelector(".value").textContent.trim();
  if (!number || selected.toString().trim() !== shown) return;
  event.clipboardData.setData("text/plain", number.dataset.international);
  event.preventDefault();
});

const form = document.querySelector("form[data-live]");
const results = document.getElementById("results");
if (form && results) {
  const field = form.elements.q;
  let timer, asked = field.value.trim(), running;
  const search = async () => {
    const query = field.value.trim();
    if (query === asked) return;
    asked = query;
    running?.abort();
    running = new AbortController();
    const url = new URL(form.action);
    if (query) url.searchParams.set("q", query);
    try {
      const response = await fetch(url, { signal: running.signal });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      // The status stays where it is and only its words change, so that they are read out.
      for (const id of ["found", "results"]) {
        document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
      }
      history.replaceState(null, "", url);
    } catch { /* The button still works. */ }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 200);
  });
}
