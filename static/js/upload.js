// Uploads each chosen file by itself and shows how far it is; without this file the form sends them together.
(() => {
  "use strict";
  const AT_ONCE = 2;
  const UPLOADED = "uploaded";
  document.querySelectorAll("form[data-upload]").forEach((form) => {
    const list = form.querySelector("[data-upload-list]");
    const input = form.querySelector("input[type=file]");
    const button = form.querySelector(".btn-primary");
    const done = form.querySelector("[data-upload-done]");

    // The page comes again after an upload; what it did is said there, once.
    const uploaded = sessionStorage.getItem(UPLOADED);
    sessionStorage.removeItem(UPLOADED);
    if (done && uploaded) {
      done.hidden = false;
      done.textContent = `已上传 ${uploaded} 个文件。`;
    }

    function row(file) {
      const line = document.createElement("li");
      const name = document.createElement("span");
      const bar = document.createElement("progress");
      const said = document.createElement("span");
      line.className = "uploading";
      name.className = "break";
      name.textContent = file.name;
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      said.className = "t-sm";
      said.textContent = "等待上传";
      line.append(name, bar, said);
      list.append(line);
      return { bar, say: (state, words) => { line.dataset.state = state; said.textContent = words; } };
    }

    function send(file) {
      const body = new FormData(form);
      body.delete(input.name);
      body.append(input.name, file);
      const shown = row(file);
      return () => new Promise((done) => {
        const request = new XMLHttpRequest();
        const failed = (words) => { shown.say("failed", words); done(false); };
        request.upload.addEventListener("progress", (event) => {
          if (!event.lengthComputable) return;
          shown.bar.value = 100 * event.loaded / event.total;
          shown.say("sending", event.loaded < event.total ? `正在上传 ${Math.floor(shown.bar.value)}%` : "正在检查");
        });
        request.addEventListener("error", () => failed("网络中断，没有上传。请重新选择这个文件"));
        request.addEventListener("load", () => {
          let answer = {};
          try { answer = JSON.parse(request.responseText); } catch { /* a page instead of an answer, such as the login */ }
          if (request.status === 200 && answer.message) { shown.say("done", answer.message); done(true); return; }
          failed(answer.message || (request.status === 413 ? "文件过大，没有上传" : "没有上传，请刷新页面后重试"));
        });
        request.open("POST", form.action);
        request.setRequestHeader("X-Upload", "1");
        request.setRequestHeader("Accept", "application/json");
        request.send(body);
      });
    }

    form.addEventListener("submit", async (event) => {
      const files = [...input.files];
      const chosen = form.querySelector("[name=document]:checked, [name=document][type=hidden]");
      // Without a file or a document the server says what is missing, as it does without this script.
      if (!files.length || !chosen) return;
      event.preventDefault();
      button.disabled = true;
      list.replaceChildren();
      list.hidden = false;
      const waiting = files.map(send);
      const results = [];
      const work = async () => { while (waiting.length) results.push(await waiting.shift()()); };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      button.disabled = false;
      input.value = "";
      delete form.dataset.sent;
      if (results.every(Boolean)) {
        sessionStorage.setItem(UPLOADED, String(files.length));
        window.location.assign(form.action);
        return;
      }
      const again = document.createElement("li");
      const link = document.createElement("a");
      link.href = window.location.pathname;
      link.textContent = "刷新本页，查看已上传的文件";
      again.append(link);
      list.append(again);
    });
  });
})();
