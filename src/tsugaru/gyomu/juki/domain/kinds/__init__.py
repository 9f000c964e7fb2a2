"""異動の種類の表。画面はこの表から目次と入力欄を作り、届出（cases）はこの表で値を確かめる。

値の型は fields.py。対象ごとの値は「各人の項目」、届出に一つの値は「項目」である。欄の条件が見る項目（住民種別など）が
その異動の欄に無いときは、その人の今の住民票の値で決まる。
"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.kinds.entries import 記載
from tsugaru.gyomu.juki.domain.kinds.foreigners import 外国人の修正
from tsugaru.gyomu.juki.domain.kinds.households import 世帯の修正
from tsugaru.gyomu.juki.domain.kinds.items import 事項の修正
from tsugaru.gyomu.juki.domain.kinds.numbers import 番号の修正
from tsugaru.gyomu.juki.domain.kinds.removals import 消除
from tsugaru.gyomu.juki.domain.kinds.shape import 対象, 異動の種類, 職権
from tsugaru.kernel.errors import 業務エラー

__all__ = ["一覧", "対象", "異動の種類", "種類を引く", "職権"]

一覧: dict[str, 異動の種類] = {
    k.符号: k for k in (*記載, *消除, *世帯の修正, *事項の修正, *外国人の修正, *番号の修正)
}


def 種類を引く(符号: str) -> 異動の種類:
    """符号から。無ければ 業務エラー。"""
    if 符号 not in 一覧:
        raise 業務エラー(
            "JK-0200", f"異動の種類「{符号[:20]}」はありません。", "目次から選び直してください。"
        )
    return 一覧[符号]
