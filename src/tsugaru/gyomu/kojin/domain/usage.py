"""一人の資料が、賦課にどう使われたか・使われるか。使わなかった資料には訳を付ける。"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tsugaru.gyomu.kojin.domain import merging, sources, units
from tsugaru.gyomu.kojin.domain.columns import 台帳の事実
from tsugaru.gyomu.kojin.models import 課税資料, 賦課
from tsugaru.gyomu.kojin.models.source import 資料種類

一人の資料の文 = """
SELECT s.*, j."番" AS "判断の番", j."根拠" AS "結んだ根拠", j."自動" AS "自動で結んだ", j."日時" AS "結んだ日時"
  FROM "kojin_課税資料" s
  JOIN (SELECT DISTINCT ON ("資料_id") * FROM "kojin_名寄せ"
         WHERE "資料_id" IN (SELECT "資料_id" FROM "kojin_名寄せ" WHERE "宛名番号" = %s)
         ORDER BY "資料_id", "番" DESC) j ON j."資料_id" = s."id"
 WHERE j."宛名番号" = %s AND (%s::int IS NULL OR s."課税年度" = %s) ORDER BY s."id"
"""
使った, 未反映, 外した = "使った", "未反映", "外した"


@dataclass(frozen=True, slots=True)
class 使われ方:
    """一枚。扱い は 使った・未反映（次の計算で使う）・外した。訳 は外した理由か、賦課のときと変わったこと。"""

    資料: 課税資料
    扱い: str
    訳: str


def 資料を読む(宛名番号: str, 年度: int | None = None) -> list[課税資料]:
    """今その人に結ばれている資料（年度が無ければ全ての年度、載った順）。判断の番・結んだ根拠 が付く。"""
    return list(課税資料.objects.raw(一人の資料の文, [宛名番号, 宛名番号, 年度, 年度]))


def 使われ方を見る(資料: Sequence[課税資料], row: 賦課 | None) -> list[使われ方]:
    """一人の一年度の資料と、今の賦課から。"""
    台帳 = frozenset(row.出所) if row else frozenset()
    生き, 次に使う = _今の決まり(資料)
    return [使われ方(s, *_扱い(s, 資料, 台帳, 生き, 次に使う)) for s in 資料]


def _今の決まり(資料: Sequence[課税資料]) -> tuple[frozenset[int], frozenset[int]]:
    """（生きている資料, 今計算すれば使う資料）。合わせ方は merging だけが知る。"""
    if not 資料:
        return frozenset(), frozenset()
    frame = sources.表にする([行にする(s) for s in 資料])
    [出所] = merging.合わせる(frame)["出所"].to_list() or [""]
    使う = frozenset(int(n) for n in 出所.split(",") if n)
    return frozenset(merging.生きている(frame)["資料"].to_list()), 使う


def 行にする(s: 課税資料, 番号: int | None = None) -> tuple[Any, ...]:
    """`sources.頭` の順の値。宛名番号は一人のものなので空でよい。番号 は、まだ記録していない一枚に付ける。"""
    return (
        s.pk or 番号, "", s.種類, s.訂正表示, s.支払者番号, s.支払者, s.受給者番号, s.申告番号, s.置換_id,
        json.dumps(s.事実, ensure_ascii=False), json.dumps(s.添え, ensure_ascii=False),
    )  # fmt: skip


def _扱い(
    s: 課税資料,
    皆: Sequence[課税資料],
    台帳: frozenset[int],
    生き: frozenset[int],
    次に使う: frozenset[int],
) -> tuple[str, str]:
    if s.pk in 次に使う:
        return (使った, "") if s.pk in 台帳 else (未反映, "次の計算で使います")
    if s.pk in 台帳:
        return 使った, f"次の月例更正からは使いません（{_訳(s, 皆, 生き)}）"
    return 外した, _訳(s, 皆, 生き)


def _訳(s: 課税資料, 皆: Sequence[課税資料], 生き: frozenset[int]) -> str:
    後 = next((one for one in 皆 if one.置換_id == s.pk), None)
    if 後 is not None:
        return f"資料 {後.pk} に置き換えられた"
    if s.pk not in 生き:
        return "取消しの報告" if s.訂正表示 == merging.取消 else "後の報告で訂正か取消しをされた"
    if any(one.種類 == 資料種類.確申 and one.pk in 生き for one in 皆):
        return "確定申告がある（地方税法第317条の3）"
    return "前職の給与として、ほかの報告に含まれている"


def 資料の名(s: 課税資料) -> str:
    """「給与支払報告書（株式会社見本商店）」。"""
    種類 = 資料種類(s.種類).label
    return f"{種類}（{s.支払者}）" if s.支払者 else 種類


def 載っている所(名: str, row: 賦課, 資料: Sequence[課税資料], 個別: frozenset[str]) -> str:
    """その事実が書かれている所。使った資料に無ければ、個別の事項か、住民記録・前の年度の台帳である。"""
    if 名 in 個別:
        return "個別の事項"
    台帳 = "住民記録・前の年度の台帳" if row.事実.get(名) else ""
    if 名 in 台帳の事実:
        return 台帳
    使った資料 = [s for s in 資料 if s.pk in frozenset(row.出所) and s.事実.get(名) is not None]
    if len(使った資料) == 1:
        return 資料の名(使った資料[0])
    if 使った資料:
        return "、".join(f"{資料の名(s)} {units.文字(名, s.事実[名])}" for s in 使った資料)
    return 台帳
