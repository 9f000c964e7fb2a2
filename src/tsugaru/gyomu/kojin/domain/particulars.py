"""個別の事項: 職員が根拠とともに定める事実。足すだけで、外すことも行を足して行う。税額は月例更正の実行で変わる。"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from tsugaru.gyomu.kojin.domain import dossier
from tsugaru.gyomu.kojin.domain.columns import みなし課税, 個別の事実, 資料の事実
from tsugaru.gyomu.kojin.models import 個別事項
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock

定められる事実: tuple[str, ...] = (*個別の事実, みなし課税, *資料の事実)
根拠の例 = {
    "生活扶助を受けている": "地方税法第295条第1項第1号",
    "家屋敷等のみを有する": "地方税法第294条第1項第2号",
    "市町村民税の減免額": "地方税法第323条・市町村税条例",
    "道府県民税の減免額": "地方税法第45条",
    "森林環境税の免除額": "森林環境税法第8条",
    みなし課税: "地方税法第294条第3項",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class 定め:
    """一つの事項。値 が None なら、今の定めを外す。"""

    事実名: str
    値: int | None
    根拠: str
    理由: str


def 定める(宛名番号: str, 年度: int, 定: 定め, *, 基の版: str, 職員: str, clock: Clock) -> 個別事項:
    """一行足す。知らない事実名は KJ-3130、外すものがなければ KJ-3131、見ている間に変わっていれば KJ-3104。"""
    if 定.事実名 not in 定められる事実:
        raise 業務エラー(
            "KJ-3130", f"「{定.事実名}」は定められません。", "一覧から選び直してください。", 項目="事実名"
        )
    with transaction.atomic():
        lock("kojin/person", [宛名番号])
        book = dossier.開く(宛名番号, 年度)
        if book.版 != 基の版:
            raise 業務エラー(
                "KJ-3104",
                "画面を開いた後に、この人の賦課か資料が変わりました。",
                "開き直し、今の値を見て、もう一度確かめてから記録してください。",
            )
        今 = book.効いている個別.get(定.事実名)
        if 定.値 == (今.値 if 今 else None):
            raise 業務エラー(
                "KJ-3131",
                f"「{定.事実名}」は、今の定めと同じです。",
                "値を確かめてください。空にすると、今の定めを外します。",
                項目="値",
            )
        row = 個別事項.objects.create(
            課税年度=年度, 宛名番号=宛名番号, 番=len(book.個別) + 1, 事実名=定.事実名, 値=定.値, 根拠=定.根拠, 理由=定.理由,
            処理日時=clock.now(), 入力者=職員,
        )  # fmt: skip
        audit.record(
            act="個別の事項", subjects=[宛名番号], gyomu="kojin",
            detail={"year": 年度, "number": row.番, "name": 定.事実名},
        )  # fmt: skip
    return row
