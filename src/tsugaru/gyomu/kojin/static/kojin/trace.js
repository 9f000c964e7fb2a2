/* 計算の跡の木。→ 開く、← 閉じる（閉じていれば親へ）、↑↓ Home End 移る、Enter 開いて中へ。中身は初めて開いたときに取る。 */
(() => {
  "use strict";

  const tree = document.querySelector("[data-trace]");
  if (!tree) return;
  const all = () => [...tree.querySelectorAll(".trace__item")].filter((item) => item.checkVisibility());
  const inner = (item) => item.querySelector(":scope > .trace__inner");
  const firstChild = (item) => inner(item).querySelector(".trace__item");
  const parent = (item) => item.parentElement.closest(".trace__item");
  const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

  function focus(item) {
    if (!item) return;
    tree.querySelectorAll(".trace__item[tabindex='0']").forEach((other) => { other.tabIndex = -1; });
    item.tabIndex = 0;
    item.focus();
    item.querySelector(".trace__row").scrollIntoView({ block: "nearest" });
  }

  async function open(item) {
    if (!("loaded" in item.dataset)) {
      item.dataset.loaded = "";
      await window.htmx.ajax("GET", item.dataset.url, { source: item, target: inner(item), swap: "innerHTML" });
    }
    if (!inner(item).hasChildNodes()) {
      delete item.dataset.loaded; // 取れなかった（次に開くときに取り直す）
      return;
    }
    inner(item).hidden = false;
    item.setAttribute("aria-expanded", "true");
  }

  function close(item) {
    inner(item).hidden = true;
    item.setAttribute("aria-expanded", "false");
  }

  function move(item, step) {
    const items = all();
    focus(items[items.indexOf(item) + step]);
  }

  const keys = {
    ArrowRight: async (item) => (isOpen(item) ? focus(firstChild(item)) : open(item)),
    ArrowLeft: (item) => (isOpen(item) ? close(item) : focus(parent(item))),
    ArrowDown: (item) => move(item, 1),
    ArrowUp: (item) => move(item, -1),
    Home: () => focus(all()[0]),
    End: () => focus(all().pop()),
    Enter: async (item) => {
      if (!isOpen(item)) await open(item);
      focus(firstChild(item) ?? item);
    },
  };

  tree.addEventListener("keydown", (event) => {
    const item = event.target.closest(".trace__item");
    if (event.target !== item || event.altKey || event.ctrlKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key](item);
  });

  tree.addEventListener("click", (event) => {
    const row = event.target.closest(".trace__row");
    if (!row || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const item = row.parentElement;
    focus(item);
    if (isOpen(item)) close(item);
    else open(item);
  });
})();
