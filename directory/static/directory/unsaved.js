// Nothing typed is lost by leaving: a page whose form says something else than when it was opened
// asks before it is left; a form is sent once, however often its button is pressed; and the way back
// from a preview leads to the form as it was typed.
"use strict";

{
  const TYPED = "typed"; // What a preview holds, for the way back: in this tab only.
  const AGAIN = 3000; // Milliseconds after which a button that led nowhere, as to a file, works again.
  // To select rows of a list, or to type a name and a password, is no work that could be lost.
  const forms = () =>
    [...document.querySelectorAll("#content-main form[method=post]")].filter(
      (form) => !form.matches("#changelist-form") && (!form.matches("#login-form") || holdsTyped(form)),
    );
  // Forms that come back with what was typed are unsaved from the start.
  const holdsTyped = (form) => [...form.elements].some((element) => "typed" in element.dataset);
  const said = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
  const opened = new WeakMap();
  let sent = null;
  let follows = false;

  const isUnsaved = (form) =>
    form.matches("[data-unsaved]")
      ? follows
      : opened.has(form) && (holdsTyped(form) || said(form) !== opened.get(form));

  addEventListener("load", () => {
    // After Django's own functions for a page that is ready.
    setTimeout(() => forms().forEach((form) => opened.set(form, said(form))), 0);
  });

  // A preview holds all of it, and the browser's way back leads to the form: only links lose it.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href]");
    follows = Boolean(link && link.target !== "_blank" && !link.getAttribute("href").startsWith("#"));
  });

  addEventListener("beforeunload", (event) => {
    // What is sent is not lost; what was typed into another form of the page is.
    if (forms().some((form) => form !== sent && isUnsaved(form))) event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (sent === event.target) event.preventDefault();
    else if (event.target.target !== "_blank") {
      sent = event.target;
      setTimeout(() => (sent = null), AGAIN);
    }
  });

  // Who comes back to a page that the browser kept may send its form again.
  addEventListener("pageshow", ({ persisted }) => {
    sent = null;
    if (persisted) sessionStorage.removeItem(TYPED);
  });

  // ---- Back from a preview ----------------------------------------------------------------

  const sendAgain = (fields) => {
    const form = document.createElement("form");
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    form.method = "post";
    form.hidden = true;
    for (const [name, value] of [...fields, ["_edit_again", "yes"], [token.name, token.value]]) {
      const input = document.createElement("textarea");
      Object.assign(input, { name, value });
      form.append(input);
    }
    document.body.append(form);
    sent = form;
    form.submit();
  };

  const preview = document.querySelector("form[data-unsaved] [name=_edit_again]")?.form;
  const kept = JSON.parse(sessionStorage.getItem(TYPED) || "null");
  const way = performance.getEntriesByType("navigation")[0]?.type;
  if (preview) {
    const { pathname, search } = new URL(preview.action);
    const url = pathname + search;
    const fields = [...new FormData(preview)].filter(([name]) => name !== "csrfmiddlewaretoken");
    sessionStorage.setItem(TYPED, JSON.stringify({ url, fields }));
    preview.addEventListener("submit", () => sessionStorage.removeItem(TYPED));
  } else if (kept) {
    sessionStorage.removeItem(TYPED);
    if (way === "back_forward" && kept.url === location.pathname + location.search) sendAgain(kept.fields);
  }
}
