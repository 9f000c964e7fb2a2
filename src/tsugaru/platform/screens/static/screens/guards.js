/* 失くさない・二度送らない・置き去りにしない。
 *
 *   二重送信   送ったフォームのボタンを止め、二度目は捨てる（別窓に開く物は 3 秒で戻す）
 *   書きかけ   data-guard のフォームは、打ってから送る前に頁を離れようとすると確かめる
 *   席の離れ   操作が 14 分（data-idle-warning）無ければ知らせ、15 分で隠す。打った物は消さない
 *   通信の失敗 HTMX の要求が失敗したら、起きたことを中身の上に出す
 */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const REOPEN_AFTER = 3000;

  /* ---- 二重送信 ---- */

  const buttonsOf = (form) => [...form.elements].filter((element) => element.matches("button[type=submit], button:not([type])"));

  function lock(form) {
    form.dataset.sent = "";
    // 押したボタンの name=value が送られるよう、止めるのは送信が組まれた後
    setTimeout(() => buttonsOf(form).forEach((button) => { button.setAttribute("aria-disabled", "true"); }), 0);
    if (form.target === "_blank" || form.hasAttribute("data-download")) setTimeout(() => unlock(form), REOPEN_AFTER);
  }

  function unlock(form) {
    delete form.dataset.sent;
    buttonsOf(form).forEach((button) => button.removeAttribute("aria-disabled"));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if ("sent" in form.dataset) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    lock(form);
    clean(form);
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) unlock(form);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(unlock));

  /* ---- 書きかけ ---- */

  function clean(form) {
    delete form.dataset.dirty;
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-guard")) form.dataset.dirty = "";
  });
  /** 誤りで戻された画面の中身は、まだどこにも残っていない。打ち直す前から書きかけである。 */
  function keepReturned(root) {
    all("form[data-guard]:has([data-invalid], .error-summary)", root).forEach((form) => { form.dataset.dirty = ""; });
  }

  keepReturned(document);
  document.addEventListener("htmx:afterSettle", () => keepReturned(document));
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-guard][data-dirty]")) event.preventDefault();
  });

  /* ---- 席の離れ ---- */

  const settings = document.body.dataset;
  const dialog = document.getElementById("idle");
  const now = () => Date.now();
  const PING_EVERY = 120_000;
  let touched = now();
  let pinged = now();

  /** 席を知らせる。新しい CSRF の印が返れば、開いたままのフォームを送れるように差し替える。 */
  async function ping() {
    pinged = now();
    const response = await fetch(settings.idlePing, { redirect: "manual" });
    const token = response.headers.get("X-CSRFToken");
    if (token) {
      all("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    }
    return response.ok;
  }

  function say(name) {
    all("[data-idle-text]", dialog).forEach((text) => { text.hidden = text.dataset.idleText !== name; });
    dialog.toggleAttribute("data-expired", name !== "warning");
    dialog.querySelector("[data-idle-login]").hidden = name === "warning";
  }

  function tick() {
    const quiet = (now() - touched) / 1000;
    const left = Math.ceil(Number(settings.idleLimit) - quiet);
    if (quiet >= Number(settings.idleWarning) && !dialog.open) {
      say("warning");
      dialog.showModal();
    }
    if (dialog.open) dialog.querySelector("[data-idle-left]").textContent = String(Math.max(left, 0));
    if (dialog.open && left <= 0 && !dialog.hasAttribute("data-expired")) say("expired");
    // 打ち続けている間は、長い入力の途中で切れないよう静かに席を知らせる
    if (!dialog.open && touched > pinged && now() - pinged >= PING_EVERY) ping().catch(() => {});
  }

  async function resume() {
    const alive = await ping().catch(() => false);
    if (!alive) {
      say("failed");
      return;
    }
    touched = now();
    dialog.close();
  }

  function watchIdle() {
    const touch = () => { if (!dialog.open) touched = now(); };
    ["keydown", "pointerdown", "wheel"].forEach((kind) => document.addEventListener(kind, touch, { passive: true }));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); resume(); });
    dialog.querySelector("[data-idle-continue]").addEventListener("click", resume);
    setInterval(tick, 1000);
  }

  if (dialog && settings.idleWarning) watchIdle();

  /* ---- 通信の失敗 ---- */

  function report(code, text) {
    const place = document.getElementById("messages");
    if (!place) return;
    const message = document.createElement("div");
    const kind = document.createElement("span");
    const body = document.createElement("span");
    message.className = "message";
    message.dataset.kind = "error";
    message.setAttribute("role", "alert");
    kind.className = "message__kind";
    kind.textContent = "エラー";
    body.textContent = `${code} ${text}`;
    message.append(kind, body);
    place.replaceChildren(message);
    message.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    report(`SC-0${status}`, `要求を処理できませんでした（${status}）。入力した内容は残っています。もう一度お試しください。`);
  });
  document.addEventListener("htmx:sendError", () => {
    report("SC-0001", "サーバーにつながりません。入力した内容は残っています。回線を確かめて、もう一度お試しください。");
  });
})();
