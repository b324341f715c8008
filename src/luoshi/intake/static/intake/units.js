// One box ticks every name the register does not know; on the page of a collective name, every unit of a kind.

const all = document.querySelector("[data-tick-all]");
if (all) {
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll('input[form="names"][name="names"]')) box.checked = all.checked && box.dataset.guess === undefined;
  });
}

for (const whole of document.querySelectorAll("[data-tick-kind]")) {
  whole.closest("label").hidden = false;
  whole.addEventListener("change", () => {
    for (const box of whole.closest("fieldset").querySelectorAll('[name="units"]')) box.checked = whole.checked;
  });
}
