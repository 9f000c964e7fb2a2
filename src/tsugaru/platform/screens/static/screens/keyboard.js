/* キーボードだけで全部できるようにする。
 *
 *   Enter / Shift+Enter   次の欄 / 前の欄へ。最後の欄からは主ボタン（data-primary）へ。textarea では改行のまま
 *   F1〜F12, Esc          data-key="F9" をもつ要素を押す。下のキー帯は、その時に見えている要素から自分で組む
 *   Alt+1〜9              data-alt="1" をもつ要素（業務の札）を押す
 *   ↑ ↓ Home End Enter    data-rows の表で行を選び、開く。1〜9 はその番号の行を開く
 *   Ctrl+K, /             ただ一つの検索欄（data-search）へ
 *
 * かな漢字変換の途中のキーには手を出さない。押す要素の無いキー（F5 など）はブラウザに任せる。
 */
(() => {
  "use strict";

  const FIELD = "input:not([type=hidden],[type=submit],[type=button],[type=reset]), select, textarea";
  const KEYS = ["Escape", ...Array.from({ length: 12 }, (_, i) => `F${i + 1}`)];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const usable = (element) => !element.matches(":disabled, [aria-disabled=true]");
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const openDialog = () => all("dialog[open]").pop();

  /* ---- Enter で次の欄 ---- */

  /** 同じラジオの組は選ばれた一つ（無ければ先頭）だけを数える。 */
  function fieldsOf(scope) {
    const groups = new Set();
    return all(FIELD, scope).filter((field) => {
      if (!seen(field) || !usable(field) || field.readOnly || field.tabIndex < 0) return false;
      if (field.type !== "radio") return true;
      if (groups.has(field.name)) return false;
      groups.add(field.name);
      return true;
    });
  }

  function selectedOf(field) {
    if (field.type !== "radio") return field;
    const name = CSS.escape(field.name);
    return field.form?.querySelector(`input[type=radio][name="${name}"]:checked`) ?? field;
  }

  function positionOf(fields, field) {
    return fields.findIndex((one) => one === field || (field.type === "radio" && one.name === field.name));
  }

  function moveFrom(field, step) {
    const scope = field.closest("[data-enter-scope]") ?? field.form;
    const fields = fieldsOf(scope);
    const next = fields[positionOf(fields, field) + step];
    const target = next ? selectedOf(next) : step > 0 && all("[data-primary]", scope).find((b) => seen(b) && usable(b));
    if (!target) return;
    target.focus();
    if (target.matches("input") && typeof target.select === "function") target.select();
  }

  function onEnter(event) {
    const field = event.target;
    if (field.matches?.(".error-summary")) {
      field.querySelector("a[href]")?.click(); // 誤りのまとめでは、最初の誤りの欄へ
      return true;
    }
    if (!field.matches?.(FIELD) || field.matches("textarea")) return false;
    const scope = field.closest("[data-enter-scope]") ?? field.form;
    if (!scope || scope.dataset.enter === "submit") return false;
    moveFrom(field, event.shiftKey ? -1 : 1);
    return true;
  }

  /* ---- 機能キー ---- */

  /** そのキーで押す要素。対話が開いていればその中だけ、同じキーが重なれば後に書いた方（業務の画面）が勝つ。 */
  function targetOf(key) {
    const name = key === "Escape" ? "Esc" : key;
    return all(`[data-key="${name}"]`, openDialog() ?? document)
      .filter((element) => seen(element) && usable(element))
      .pop();
  }

  function press(element) {
    // 打ったばかりの値が change を起こすよう、いまの欄から一度離れる
    if (element !== document.activeElement) document.activeElement?.blur?.();
    element.focus({ preventScroll: true });
    element.click();
  }

  function onFunctionKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return false;
    if (event.key === "Escape" && openDialog()) return false; // 対話を閉じるのはブラウザの役目
    const target = targetOf(event.key);
    if (target) press(target);
    return Boolean(target);
  }

  function onAltDigit(event) {
    if (!event.altKey || event.ctrlKey || !/^Digit[1-9]$/.test(event.code) || openDialog()) return false;
    const target = all(`[data-alt="${event.code.slice(5)}"]`).find(seen);
    if (target) press(target);
    return Boolean(target);
  }

  /* ---- キー帯 ---- */

  function labelOf(element) {
    if (element.dataset.keyLabel) return element.dataset.keyLabel;
    const copy = element.cloneNode(true);
    all("kbd, .visually-hidden", copy).forEach((part) => part.remove());
    return copy.textContent.trim();
  }

  function keyButton(key) {
    const name = key === "Escape" ? "Esc" : key;
    const target = targetOf(key);
    const slot = document.createElement(target ? "button" : "span");
    slot.className = target ? "key-bar__key" : "key-bar__empty";
    if (["F1", "F5", "F9"].includes(key)) slot.classList.add("key-bar__gap");
    if (!target) return slot;
    const cap = document.createElement("kbd");
    cap.textContent = name;
    slot.append(cap, labelOf(target));
    Object.assign(slot, { type: "button", tabIndex: -1, title: `${name} ${labelOf(target)}` });
    slot.toggleAttribute("data-main", target.hasAttribute("data-primary"));
    slot.addEventListener("click", () => press(targetOf(key) ?? target));
    target.setAttribute("aria-keyshortcuts", name === "Esc" ? "Escape" : name);
    return slot;
  }

  function drawKeyBar() {
    document.getElementById("key-bar")?.replaceChildren(...KEYS.map(keyButton));
  }

  /* ---- 表の行 ---- */

  const rowsOf = (table) => all("tr[data-rowlink]", table).filter(seen);

  function enterRow(row) {
    if (!row) return;
    rowsOf(row.closest("table")).forEach((other) => { other.tabIndex = other === row ? 0 : -1; });
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function openRow(row, event) {
    const link = row.querySelector("a[href]");
    if (event?.ctrlKey || event?.metaKey) window.open(row.dataset.rowlink, "_blank", "noopener");
    else if (link) link.click();
    else window.location.assign(row.dataset.rowlink);
  }

  function onRowKey(event) {
    const row = event.target.closest?.("tr[data-rowlink]");
    if (!row || event.target !== row || event.altKey || event.ctrlKey) return false;
    const rows = rowsOf(row.closest("table"));
    const at = rows.indexOf(row);
    const go = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (go !== undefined) enterRow(rows[go]);
    else if (event.key === "Enter") openRow(row, event);
    else if (/^[1-9]$/.test(event.key) && rows[event.key - 1]) openRow(rows[event.key - 1]);
    else return false;
    return true;
  }

  /** 表の外（検索欄など）から ↓ で最初の行へ。 */
  function onArrowIntoTable(event) {
    const outside = event.target === document.body || event.target.matches?.("[data-search], #main");
    const first = outside && event.key === "ArrowDown" && rowsOf(document.querySelector("table[data-rows]") ?? document)[0];
    if (first) enterRow(first);
    return Boolean(first);
  }

  /* ---- 検索欄 ---- */

  function onSearchKey(event) {
    const typing = event.target.matches?.(`${FIELD}, [contenteditable]`);
    const asked = (event.ctrlKey && event.key.toLowerCase() === "k") || (event.key === "/" && !typing && !event.ctrlKey);
    const search = asked && !openDialog() && document.querySelector("[data-search]");
    if (!search) return false;
    search.focus();
    search.select();
    return true;
  }

  /** 中段だけが流れる作りなので、どこにも焦点が無いときの頁送りを中身へ向ける。 */
  function onPageKey(event) {
    const step = { PageDown: 0.9, PageUp: -0.9 }[event.key];
    const main = document.getElementById("main");
    if (!step || !main || event.target !== document.body) return false;
    main.scrollBy({ top: main.clientHeight * step });
    return true;
  }

  function onKeydown(event) {
    if (composing(event) || event.defaultPrevented) return;
    const handled =
      (event.key === "Enter" && !event.ctrlKey && !event.altKey && onEnter(event)) ||
      (KEYS.includes(event.key) && onFunctionKey(event)) ||
      onAltDigit(event) || onRowKey(event) || onArrowIntoTable(event) || onSearchKey(event) || onPageKey(event);
    if (handled) event.preventDefault();
  }

  /* ---- 押して開く物 ---- */

  /** 誤りのまとめから欄へ。ラジオのように id が欄でない物は、中の最初の欄へ。 */
  function focusField(link) {
    const target = document.getElementById(link.hash.slice(1));
    (target?.matches(FIELD) ? target : target?.querySelector(FIELD))?.focus();
  }

  function onClick(event) {
    const wrong = event.target.closest(".error-summary a[href^='#']");
    if (wrong) {
      event.preventDefault();
      focusField(wrong);
    }
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) document.getElementById(opener.dataset.dialogOpen)?.showModal();
    event.target.closest("[data-dialog-close]")?.closest("dialog").close();
    if (event.target.closest("[data-menu-toggle]")) toggleMenu();
    const row = event.target.closest("tr[data-rowlink]");
    if (row && !event.target.closest("a, button, input, label")) openRow(row, event);
    if (opener || event.target.closest("[data-dialog-close]")) drawKeyBar();
  }

  function toggleMenu(closed = !document.getElementById("menu").hasAttribute("data-closed")) {
    document.getElementById("menu").toggleAttribute("data-closed", closed);
    document.querySelector("[data-menu-toggle]").setAttribute("aria-expanded", String(!closed));
    localStorage.setItem("tsugaru.menu", closed ? "closed" : "open");
  }

  /** 頁や断片が入れ替わった後の支度。焦点は data-autofocus、無ければ動かさない。 */
  function prepare(root) {
    for (const table of all("table[data-rows]")) {
      const rows = rowsOf(table);
      if (rows.length && !rows.some((row) => row.tabIndex === 0)) rows.forEach((row, i) => { row.tabIndex = i ? -1 : 0; });
    }
    const first = root.querySelector?.("[data-autofocus]");
    if (first) (first.matches("tr") ? enterRow(first) : first.focus());
    drawKeyBar();
  }

  document.addEventListener("keydown", onKeydown);
  document.addEventListener("click", onClick);
  document.addEventListener("close", drawKeyBar, true); // dialog の close は泡立たない
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
  if (document.getElementById("menu") && localStorage.getItem("tsugaru.menu") === "closed") toggleMenu(true);
  prepare(document);
})();
