"""証明書の様式ごとに、データを組み立てる。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tsugaru.gyomu.juki.domain.certificates import (
    台帳の値,
    履歴の記載,
    日,
    生年月日,
    男女,
    番号の表記,
    続柄,
    載せる人,
    選択,
)
from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.models.resident import 住民事項
from tsugaru.gyomu.juki.notices.move_out.notice import FORM as 転出の様式
from tsugaru.gyomu.juki.notices.move_out.notice import 引継資格, 転出者, 転出証明書
from tsugaru.gyomu.juki.notices.record_household.notice import FORM as 連記の様式
from tsugaru.gyomu.juki.notices.record_household.notice import 住民票の写し世帯連記式
from tsugaru.gyomu.juki.notices.record_individual.notice import FORM as 個人票の様式
from tsugaru.gyomu.juki.notices.record_individual.notice import 住民票の写し個人票
from tsugaru.gyomu.juki.notices.record_items.notice import FORM as 記載事項の様式
from tsugaru.gyomu.juki.notices.record_items.notice import 住民票記載事項証明書, 記載事項, 証明する人
from tsugaru.gyomu.juki.notices.removed_record.notice import FORM as 除票の様式
from tsugaru.gyomu.juki.notices.removed_record.notice import 消除事項, 除票の写し
from tsugaru.platform.documents.form import Form, 対象外
from tsugaru.platform.documents.parts import 発行事項

人の列 = Sequence[住民事項]
組立て = Callable[[人の列, 選択, 台帳の値, 発行事項], Any]
載せられる事項 = (
    "生年月日", "性別", "続柄", "住民となった年月日", "住所を定めた年月日", "転入前住所", "本籍", "筆頭者", "個人番号",
    "住民票コード",
)  # fmt: skip
引継なし = 引継資格(
    国民健康保険=対象外, 後期高齢者医療=対象外, 介護保険=対象外, 国民年金=対象外, 児童手当=対象外
)


@dataclass(frozen=True, slots=True, kw_only=True)
class 様式:
    """一つの証明書。手数料名 は団体の手数料表の見出し、複数 は世帯員を選べるか、番号が要る は必ず番号を載せるか。"""

    符号: str
    名称: str
    FORM: Form
    組立て: 組立て
    手数料名: str
    認証文: str
    全員の認証文: str = ""
    複数: bool = True
    除票: bool = False
    番号が要る: bool = False


def _連記(人: 人の列, 選: 選択, 値: 台帳の値, 発行: 発行事項) -> 住民票の写し世帯連記式:
    return 住民票の写し世帯連記式(
        住所=値.所(人[0].住所番号),
        世帯主=_世帯主(人, 選),
        世帯員=tuple(載せる人(p, 選, 値) for p in 人),
        発行=発行,
    )


def _世帯主(人: 人の列, 選: 選択) -> str | None:
    return 人[0].世帯主氏名 if 選.続柄 else None


def _個人票(人: 人の列, 選: 選択, 値: 台帳の値, 発行: 発行事項) -> 住民票の写し個人票:
    return 住民票の写し個人票(
        住所=値.所(人[0].住所番号),
        世帯主=_世帯主(人, 選),
        本人=載せる人(人[0], 選, 値),
        統合記載欄=履歴の記載(人[0], 選, 値),
        発行=発行,
    )


def _除票(人: 人の列, 選: 選択, 値: 台帳の値, 発行: 発行事項) -> 除票の写し:
    return 除票の写し(
        住所=値.所(人[0].住所番号),
        世帯主=_世帯主(人, 選),
        本人=載せる人(人[0], 選, 値),
        消除=_消除(人[0], 値),
        統合記載欄=履歴の記載(人[0], 選, 値),
        発行=発行,
    )


def _消除(row: 住民事項, 値: 台帳の値) -> 消除事項:
    return 消除事項(
        事由=異動事由(row.消除事由).表示 if row.消除事由 else "",
        異動年月日=日(row.消除日, row.消除日不詳, row.消除日表記),
        届出年月日=日(row.届出日),
        転出先住所予定=値.所(row.転出先予定番号, 対象外),
        転出先住所確定=値.所(row.転出先確定番号, 対象外),
        転入通知年月日=日(row.転入通知日) or 対象外,
    )


def _記載事項(人: 人の列, 選: 選択, 値: 台帳の値, 発行: 発行事項) -> 住民票記載事項証明書:
    return 住民票記載事項証明書(
        住所=値.所(人[0].住所番号),
        世帯主=_世帯主(人, 選),
        証明=tuple(証明する人(氏名フリガナ=p.氏名フリガナ, 氏名=p.氏名, 事項=_事項(p, 選, 値)) for p in 人),
        備考="",
        発行=発行,
    )


def _事項(row: 住民事項, 選: 選択, 値: 台帳の値) -> tuple[記載事項, ...]:
    full = 載せる人(row, 選択(続柄=True, 本籍=True, 個人番号=True, 住民票コード=True), 値)
    values = {name: getattr(full, name) for name in 載せられる事項}
    return tuple(記載事項(名=name, 値=values[name] or "") for name in 載せられる事項 if name in 選.事項)


def _転出(人: 人の列, 選: 選択, 値: 台帳の値, 発行: 発行事項) -> 転出証明書:
    first = 人[0]
    return 転出証明書(
        転出前住所=値.所(first.住所番号),
        転出前世帯主=first.世帯主氏名,
        本籍=値.所(first.本籍番号, 対象外),
        筆頭者=f"{first.筆頭者氏}　{first.筆頭者名}".strip("　") or 対象外,
        転出先住所=値.所(first.転出先予定番号),
        転出先世帯主="",
        転出予定年月日=日(first.転出予定日),
        届出年月日=日(first.転出届出日 or first.届出日),
        再交付=False,
        転出者=tuple(_転出者(p, 値) for p in 人),
        備考="",
        発行=発行,
    )


def _転出者(row: 住民事項, 値: 台帳の値) -> 転出者:
    full = 載せる人(row, 選択(在留=True), 値)
    return 転出者(
        氏名フリガナ=full.氏名フリガナ,
        氏名=row.氏名,
        旧氏=row.旧氏 or 対象外,
        生年月日=生年月日(row),
        性別=男女.get(row.性別, ""),
        続柄=続柄(row),
        住民票コード=値.番号.get((row.宛名番号, "住民票コード"), ""),
        個人番号=番号の表記(値.番号.get((row.宛名番号, "個人番号"), "")),
        資格=引継なし,
        外国人=full.外国人,
    )


_写しの文 = "この写しは、住民票の原本と相違ないことを証明する。"
様式の一覧: dict[str, 様式] = {
    f.符号: f
    for f in (
        様式(
            符号="household", 名称="住民票の写し（世帯連記式）", FORM=連記の様式, 組立て=_連記, 手数料名="住民票の写し",
            認証文=_写しの文, 全員の認証文="この写しは、世帯全員の住民票の原本と相違ないことを証明する。",
        ),
        様式(
            符号="individual", 名称="住民票の写し（個人票）", FORM=個人票の様式, 組立て=_個人票, 手数料名="住民票の写し",
            認証文=_写しの文, 複数=False,
        ),
        様式(
            符号="removed", 名称="除票の写し", FORM=除票の様式, 組立て=_除票, 手数料名="住民票の写し",
            認証文="この写しは、除票の原本と相違ないことを証明する。", 複数=False, 除票=True,
        ),
        様式(
            符号="items", 名称="住民票記載事項証明書", FORM=記載事項の様式, 組立て=_記載事項, 手数料名="住民票記載事項証明書",
            認証文="住民票に上記の事項が記載されていることを証明する。",
        ),
        様式(
            符号="move_out", 名称="転出証明書", FORM=転出の様式, 組立て=_転出, 手数料名="転出証明書",
            認証文="上記の者は、転出の届出をしたことを証明する。", 番号が要る=True,
        ),
    )
}  # fmt: skip
