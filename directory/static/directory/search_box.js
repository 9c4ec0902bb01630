// “/” leads to the search box from wherever nothing is typed, Escape back to where one was.
"use strict";

{
  const box = document.getElementById("search-everything");
  const CLICKED = "[type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]";
  const isTyping = (element) =>
    element.isContentEditable || element.matches(`textarea, select, input:not(${CLICKED})`);
  let before = null;

  if (box) {
    box.title = box.dataset.shortcut;
    box.placeholder += " (/)";
    document.addEventListener("keydown", (event) => {
      const isShortcut = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isShortcut && !isTyping(event.target)) {
        event.preventDefault();
        before = document.activeElement;
        box.focus();
        box.select();
      } else if (event.key === "Escape" && event.target === box) {
        box.blur();
        before?.focus();
      }
    });
  }
}
