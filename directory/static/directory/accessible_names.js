// Django's forms leave some boxes without a name for those who do not see the page: the cells of
// inline rows are named by their column, Select2's boxes by the label of what they stand for.
"use strict";

{
  let given = 0;
  const id = (element) => (element.id ||= `name-${++given}`);

  const nameOf = (control) => {
    const cell = control.closest(".tabular td");
    return control.labels?.[0] || cell?.closest("table").tHead.rows[0].cells[cell.cellIndex];
  };

  // A table of rows has a column for what each one is, and one to delete it, both without a head.
  const giveHeads = (root) => {
    for (const head of root.querySelectorAll(".tabular thead th:empty")) {
      head.replaceWith(document.createElement("td"));
    }
  };

  const giveNames = (root) => {
    giveHeads(root);
    for (const control of root.querySelectorAll(".tabular td :is(input, select, textarea)[id]")) {
      const name = !control.labels?.length && nameOf(control);
      if (name) control.setAttribute("aria-labelledby", id(name));
    }
    for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
      const name = nameOf(select);
      if (!name) continue;
      const box = select.nextElementSibling;
      for (const part of box.querySelectorAll("[role=combobox], [role=searchbox], [role=textbox]")) {
        const chosen = part.querySelector(".select2-selection__rendered");
        part.setAttribute("aria-labelledby", [name, chosen].filter(Boolean).map(id).join(" "));
      }
    }
  };

  // The search box of an open Select2 is made anew each time.
  document.addEventListener("focusin", ({ target }) => {
    const box = document.querySelector(".select2-container--open");
    const name = target.matches(".select2-dropdown input") && nameOf(box.previousElementSibling);
    if (name) target.setAttribute("aria-labelledby", id(name));
  });

  addEventListener("load", () => {
    // After Django's own functions for a page that is ready.
    setTimeout(giveNames, 0, document);
    const search = document.getElementById("searchbar");
    search?.setAttribute("aria-label", search.form.querySelector("[type=submit]").value);
  });
  // After Django has made the new row's boxes.
  document.addEventListener("formset:added", ({ target }) => setTimeout(giveNames, 0, target));
}
