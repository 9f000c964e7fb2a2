/* 異動の入力の助け。無くても送れる（条件の合わない欄は捨てられ、郵便番号は送った後に補われる）。
 *
 *   data-when="住民種別=1"   その欄がその値のときだけ行を見せる
 *   data-address             郵便番号を打つと、町域が一つなら町字まで入る
 *   data-kinship             符号の読み（子の妻）をそばに出す
 */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const nameOf = (field) => field.name.replace(/^[a-z]+\d*-/, "");

  function valueIn(scope, name) {
    const fields = all("input, select", scope).filter((field) => nameOf(field) === name);
    const chosen = fields.find((field) => field.type !== "radio" || field.checked);
    return chosen ? chosen.value : null;
  }

  function fold(scope) {
    all("[data-when]", scope).forEach((line) => {
      const [name, wanted] = line.dataset.when.split("=");
      const value = valueIn(scope, name);
      line.hidden = value !== null && value !== wanted;
    });
  }

  async function fill(address) {
    const part = (name) => address.querySelector(`[data-part="${name}"]`);
    const digits = part("postcode").value.normalize("NFKC").replace(/\D/g, "");
    if (digits.length !== 7) return;
    const response = await fetch(`/juki/towns?postcode=${digits}`);
    if (!response.ok) return;
    const { towns } = await response.json();
    const areas = new Set(towns.map((town) => town.area));
    if (areas.size === 1) part("area").value = towns[0].area;
    if (towns.length === 1 && !part("town").value) part("town").value = towns[0].town;
  }

  function readKinship(field) {
    const words = Object.fromEntries(all("#kinship option").map((option) => [option.value, option.textContent]));
    const output = field.nextElementSibling?.matches("[data-kinship-reading]") ? field.nextElementSibling : document.createElement("output");
    output.dataset.kinshipReading = "";
    output.className = "wareki";
    output.textContent = words[field.value.trim()] ?? "";
    field.after(output);
  }

  document.addEventListener("change", (event) => {
    const scope = event.target.closest("[data-scope]");
    if (scope) fold(scope);
    const address = event.target.closest("[data-address]");
    if (address && event.target.dataset.part === "postcode") fill(address);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-kinship]")) readKinship(event.target);
  });
  all("[data-scope]").forEach(fold);
  all("[data-kinship]").forEach(readKinship);
})();
