/* 試用のログイン。職員の行の「入れる」で、欄に値を写す（送るのは人）。試用の環境でだけ読み込まれる。 */
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    if (!button) return;
    const form = document.querySelector("form[method=post]");
    for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    form.querySelector("[data-primary]").focus();
  });
})();
