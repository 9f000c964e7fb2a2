"""名で探す問い。どれも定まった文で、値は引数で渡す。空の条件（NULL）は計画の時に消える。

並べ方は鍵の索引の順（~<~）で、索引を頭から読んで上限で止まる。見出しとの結びは LEFT JOIN で、生年月日を問わないときは
計画から消える（名には必ず見出しがある）。

漢字だけは索引の順に読まない。同じ氏の人は並びの一所に固まるので、頭から読むと、その氏に着くまで全部の名を捨てることになる
（17万人の団体で「工藤」は 7 万行）。字片で当たった行だけを集めて並べる（鍵に空の文字をつなぎ、索引の順を使わせない）。
"""

from __future__ import annotations

厳密 = """
SELECT n."宛名_id", n."現在", n."表示" FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
WHERE n."かな" LIKE %(かな)s
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
  AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
ORDER BY n."かな" USING ~<~, n."現在" DESC, n."宛名_id" LIMIT %(上限)s
"""
緩やか = """
SELECT n."宛名_id", n."現在", n."表示" FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
WHERE n."かな緩" LIKE %(緩)s
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
  AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
ORDER BY n."かな緩" USING ~<~, n."現在" DESC, n."宛名_id" LIMIT %(上限)s
"""
似た綴り = """
SELECT n."宛名_id", n."現在", n."表示" FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
WHERE n."かな緩" %% %(綴り)s
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
  AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
ORDER BY similarity(n."かな緩", %(綴り)s) DESC, n."現在" DESC, n."宛名_id" LIMIT %(上限)s
"""
漢字 = """
SELECT n."宛名_id", n."現在", n."表示" FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
WHERE n."字片" @> %(字片)s::text[] AND n."漢字鍵" LIKE %(漢字)s AND n."かな" LIKE %(含むかな)s
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
  AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
ORDER BY (n."かな" || '') USING ~<~, n."現在" DESC, n."宛名_id" LIMIT %(上限)s
"""
ほかの条件だけ = """
SELECT n."宛名_id", n."現在", n."表示" FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
WHERE n."現在"
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
  AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
ORDER BY n."かな" USING ~<~, n."現在" DESC, n."宛名_id" LIMIT %(上限)s
"""
厳密の人数 = """
SELECT count(DISTINCT m) FROM (
  SELECT n."宛名_id" AS m FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
  WHERE n."かな" LIKE %(かな)s
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
    AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
  LIMIT %(数える上限)s) limited
"""
緩やかの人数 = """
SELECT count(DISTINCT m) FROM (
  SELECT n."宛名_id" AS m FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
  WHERE n."かな緩" LIKE %(緩)s
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
    AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
  LIMIT %(数える上限)s) limited
"""
漢字の人数 = """
SELECT count(DISTINCT m) FROM (
  SELECT n."宛名_id" AS m FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
  WHERE n."字片" @> %(字片)s::text[] AND n."漢字鍵" LIKE %(漢字)s AND n."かな" LIKE %(含むかな)s
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
    AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
  LIMIT %(数える上限)s) limited
"""
ほかの条件だけの人数 = """
SELECT count(DISTINCT m) FROM (
  SELECT n."宛名_id" AS m FROM "atena_検索名" n LEFT JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id"
  WHERE n."現在"
  AND (%(始)s::date IS NULL OR a."生年月日" BETWEEN %(始)s::date AND %(終)s::date)
    AND (%(人)s::text[] IS NULL OR n."宛名_id" = ANY (%(人)s::text[]))
  LIMIT %(数える上限)s) limited
"""
