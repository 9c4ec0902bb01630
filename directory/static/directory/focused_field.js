// The field that a link leads to (“#id_phone”, “#levels-0”) is opened, in view and focused, also where
// a list of choices stands in its place or it is within a section that is closed.
"use strict";

addEventListener("load", () => {
  // After Django's own functions for a page that is ready.
  setTimeout(() => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("form")) return;
    const fields = "input:not([type=hidden], [type=checkbox][name$=DELETE]), select, textarea, a.addlink, .add-row a";
    const candidates = target.matches(fields) ? [target] : [...target.querySelectorAll(fields)];
    const field = candidates.find((each) => !each.closest(".empty-form")) ?? target;
    for (let each = field; each; each = each.parentElement?.closest("details")) {
      if (each.tagName === "DETAILS") each.open = true;
    }
    const box = field.matches(".select2-hidden-accessible")
      ? field.nextElementSibling.querySelector("[role=combobox]")
      : field;
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
  });
});
