"""住登外者と法人の歴に足す。足すのは一人ずつ、錠をかけ、前の行を読んでから。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from tsugaru.gyomu.atena.domain import checks
from tsugaru.gyomu.atena.models import 住登外, 法人
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock

行 = TypeVar("行", 住登外, 法人)

登録, 変更 = "登録", "変更"
廃止の事由 = {
    "廃止": "業務との関わりが終わった",
    "死亡": "死亡・解散",
    "誤登録": "誤って登録した",
}
住民となった, 転出後継続, 再開 = "住民となった", "転出後継続", "再開"


@dataclass(frozen=True, slots=True, kw_only=True)
class 手続:
    """いつの異動を、誰が、いつ入れるか。"""

    異動日: date
    入力者: str
    clock: Clock
    備考: str = ""

    def 確かめる(self) -> None:
        """異動日は今日まで。"""
        checks.過去の日(self.異動日, self.clock.today(), 項目="異動日")
        checks.文章(self.備考, 項目="備考")


def 最新(model: type[行], 宛名番号: str) -> 行 | None:
    """一番新しい行。読んでから書く間、ほかの人は書けない。"""
    lock("subject", [宛名番号])
    return model.objects.filter(宛名番号=宛名番号).order_by("-履歴番号").first()


def 生きている行(model: type[行], 宛名番号: str) -> 行:
    """変えてよい行。無いか廃止済みなら断る。"""
    row = 最新(model, 宛名番号)
    if row is None or row.廃止:
        what = "は廃止されています" if row else f"は{model._meta.verbose_name}として登録されていません"
        raise 業務エラー("AT-0201", f"宛名番号 {宛名番号} {what}。", "宛名の頁で今の区分を確かめてください。")
    return row


def 廃止された行(model: type[行], 宛名番号: str) -> 行:
    """再び使ってよい行。住民になったので閉じた人は、住民記録から住登外になる。"""
    row = 最新(model, 宛名番号)
    if row is None or not row.廃止 or row.異動事由 == 住民となった:
        raise 業務エラー(
            "AT-0217",
            f"宛名番号 {宛名番号} は廃止された{model._meta.verbose_name}ではありません。",
            "宛名の頁で今の区分を確かめてください。",
        )
    return row


def 足す(model: type[行], 宛名番号: str, values: dict[str, Any], 異動事由: str, 手続: 手続) -> 行:
    """次の履歴番号の行。監査に残す。"""
    手続.確かめる()
    before = 最新(model, 宛名番号)
    row = model.objects.create(
        **values,
        宛名番号=宛名番号,
        履歴番号=before.履歴番号 + 1 if before else 1,
        異動事由=異動事由,
        異動日=手続.異動日,
        処理日時=手続.clock.now(),
        入力者=手続.入力者,
        備考=手続.備考,
    )
    audit.record(
        act=f"{model._meta.verbose_name}の{異動事由}",
        subjects=[宛名番号],
        gyomu="atena",
        detail={"履歴番号": row.履歴番号},
    )
    return row
