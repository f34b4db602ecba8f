// Enhancements only: every page works without this file.
(() => {
  "use strict";
  const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

  // The summary of errors takes the focus, so that it is read first.
  document.querySelector("[data-focus]")?.focus();

  // On a phone the links of the navigation scroll sideways: the present one is brought into sight.
  each(".nav [aria-current]", (link) => {
    const row = link.closest(".nav");
    const ahead = link.getBoundingClientRect().left - row.getBoundingClientRect().left;
    row.scrollLeft += ahead - (row.clientWidth - link.offsetWidth) / 2;
  });

  // One submit at a time.
  each("form[data-once]", (form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
    });
    window.addEventListener("pageshow", () => delete form.dataset.sent);
  });

  // Warn before leaving a page with unsaved input.
  each("form[data-guard]", (form) => {
    let dirty = false;
    form.addEventListener("input", () => { dirty = true; });
    form.addEventListener("submit", () => { dirty = false; });
    form.addEventListener("autosaved", () => { dirty = false; });
    window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  });

  // What was typed before these files had arrived counts as typed now; what the browser itself put back on the way back does not.
  const typed = (one) => {
    if (one.options) return one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected));
    return one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
  };
  document.addEventListener("DOMContentLoaded", () => {
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
    each(":is(form[data-guard], form[data-autosave]) :is(input, select, textarea):not([type=file])", (one) => {
      if (typed(one)) one.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });

  // Filters apply as soon as a choice is made; typing waits for Enter.
  each("form[data-autosubmit]", (form) => {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
    });
  });

  each("[data-print]", (button) => button.addEventListener("click", () => window.print()));
  each("[data-copy]", (button) => button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "已复制";
  }));
  each("[data-select-all]", (box) => box.addEventListener("change", () => {
    each(`input[type=checkbox][name="${box.dataset.selectAll}"]:not(:disabled)`, (one) => { one.checked = box.checked; });
  }));
  each(".drop", (drop) => {
    ["dragover", "dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, () => drop.classList.toggle("over", kind === "dragover")));
  });

  // Ctrl+Enter presses the primary button of the form one is typing in.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest?.("form")?.querySelector(".btn-primary")?.click();
    if (event.key === "Escape") each(".k-who[open]", (menu) => { menu.open = false; });
  });
  document.addEventListener("click", (event) => {
    each(".k-who[open]", (menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
})();
