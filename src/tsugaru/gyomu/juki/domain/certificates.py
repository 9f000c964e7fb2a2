"""住民票の状態を証明書の項目に写す（住民基本台帳法第12条・第15条の4・第24条、標準仕様書 5）。

純粋な写しで、表も門も知らない。住所は住所番号 → 文字、番号は（宛名番号, 種別）→ 番号 で受け取る。請求により省略した項目は
None、その人に無い項目は 対象外、台帳に値の無い項目は空の文字になる。

まだ無いもの: 選挙人名簿の登録・国民健康保険などの資格（ほかの業務が持つ）、異動前住所。
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tsugaru.gyomu.juki.domain.codes import 住民種別, 異動事由, 続柄の表記, 規定区分
from tsugaru.gyomu.juki.models import 住民履歴
from tsugaru.gyomu.juki.models.resident import 住民事項
from tsugaru.gyomu.juki.notices.people import 外国人項目, 統合記載, 記載者
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.documents.form import 対象外

男女 = {"1": "男", "2": "女"}
子, 親 = "20", ("51", "52")
きょうだい = ("71", "74", "81", "84")
_直系 = {("02",): 0, ("11",): 1, ("12",): 1, ("13",): 1, ("14",): 1, ("20",): 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class 選択:
    """請求者が選んだ記載。偽の項目は省略する。"""

    続柄: bool = False
    本籍: bool = False
    個人番号: bool = False
    住民票コード: bool = False
    在留: bool = False
    履歴: bool = False
    事項: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class 台帳の値:
    """写すもとの値。歴 は宛名番号 → その証明に載る時点までの歴（履歴番号の順）。"""

    住所: Mapping[int, str]
    番号: Mapping[tuple[str, str], str] = field(default_factory=dict)
    歴: Mapping[str, Sequence[住民履歴]] = field(default_factory=dict)

    def 所(self, 番号: int | None, 無ければ: str = "") -> str:
        """住所の文字。"""
        return 無ければ if 番号 is None else self.住所.get(番号, "")


def 並べる(世帯員: Iterable[住民事項]) -> list[住民事項]:
    """記載の順（標準仕様書5.2）。人が決めた順（記載順位）が勝ち、次に続柄の群、生年月日、宛名番号。"""
    return sorted(世帯員, key=lambda r: (r.記載順位, _群(r), r.生年月日, r.宛名番号))


def _群(row: 住民事項) -> int:
    """1群 世帯主・配偶者・子、2群 子の家族、3群 父母・兄弟姉妹・祖父母、4群 親族・縁故者・同居人。"""
    links = tuple(code for code in (row.続柄1, row.続柄2, row.続柄3, row.続柄4) if code)
    if links in _直系:
        return _直系[links]
    if not links:
        return 9
    if links[0] == 子:
        return 3
    if links[0] in 親:
        return 4 if len(links) == 1 else 6 if set(links) <= set(親) else 7
    if links[0] in きょうだい:
        return 5 if len(links) == 1 else 7
    return {"96": 8, "99": 9}.get(links[0], 7)


def 日(day: date | None, 不詳: bool = False, 表記: str = "") -> str:
    """和暦（不詳日は書かれたとおり）。無ければ空。"""
    return "" if day is None else 不詳日(day, 不詳, 表記).表示


def 生年月日(row: 住民事項) -> str:
    """外国人は西暦、ほかは和暦。"""
    if 外国人である(row) and not row.生年月日不詳:
        return f"{row.生年月日.year}年{row.生年月日.month}月{row.生年月日.day}日"
    return 日(row.生年月日, row.生年月日不詳, row.生年月日表記)


def 外国人である(row: 住民事項) -> bool:
    """住民種別が外国人。"""
    return row.住民種別 == 住民種別.外国人.value


def 続柄(row: 住民事項) -> str:
    """続柄の表記。"""
    return 続柄の表記(row.続柄1, row.続柄2, row.続柄3, row.続柄4)


def 載せる人(row: 住民事項, 選: 選択, 値: 台帳の値) -> 記載者:
    """一人の記載。"""
    foreign = 外国人である(row)
    became = (
        日(row.外国人住民日, row.外住日不詳, row.外住日表記)
        if foreign
        else 日(row.住民となった日, row.住民日不詳, row.住民日表記)
    )
    return 記載者(
        氏名フリガナ=row.氏名フリガナ or 対象外,
        氏名=row.氏名,
        旧氏フリガナ=row.旧氏フリガナ or 対象外,
        旧氏=row.旧氏 or 対象外,
        生年月日=生年月日(row),
        性別=男女.get(row.性別, ""),
        続柄=続柄(row) if 選.続柄 else None,
        個人番号=番号の表記(値.番号.get((row.宛名番号, "個人番号"), "")) if 選.個人番号 else None,
        住民票コード=値.番号.get((row.宛名番号, "住民票コード"), "") if 選.住民票コード else None,
        住民となった年月日=became,
        住所を定めた年月日=日(row.住所を定めた日, row.住定日不詳, row.住定日表記),
        届出年月日=住所の届出日(値.歴.get(row.宛名番号, ())),
        筆頭者=_戸籍(row, 選, f"{row.筆頭者氏}　{row.筆頭者名}".strip("　")),
        本籍=_戸籍(row, 選, 値.所(row.本籍番号)),
        転入前住所=値.所(row.転入前番号, 対象外) + ("（未届）" if row.未届 else ""),
        異動前住所=None,
        備考="",
        外国人=_外国人の項目(row, 選) if foreign else None,
    )


def 番号の表記(番号: str) -> str:
    """個人番号を四桁ずつに。"""
    return f"{番号[:4]} {番号[4:8]} {番号[8:]}" if 番号 else ""


def 住所の届出日(rows: Sequence[住民履歴]) -> str:
    """今の住所になった異動の届出日。"""
    found = None
    before = None
    for row in rows:
        if row.住所番号 != before:
            found, before = row.届出日, row.住所番号
    return 日(found)


def _戸籍(row: 住民事項, 選: 選択, text: str) -> str | None:
    if not 選.本籍:
        return None
    return 対象外 if 外国人である(row) else text


def _外国人の項目(row: 住民事項, 選: 選択) -> 外国人項目:
    def 選べば(text: str) -> str | None:
        return (text or 対象外) if 選.在留 else None

    return 外国人項目(
        氏名漢字=row.氏名漢字 or 対象外,
        通称=row.通称 or 対象外,
        国籍地域=選べば(row.国籍名),
        第30条45規定区分=選べば(規定区分(row.規定区分).name if row.規定区分 else ""),
        在留資格=選べば(row.在留資格),
        在留期間等=選べば(row.在留期間),
        在留期間満了日=選べば(
            f"{row.在留満了日.year}年{row.在留満了日.month}月{row.在留満了日.day}日" if row.在留満了日 else ""
        ),
        在留カード等番号=選べば(row.在留番号),
    )


def 履歴の記載(row: 住民事項, 選: 選択, 値: 台帳の値) -> tuple[統合記載, ...] | None:
    """統合記載欄。選ばれなければ省略。取り消された異動と取消しそのものは載せない。"""
    if not 選.履歴:
        return None
    rows = 値.歴.get(row.宛名番号, ())
    gone = {r.取消対象履歴 for r in rows if r.取消対象履歴}
    kept = [r for r in rows if r.履歴番号 not in gone and not r.取消対象履歴]
    return tuple(_一行(r, before, 値) for before, r in zip([None, *kept], kept, strict=False))


def _一行(row: 住民履歴, before: 住民履歴 | None, 値: 台帳の値) -> 統合記載:
    parts = []
    if before is None and row.転入前番号:
        parts.append(f"転入前住所：{値.所(row.転入前番号)}")
    if before and row.住所番号 != before.住所番号:
        parts.append(f"異動前住所：{値.所(before.住所番号)}")
    if before and row.氏名 != before.氏名:
        parts.append(f"変更前の氏名：{before.氏名}")
    if before and row.世帯主氏名 != before.世帯主氏名:
        parts.append(f"変更前の世帯主：{before.世帯主氏名}")
    if row.届出日:
        parts.append(f"{和暦表示(row.届出日)}{row.届出の別 or '届出'}")
    return 統合記載(
        年月日=日(row.異動日, row.異動日不詳, row.異動日表記),
        事由=異動事由(row.異動事由).表示,
        内容="　".join(parts),
    )
