// Enhancements only: every page works without this file.
(() => {
  "use strict";
  const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

  // The summary of errors takes the focus, so that it is read first.
  document.querySelector("[data-focus]")?.focus();

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

  // Filters apply as soon as a choice is made; typing waits for Enter.
  each("form[data-autosubmit]", (form) => {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
    });
  });

  // Drafts are saved while they are typed; the state is always said in words.
  each("form[data-autosave]", (form) => {
    const state = form.querySelector("[data-autosave-state]") || document.querySelector("[data-autosave-state]");
    let timer = 0;
    let running = false;
    let again = false;
    let pressed = null;
    const say = (kind, words) => {
      if (!state) return;
      state.dataset.state = kind;
      state.textContent = words;
    };
    const retry = () => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-link btn-sm p-0 ms-2 align-baseline";
      button.textContent = "重试";
      button.addEventListener("click", save);
      state?.append(button);
    };
    async function save() {
      if (running) { again = true; return; }
      running = true;
      say("saving", "正在保存");
      try {
        const response = await fetch(form.dataset.autosave, {
          method: "POST", body: new FormData(form), headers: { "X-Autosave": "1", Accept: "application/json" }, redirect: "error",
        });
        const answer = await response.json().catch(() => ({}));
        if (!response.ok) throw new Error(answer.message || "");
        Object.entries(answer.fields || {}).forEach(([name, value]) => { if (form.elements[name]) form.elements[name].value = value; });
        if (answer.revision !== undefined && form.elements.revision) form.elements.revision.value = answer.revision;
        say("saved", answer.message || `已自动保存 ${new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}`);
        form.dispatchEvent(new Event("autosaved"));
      } catch (error) {
        say("failed", error.message || "保存未成功，您填写的内容还在本页");
        retry();
      }
      running = false;
      if (pressed) {
        const button = pressed;
        pressed = null;
        delete form.dataset.sent;
        form.requestSubmit(button);
      } else if (again) { again = false; save(); }
    }
    form.addEventListener("input", (event) => {
      if (event.target.type === "file") return;
      clearTimeout(timer);
      timer = setTimeout(save, 1500);
    });
    // A button pressed while a draft is on its way waits for the answer; the form would else look like a second person's.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!running) return;
      event.preventDefault();
      pressed = event.submitter;
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
