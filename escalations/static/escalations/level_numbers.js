// The numbers of levels (`.ladder`): buttons move a level up and down, and the levels after one that
// is deleted take the numbers before. Without it, numbers are typed, or follow by themselves.
"use strict";

(function() {
    const ladder = document.querySelector(".ladder");

    function numberOf(row) {
        return row.querySelector(".field-level input:not([type=hidden])");
    }

    if (!ladder) {
        return;
    }

    function rowsOf() {
        return [...ladder.querySelectorAll(".ordered-row:not(.empty-form)")].filter(numberOf);
    }

    function index(row) {
        return Number(row.id.split("-").pop());
    }

    function isDeleted(row) {
        return Boolean(row.querySelector(".delete input:checked"));
    }

    // The rows with a number, in the order of these.
    function numbered() {
        const rows = rowsOf().filter(row => numberOf(row).value !== "" && !isDeleted(row));
        return rows.sort((one, other) => numberOf(one).value - numberOf(other).value || index(one) - index(other));
    }

    function arrange(rows) {
        const last = ladder.querySelector(".ordered-row.empty-form") || ladder.querySelector(".add-row");
        for (const row of rows) {
            last ? last.before(row) : row.parentNode.append(row);
        }
    }

    function give(row, number) {
        const field = numberOf(row);
        if (Number(field.value) !== number) {
            field.value = number;
            field.dispatchEvent(new Event("change", {bubbles: true}));
        }
    }

    // Rows that share a number move together: they are one level.
    function move(row, step, button) {
        const here = Number(numberOf(row).value), there = here + step;
        const rows = numbered();
        const [own, others] = [here, there].map(number => rows.filter(each => Number(numberOf(each).value) === number));
        if (!own.length || !others.length) {
            return;
        }
        own.forEach(each => give(each, there));
        others.forEach(each => give(each, here));
        order();
        (button.disabled ? row.querySelector(".row-move button:not(:disabled)") : button)?.focus();
        row.scrollIntoView({block: "nearest"});
        said.textContent = ladder.dataset.moved.replace("{level}", there);
    }

    // After a level that is gone come those that stood after it.
    function closeGaps() {
        let level = 0, before = null;
        for (const row of numbered()) {
            const number = Number(numberOf(row).value);
            if (number !== before) {
                level += 1;
                before = number;
            }
            give(row, level);
        }
        refresh();
    }

    function order() {
        const first = numbered();
        arrange([...first, ...rowsOf().filter(row => !first.includes(row))]);
        refresh();
    }

    function refresh() {
        const numbers = numbered().map(row => Number(numberOf(row).value));
        for (const row of rowsOf()) {
            const own = numberOf(row).value, [up, down] = row.querySelectorAll(".row-move button");
            up.disabled = own === "" || isDeleted(row) || !numbers.includes(Number(own) - 1);
            down.disabled = own === "" || isDeleted(row) || !numbers.includes(Number(own) + 1);
        }
        let next = Math.max(0, ...numbers);
        for (const row of rowsOf()) {
            if (numberOf(row).value === "") {
                next += 1;
                numberOf(row).placeholder = next;
            }
        }
    }

    function addButtons(row) {
        if (!numberOf(row) || row.querySelector(".row-move")) {
            return;
        }
        const tools = document.createElement("span");
        tools.className = "row-move";
        for (const [sign, name, step] of [["↑", ladder.dataset.up, -1], ["↓", ladder.dataset.down, 1]]) {
            const button = document.createElement("button");
            button.type = "button";
            button.textContent = sign;
            button.setAttribute("aria-label", name);
            button.title = name;
            button.addEventListener("click", () => move(button.closest(".ordered-row"), step, button));
            tools.append(button);
        }
        row.querySelector(".row-tools").append(tools);
        numberOf(row).addEventListener("change", refresh);
        row.querySelector(".delete input")?.addEventListener("change", closeGaps);
    }

    const said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("aria-live", "polite");
    ladder.append(said);
    rowsOf().forEach(addButtons);
    refresh();
    ladder.addEventListener("formset:added", event => {
        const added = event.target, field = numberOf(added);
        addButtons(added);
        if (field.value !== "") {
            const others = rowsOf().filter(row => row !== added).map(row => Number(numberOf(row).value));
            field.value = Math.max(0, ...others) + 1;
        }
        refresh();
    });
    document.addEventListener("formset:removed", ({detail}) => {
        if (detail.formsetName !== "levels") {
            return;
        }
        // Django's script numbers the rows next, in the order that they stand in: it has to be that
        // in which they came, with the stored ones first.
        arrange(rowsOf().sort((one, other) => index(one) - index(other)));
        setTimeout(order);
    });
})();
