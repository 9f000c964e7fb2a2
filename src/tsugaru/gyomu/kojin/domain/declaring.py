"""住民税申告（地方税法第317条の2）: 窓口で受け、資料の一枚として記録し、その人に結ぶ。税額はここでは変わらない。

書かれた項目だけが報告書の値に替わる。訂正の申告は前の申告を置き換え、前の申告も残る。
まだ無いもの: 申告書の控えの帳票、電子申告（eLTAX）の取込み、確定申告書の窓口入力。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from tsugaru.gyomu.kojin.domain import dossier
from tsugaru.gyomu.kojin.domain.trial import 下書き, 今の申告, 申告書, 試算する
from tsugaru.gyomu.kojin.models import 名寄せ, 課税資料
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock


@dataclass(frozen=True, slots=True, kw_only=True)
class 名乗り:
    """申告した人（宛名に書かれたとおり）。"""

    宛名番号: str
    氏名: str
    カナ: str
    生年月日: date | None


def 記録する(
    人: 名乗り, 年度: int, 申: 申告書, *, 基の版: str, 番号: UUID, 職員: str, clock: Clock
) -> 課税資料:
    """確かめ、資料を足し、その人に結ぶ。

    見ている間に台帳が変わっていれば KJ-3104、同じ画面の二度目は KJ-3105、同じ中身の申告は KJ-3106、矛盾はその番号で断る。
    """
    with transaction.atomic():
        lock("kojin/person", [人.宛名番号])
        申告番号 = f"W{番号.hex[:18]}"
        _二度目を断る(人, 年度, 申, 申告番号)
        if dossier.開く(人.宛名番号, 年度).版 != 基の版:
            raise 業務エラー(
                "KJ-3104",
                "画面を開いた後に、この人の賦課か資料が変わりました。",
                "開き直し、今の値を見て、もう一度確かめてから記録してください。",
            )
        for error in 試算する(人.宛名番号, 年度, 申, 今日=clock.today()).誤り:
            raise error
        made = 下書き(年度, 申, 今の申告(人.宛名番号, 年度))
        made.氏名, made.カナ, made.生年月日 = 人.氏名[:60], 人.カナ, _生年月日(人)
        made.申告番号, made.入力者, made.取込日時 = 申告番号, 職員, clock.now()
        made.save(force_insert=True)
        名寄せ.objects.create(
            資料=made, 番=1, 宛名番号=人.宛名番号, 根拠="窓口の申告", 理由=f"{申.申告者}の申告を窓口で受けた", 入力者=職員,
            日時=clock.now(),
        )  # fmt: skip
        audit.record(
            act="住民税申告の記録", subjects=[人.宛名番号], gyomu="kojin",
            detail={"source": made.pk, "year": 年度, "replaces": made.置換_id},
        )  # fmt: skip
    return made


def _二度目を断る(人: 名乗り, 年度: int, 申: 申告書, 申告番号: str) -> None:
    if 課税資料.objects.filter(課税年度=年度, 申告番号=申告番号).exists():
        raise 業務エラー(
            "KJ-3105", "この画面の申告は、もう記録しました。", "課税台帳の資料で確かめてください。"
        )
    前 = 今の申告(人.宛名番号, 年度)
    if 前 is not None and 前.事実 == dict(申.事実) and bool(前.添え.get("収入なし")) == 申.収入なし:
        raise 業務エラー(
            "KJ-3106", "今の住民税申告と同じ中身です。", "違う所を直すか、そのまま戻ってください。"
        )


def _生年月日(人: 名乗り) -> date:
    if 人.生年月日 is None:
        raise 業務エラー(
            "KJ-3107",
            f"宛名番号{人.宛名番号}の生年月日が分かりません。",
            "宛名の生年月日を確かめて登録してから、申告を受けてください。",
        )
    return 人.生年月日
