// A row that is added to the levels of a policy begins with the number after the highest.
"use strict";

document.addEventListener("formset:added", ({ target, detail }) => {
  if (detail.formsetName !== "levels") return;
  const added = target.querySelector("[name$='-level']");
  const others = document.querySelectorAll(".dynamic-levels [name$='-level']");
  const numbers = [...others].filter((each) => each !== added).map((each) => Number(each.value));
  added.value = Math.max(0, ...numbers) + 1;
});
