// Drafts are saved while they are typed, and nothing typed is lost: to a broken network, an ended session, a second tab or a colleague.
// Enhancement only: every form also saves by its button.
(() => {
  "use strict";
  const PAUSE = 1500, PATIENCE = 10000, BEAT = 60000, ACTIVE = 300000, LONGEST_WAIT = 60000, COPY_DAYS = 3;
  const SECRETS = ["csrfmiddlewaretoken", "whose_form"];
  const HEADERS = { "X-Autosave": "1", Accept: "application/json" };
  const person = document.body.dataset.person || "";

  // Copies in this browser of what could not be saved yet: the person's own only, gone when saved, signed out, or old.
  const PREFIX = "draft:";
  const ENDED = "draft-ended";
  const tab = Math.random().toString(36).slice(2);
  const copies = {
    closed: !person,
    read(key) {
      try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
    },
    write(key, copy) {
      if (this.closed) return;
      try { localStorage.setItem(key, JSON.stringify(copy)); } catch { /* full or forbidden: the text is still in the page */ }
    },
    drop(key) {
      try { localStorage.removeItem(key); } catch { /* forbidden: nothing was written either */ }
    },
    clear(gone) {
      try {
        Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && gone(key)).forEach((key) => localStorage.removeItem(key));
      } catch { /* forbidden: nothing was written either */ }
    },
  };
  if (person) {
    copies.clear((key) => !key.startsWith(`${PREFIX}${person}:`) || Date.now() - (copies.read(key)?.at || 0) > COPY_DAYS * 86400000);
  }
  // A section saved by its button says so to the page that follows.
  const done = document.cookie.match(/(?:^|; )draft-saved=([\w:-]+)/)?.[1];
  if (done && person) {
    copies.drop(`${PREFIX}${person}:${done}`);
    document.cookie = "draft-saved=; path=/; max-age=0";
  }
  document.querySelectorAll("form[data-sign-out]").forEach((form) => form.addEventListener("submit", () => {
    copies.clear(() => true);
    copies.closed = true;
    try { localStorage.setItem(ENDED, String(Date.now())); } catch { /* forbidden */ }
  }));
  // Signed out in another tab: this one keeps its text in the page only.
  window.addEventListener("storage", (event) => { if (event.key === ENDED) copies.closed = true; });

  const element = (tag, words, classes = "") => Object.assign(document.createElement(tag), { textContent: words, className: classes });
  const button = (words, act, classes = "btn btn-link btn-sm p-0 ms-2 align-baseline") => {
    const made = Object.assign(element("button", words, classes), { type: "button" });
    made.addEventListener("click", act);
    return made;
  };
  const clock = (at) => new Date(at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });

  function attach(form) {
    const state = form.querySelector("[data-autosave-state]") || document.querySelector("[data-autosave-state]");
    const key = form.dataset.local ? `${PREFIX}${person}:${form.dataset.local}` : "";
    let timer = 0, copying = 0, waitingSince = 0, tries = 0, changes = 0, settled = 0;
    let running = false, again = false, paused = false, expired = false, lost = false, renewed = false, pressed = null;
    let active = Date.now();

    const controls = (name) => {
      const found = form.elements.namedItem(name);
      return !found ? [] : found instanceof RadioNodeList ? [...found] : [found];
    };
    const put = (name, text) => controls(name).forEach((one) => {
      if (one.type === "checkbox" || one.type === "radio") one.checked = one.value === text;
      else one.value = text;
    });
    const content = () => {
      const data = new FormData(form);
      [...data].forEach(([name, value]) => { if (value instanceof File) data.delete(name); });
      return data;
    };
    const values = (data) => [...data].filter(([name]) => !SECRETS.includes(name));
    // What the server put into the page, whatever the browser itself has put back since.
    const served = () => {
      const kept = [...form.elements].map((one) => [one, one.value, one.checked]);
      kept.forEach(([one]) => {
        if (one.options) [...one.options].forEach((option) => { option.selected = option.defaultSelected; });
        else if (one.type === "checkbox" || one.type === "radio") one.checked = one.defaultChecked;
        else if (one.defaultValue !== undefined) one.value = one.defaultValue;
      });
      const data = values(content());
      kept.forEach(([one, value, checked]) => {
        if (one.type === "checkbox" || one.type === "radio") one.checked = checked;
        else if (one.defaultValue !== undefined || one.options) one.value = value;
      });
      return data;
    };

    const say = (kind, words, ...more) => {
      if (!state) return;
      state.dataset.state = kind;
      state.replaceChildren(words, ...more);
    };
    const fail = (words, ...more) => {
      say("failed", words, ...more);
      if (pressed) pressed = null;
      delete form.dataset.sent;
    };
    const retry = () => button("重试", () => { tries = 0; save(); });
    const link = (address) => Object.assign(element("a", "重新登录", "ms-2"), { href: address, target: "_blank", rel: "noopener" });

    async function save() {
      clearTimeout(timer);
      if (paused) return;
      if (running) { again = true; return; }
      running = true;
      again = false;
      waitingSince = 0;
      const sent = content(), seen = changes;
      say("saving", "正在保存");
      try {
        const response = await fetch(form.dataset.autosave, { method: "POST", body: sent, headers: HEADERS, redirect: "error" });
        const answer = await response.json().catch(() => ({}));
        if (response.ok) saved(answer, sent, seen);
        else await refused(response.status, answer);
      } catch {
        wait(navigator.onLine ? "暂时连接不上服务器" : "网络已断开");
      }
      running = false;
      if (pressed && !lost && !expired && !paused) submit();
      else if (again) save();
    }

    function saved(answer, sent, seen) {
      const moved = Object.keys(answer.taken || {}).filter((name) => {
        const untouched = String(sent.get(name) ?? "") === String(new FormData(form).get(name) ?? "");
        if (untouched) put(name, answer.taken[name]);
        return !untouched;
      });
      // A field the colleague changed and the person is changing at this moment is compared again next time.
      Object.entries(answer.fields || {}).forEach(([name, value]) => put(name, value));
      // Parts of the page that tell how far one has come; nobody's place is lost while the focus is inside.
      Object.entries(answer.renewed || {}).forEach(([id, html]) => {
        const part = document.getElementById(id);
        if (part && !part.contains(document.activeElement)) part.outerHTML = html;
      });
      if (!moved.length) ["revision", "base"].forEach((name) => { if (answer[name] !== undefined) put(name, answer[name]); });
      tries = 0;
      lost = expired = renewed = false;
      say("saved", answer.message || `已自动保存 ${new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false })}`);
      if (answer.note) state?.append(`。${answer.note}`);
      present(answer.others);
      settled = seen;
      if (changes !== seen) { again = true; return; }
      if (key && copies.read(key)?.tab === tab) copies.drop(key);
      form.dispatchEvent(new Event("autosaved"));
    }

    async function refused(status, answer) {
      if (status === 401) return signedOut(answer);
      if (status === 403 && answer.outdated && !renewed) {
        renewed = true;
        again = await renew();
        return;
      }
      if (status >= 500 || status === 429) return wait("服务器暂时没有响应");
      if (status === 409 && answer.conflicts) return choose(answer);
      return fail(answer.message || "未保存，您填写的内容还在本页。", retry());
    }

    // Tried again by itself, later each time, and as soon as the network is back.
    function wait(reason) {
      lost = true;
      tries += 1;
      fail(`未保存：${reason}，您填写的内容还在本页，恢复后自动保存。`, retry());
      keep();
      timer = setTimeout(save, Math.min(LONGEST_WAIT, 1000 * 2 ** tries) * (0.75 + Math.random() / 2));
    }

    function signedOut(answer) {
      expired = true;
      keep();
      fail(answer.message, link(answer.login), retry());
    }

    // After signing in again elsewhere the page takes over the new tokens, of the same person only.
    async function renew() {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const now = page.body.dataset.person || "";
      if (!now) {
        signedOut({ message: "登录已过期，您填写的内容还在本页，重新登录后继续保存。", login: response.url });
        return false;
      }
      if (now !== person) {
        copies.closed = true;
        fail("未保存：这个浏览器现在登录的是另一账号。请用原来的账号登录后再试，您填写的内容还在本页。", retry());
        return false;
      }
      SECRETS.forEach((name) => {
        const fresh = page.querySelector(`[name=${name}]`)?.value;
        if (fresh) document.querySelectorAll(`[name=${name}]`).forEach((one) => { one.value = fresh; });
      });
      expired = false;
      return true;
    }

    // Both changed the same fields: the person chooses at each of them and goes on.
    function choose(answer) {
      paused = true;
      Object.entries(answer.theirs).forEach(([name, text]) => {
        const both = answer.conflicts.find((one) => one.key === name);
        if (!both) put(name, text);
        else ask(answer, both, text);
      });
      keep();
      const first = Object.assign(element("a", "去选择", "ms-2"), { href: "#choice-1" });
      fail(answer.message, first);
    }
    function ask(answer, both, text) {
      const field = controls(both.key)[0]?.closest(".field");
      if (!field) return;
      const note = element("div", "", "note note-warn mt-2");
      note.dataset.choice = both.key;
      note.id = `choice-${document.querySelectorAll("[data-choice]").length + 1}`;
      const body = element("div", "");
      const decide = (theirs) => {
        if (theirs) put(both.key, text);
        note.remove();
        (document.querySelector("[data-choice] button") || controls(both.key)[0]).focus();
        if (document.querySelector("[data-choice]")) return;
        paused = false;
        put("revision", answer.revision);
        put("base", answer.base);
        changes += 1;
        save();
      };
      const row = element("div", "", "btn-row mt-2");
      row.append(button("改用此内容", () => decide(true), "btn btn-line btn-sm"), button("保留我填写的", () => decide(false), "btn btn-line btn-sm"));
      body.append(element("p", `${answer.by}：`, "t-sm mb-1"), element("p", both.shown, "break"), row);
      note.append(body);
      field.append(note);
    }

    const keep = () => {
      if (key && changes !== settled) copies.write(key, { tab, at: Date.now(), fields: values(content()) });
    };
    const submit = () => {
      const one = pressed;
      pressed = null;
      delete form.dataset.sent;
      form.requestSubmit(one);
    };
    const present = (words) => {
      const note = document.querySelector("[data-presence]");
      if (!note || words === undefined) return;
      note.hidden = !words;
      note.querySelector("[data-presence-words]").textContent = words;
    };
    const changed = () => {
      changes += 1;
      active = Date.now();
      waitingSince ||= active;
      clearTimeout(copying);
      copying = setTimeout(keep, 300);
      clearTimeout(timer);
      timer = setTimeout(save, Math.max(0, Math.min(PAUSE, waitingSince + PATIENCE - active)));
    };

    form.addEventListener("input", (event) => { if (event.target.type !== "file") changed(); });
    // A button pressed while a draft is on its way, or cannot get there, waits: the form would else look like a second person's, or be lost.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      keep();
      if (!running && !lost && navigator.onLine) return;
      event.preventDefault();
      pressed = event.submitter;
      if (!running) save();
    });
    window.addEventListener("pagehide", keep);
    window.addEventListener("online", () => { if (lost) { tries = 0; save(); } });
    const back = async () => {
      if (document.visibilityState !== "visible" || !expired || running) return;
      if (await renew().catch(() => false)) save();
    };
    window.addEventListener("focus", back);
    document.addEventListener("visibilitychange", back);

    if (form.dataset.beat) {
      setInterval(async () => {
        if (document.visibilityState !== "visible" || Date.now() - active > ACTIVE || running || expired || lost) return;
        const data = new FormData();
        SECRETS.forEach((name) => data.append(name, form.elements.namedItem(name)?.value || ""));
        const response = await fetch(form.dataset.beat, { method: "POST", body: data, headers: HEADERS, redirect: "error" }).catch(() => null);
        const answer = await response?.json().catch(() => ({}));
        if (response?.ok) present(answer.others);
        else if (response?.status === 401) signedOut(answer);
      }, BEAT);
    }

    // What an earlier visit could not save is offered, never put in unasked.
    const offer = document.querySelector("[data-local-offer]");
    const copy = key && offer ? copies.read(key) : null;
    if (copy?.fields) {
      const now = new Map(served());
      const machinery = ["revision", "base"];
      const typed = copy.fields.filter(([name]) => !machinery.includes(name));
      const same = typed.every(([name, value]) => now.get(name) === value) && typed.length === [...now.keys()].filter((name) => !machinery.includes(name)).length;
      if (same) copies.drop(key);
      else {
        offer.querySelector("[data-local-at]").textContent = clock(copy.at);
        offer.querySelector("[data-local-changed]").hidden = new Map(copy.fields).get("revision") === now.get("revision");
        offer.hidden = false;
        offer.querySelector("[data-local-restore]").addEventListener("click", () => {
          [...form.elements].forEach((one) => { if (one.type === "checkbox" || one.type === "radio") one.checked = false; });
          copy.fields.forEach(([name, value]) => put(name, value));
          offer.remove();
          changes += 1;
          keep();
          save();
        });
        offer.querySelector("[data-local-drop]").addEventListener("click", () => { copies.drop(key); offer.remove(); });
      }
    }
  }

  document.querySelectorAll("form[data-autosave]").forEach(attach);
})();
