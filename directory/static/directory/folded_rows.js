// On a phone, stored rows are folded to a line each (`.row-fold`), but those with an error: a form
// with many of them is short enough to see what is there. On a desk, and without this, all are open.
"use strict";

{
  const narrow = matchMedia("(max-width: 1023px)");
  const fold = () =>
    document.querySelectorAll(".row-fold").forEach((row) => {
      row.open = !narrow.matches || row.closest(".ordered-row").matches(".errors");
    });
  narrow.addEventListener("change", fold);
  fold();
}
