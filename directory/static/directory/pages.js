// Comforts, none of them needed: offline reading, printing by a button, copying numbers with their
// country code, searching as you type.
"use strict";

if ("serviceWorker" in navigator && window.isSecureContext) {
  const { serviceWorker } = navigator;
  const opened = () => serviceWorker.controller?.postMessage("opened");
  serviceWorker.addEventListener("controllerchange", opened);
  // The worker knows whether it took this page from what is kept, and of when that is.
  serviceWorker.addEventListener("message", ({ data }) => {
    const line = document.querySelector(".offline");
    if (!data.kept) return;
    const time = line.querySelector(".saved-at");
    // In a copy of the site it is told. Else the time of day where the directory is.
    const how = { timeStyle: "short", timeZone: line.dataset.zone };
    time.textContent ||= new Date(data.kept).toLocaleTimeString(document.documentElement.lang, how);
    line.hidden = false;
  });
  window.addEventListener("load", opened);
  serviceWorker.register("/sw.js").catch(() => {});
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is copied travels, and is used elsewhere: numbers have their country code, addresses all of it.
const shownIn = (contact) => contact.querySelector(".value").textContent.trim();
const copyOf = (contact) => contact.dataset.international ?? contact.dataset.copy ?? shownIn(contact);
document.addEventListener("copy", (event) => {
  const selected = getSelection();
  const contact = selected.anchorNode?.parentElement?.closest("[data-international], [data-copy]");
  if (!contact || selected.toString().trim() !== shownIn(contact)) return;
  event.clipboardData.setData("text/plain", copyOf(contact));
  event.preventDefault();
});

// Where there is a pointer, a button beside each contact copies it, and says so.
const copyButton = document.getElementById("copy-button");
if (copyButton && navigator.clipboard && matchMedia("(hover: hover) and (pointer: fine)").matches) {
  const said = document.getElementById("copied");
  const add = () => {
    for (const contact of document.querySelectorAll(".buttons .button, .contact-link, .no-link")) {
      if (contact.nextElementSibling?.matches(".copy") || !contact.querySelector(".value")) continue;
      const button = copyButton.content.cloneNode(true).firstElementChild;
      button.ariaLabel += ` ${shownIn(contact)}`;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(copyOf(contact));
        said.textContent = `${said.dataset.said} ${copyOf(contact)}`;
        button.classList.add("done");
        setTimeout(() => button.classList.remove("done"), 2000);
      });
      contact.after(button);
    }
  };
  add();
  document.addEventListener("refreshed", add);
}

// Paper has what is folded, in browsers whose style sheets cannot unfold it.
if (!CSS.supports("selector(::details-content)")) {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".level details:not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }));
}

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
      document.dispatchEvent(new CustomEvent("found", { detail: page }));
    } catch { /* The button still works. */ }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 200);
  });
}
