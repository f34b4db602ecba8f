// Enhancements of scoring, inspection, sampling and the workbench: the running total, the position of a photo, parts that renew
// themselves, common phrases. All pages work without this file.
(() => {
  "use strict";
  const total = document.querySelector("[data-total]");
  const fields = [...document.querySelectorAll("[data-points]")];
  const add = () => {
    const values = fields.map((field) => Number(field.value.normalize("NFKC").trim() || "0")).filter(Number.isFinite);
    total.textContent = values.reduce((sum, value) => sum + value, 0).toFixed(2);
  };
  if (total && fields.length) fields.forEach((field) => field.addEventListener("input", add));

  // Whoever was signed out while a page renewed itself is led to the login page; its words never replace a part of this one.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig, target } = event.detail;
    // Nobody's place on the page is lost: while the focus is inside, the part waits for its next turn.
    if (target.contains(document.activeElement)) event.detail.shouldSwap = false;
    if (new URL(xhr.responseURL).pathname === requestConfig.path) return;
    event.detail.shouldSwap = false;
    window.location.reload();
  });

  document.querySelectorAll("[data-locate]").forEach((button) => {
    if (!navigator.geolocation) return;
    button.hidden = false;
    const form = button.closest("form");
    const state = form.querySelector("[data-locate-state]");
    button.addEventListener("click", () => {
      state.textContent = "正在定位";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.latitude.value = coords.latitude.toFixed(6);
          form.elements.longitude.value = coords.longitude.toFixed(6);
          form.elements.accuracy.value = Math.round(coords.accuracy);
          state.textContent = `已定位，精度约 ${Math.round(coords.accuracy)} 米`;
        },
        () => { state.textContent = "未能定位，可不填，或手工填写坐标"; },
        { enableHighAccuracy: true, timeout: 15000 },
      );
    });
  });

  // A chosen phrase goes into the note at once; without this file the button beside it does the same on the server.
  document.querySelectorAll("[data-phrase]").forEach((select) => {
    const note = document.getElementById(select.dataset.phrase);
    select.nextElementSibling.hidden = true;
    select.addEventListener("change", () => {
      if (!select.value) return;
      note.value = [note.value.trim(), select.selectedOptions[0].textContent].filter(Boolean).join("\n");
      select.value = "";
      note.dispatchEvent(new Event("input", { bubbles: true }));
      note.focus();
    });
  });
})();
