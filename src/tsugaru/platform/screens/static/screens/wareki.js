/* 日付の欄（data-wareki）のそばに和暦と西暦の読みを出す。
 * 打ち間違いに気づくための写しであり、送られるのは打ったままの文字、決めるのはサーバーである。
 * 読む形: s630401  昭63.4.1  昭和63年4月1日  R元.5.1  1988-04-01  19880401  全角も可。
 */
(() => {
  "use strict";

  /* 元号・頭文字・始まりの日（その日から次の始まりの前日まで）。明治6年1月1日より前は暦が違うので読まない。 */
  const ERAS = [
    ["令和", "R", "2019-05-01"],
    ["平成", "H", "1989-01-08"],
    ["昭和", "S", "1926-12-25"],
    ["大正", "T", "1912-07-30"],
    ["明治", "M", "1868-01-25"],
  ];
  const GREGORIAN_FROM = "1873-01-01";
  const ERA = "(?<era>令和|平成|昭和|大正|明治|[令平昭大明RHSTM])";
  const PATTERNS = [
    new RegExp(`^${ERA}(?<y>元|\\d{1,2})[年./-](?<m>\\d{1,2})[月./-](?<d>\\d{1,2})日?$`, "i"),
    new RegExp(`^${ERA}(?<y>\\d{2})(?<m>\\d{2})(?<d>\\d{2})$`, "i"),
    /^(?<y>\d{4})[年./-](?<m>\d{1,2})[月./-](?<d>\d{1,2})日?$/,
    /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  ];
  const pad = (n, width) => String(n).padStart(width, "0");

  function split(text) {
    const plain = text.normalize("NFKC").replace(/[\s　]/g, "").replace(/[・,]/g, ".");
    for (const pattern of PATTERNS) {
      const groups = pattern.exec(plain)?.groups;
      if (groups) return groups;
    }
    return null;
  }

  function yearOf(parts) {
    if (!parts.era) return Number(parts.y);
    const era = ERAS.find(([name, letter]) => name[0] === parts.era[0] || letter === parts.era.toUpperCase());
    const nth = parts.y === "元" ? 1 : Number(parts.y);
    return nth < 1 ? NaN : Number(era[2].slice(0, 4)) + nth - 1;
  }

  function isoOf(year, month, day) {
    const date = new Date(Date.UTC(2000, month - 1, day));
    date.setUTCFullYear(year, month - 1, day);
    const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return real ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : null;
  }

  function eraOf(iso) {
    return ERAS.find(([, , start]) => iso >= start);
  }

  /** 打った元号と暦の元号が違うとき（昭和64年1月8日、令和元年4月30日）は読まずに知らせる。 */
  function read(text) {
    if (!text.trim()) return { state: "", text: "" };
    const parts = split(text);
    const iso = parts && isoOf(yearOf(parts), Number(parts.m), Number(parts.d));
    if (!iso) return { state: "bad", text: parts ? "暦に無い日です" : "日付と読めません（例 s630401）" };
    if (iso < GREGORIAN_FROM) return { state: "bad", text: "明治6年より前の日は読みを出せません" };
    const [name, letter, start] = eraOf(iso);
    const typed = parts.era?.toUpperCase();
    if (typed && typed[0] !== name[0] && typed !== letter) return { state: "bad", text: `その日は${name}です` };
    const nth = Number(iso.slice(0, 4)) - Number(start.slice(0, 4)) + 1;
    const [, month, day] = iso.split("-").map(Number);
    return { state: "good", text: `${name}${nth === 1 ? "元" : nth}年${month}月${day}日（${iso}）` };
  }

  /** 不詳のことがある欄（data-wareki="uncertain"）では、頃・推定・不詳などの語があれば書いたとおりに受ける。 */
  function readFor(input) {
    const uncertain = input.dataset.wareki === "uncertain" && /頃|推定|不詳|[春夏秋冬]|旬|までの間/.test(input.value);
    return uncertain ? { state: "good", text: "不詳の日（書いたとおりに残ります）" } : read(input.value);
  }

  function show(input) {
    const output = document.querySelector(`[data-wareki-for="${CSS.escape(input.id)}"]`);
    if (!output) return;
    const reading = readFor(input);
    output.textContent = reading.text;
    output.dataset.state = reading.state;
  }

  const showAll = (root) => root.querySelectorAll("input[data-wareki]").forEach(show);

  document.addEventListener("input", (event) => {
    // 途中の「s63」で騒がない。読めたときだけ打ちながら出し、誤りは欄を離れたときに言う
    if (event.target.matches("[data-wareki]") && readFor(event.target).state !== "bad") show(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches("[data-wareki]")) show(event.target);
  });
  document.addEventListener("htmx:afterSettle", (event) => showAll(event.target));
  showAll(document);
})();
