// Moves rows up and down in forms whose rows have a position: `.ordered-rows` with `.ordered-row`s,
// which says in its data what the buttons are called, and where a row is then.
// Without it, positions are numbers to type. Buttons work with the mouse and the keyboard.
"use strict";

(function() {
    const groups = document.querySelectorAll(".ordered-rows");

    function rowsOf(group) {
        return [...group.querySelectorAll(".ordered-row:not(.empty-form)")];
    }

    function place(row) {
        return row.querySelector(".field-position input:not([type=hidden])");
    }

    function index(row) {
        return Number(row.id.split("-").pop());
    }

    // Rows in this order, before the empty one that new ones are made of.
    function arrange(group, rows) {
        const last = group.querySelector(".ordered-row.empty-form, .add-row");
        for (const row of rows) {
            last ? last.before(row) : rows[0].parentNode.append(row);
        }
    }

    function byPosition(rows) {
        const value = row => place(row)?.value ? Number(place(row).value) : Infinity;
        return [...rows].sort((one, other) => value(one) - value(other) || index(one) - index(other));
    }

    // New positions are the old ones in another order, so that few rows change; or 1, 2, 3… where
    // some have none, or the same.
    function number(rows) {
        const old = rows.map(row => place(row).value).filter(Boolean).map(Number);
        const isUsable = old.length === rows.length && new Set(old).size === rows.length;
        const now = isUsable ? old.sort((one, other) => one - other) : rows.map((_row, at) => at + 1);
        rows.forEach((row, at) => {
            if (Number(place(row).value || -1) !== now[at]) {
                place(row).value = now[at];
                place(row).dispatchEvent(new Event("change", {bubbles: true}));
            }
        });
    }

    function move(group, row, step, button) {
        const rows = rowsOf(group), from = rows.indexOf(row), to = from + step;
        if (to < 0 || to >= rows.length) {
            return;
        }
        rows.splice(to, 0, ...rows.splice(from, 1));
        arrange(group, rows);
        number(rows);
        refresh(group);
        // At an end the button that was pressed leads nowhere.
        (button.disabled ? row.querySelector(".row-move button:not(:disabled)") : button)?.focus();
        row.scrollIntoView({block: "nearest"});
        const said = group.querySelector(".row-moved");
        said.textContent = group.dataset.moved.replace("{place}", to + 1).replace("{count}", rows.length);
    }

    function refresh(group) {
        const rows = rowsOf(group);
        rows.forEach((row, at) => {
            const [up, down] = row.querySelectorAll(".row-move button");
            if (up) {
                up.disabled = at === 0;
                down.disabled = at === rows.length - 1;
            }
        });
    }

    function addButtons(group, row) {
        if (!place(row) || row.querySelector(".row-move")) {
            return;
        }
        const tools = document.createElement("span");
        tools.className = "row-move";
        for (const [sign, name, step] of [["↑", group.dataset.up, -1], ["↓", group.dataset.down, 1]]) {
            const button = document.createElement("button");
            button.type = "button";
            button.textContent = sign;
            button.setAttribute("aria-label", name);
            button.title = name;
            button.addEventListener("click", () => move(group, button.closest(".ordered-row"), step, button));
            tools.append(button);
        }
        row.querySelector(".row-tools").append(tools);
    }

    for (const group of groups) {
        if (!rowsOf(group).some(place)) {
            continue;
        }
        group.classList.add("is-movable");
        const said = document.createElement("p");
        said.className = "row-moved visually-hidden";
        said.setAttribute("aria-live", "polite");
        group.append(said);
        rowsOf(group).forEach(row => addButtons(group, row));
        arrange(group, byPosition(rowsOf(group)));
        refresh(group);
        group.addEventListener("formset:added", event => {
            addButtons(group, event.target);
            refresh(group);
        });
    }

    document.addEventListener("formset:removed", event => {
        const group = document.getElementById(`${event.detail.formsetName}-group`);
        if (!group?.classList.contains("is-movable")) {
            return;
        }
        // Django's script numbers the rows next, in the order that they stand in: it has to be that
        // in which they came, with the stored ones first.
        const shown = rowsOf(group);
        arrange(group, [...shown].sort((one, other) => index(one) - index(other)));
        setTimeout(() => {
            arrange(group, shown);
            refresh(group);
        });
    });
})();
