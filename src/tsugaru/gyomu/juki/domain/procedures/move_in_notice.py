"""転入通知の受理。転出先の市区町村からの通知を、予定と並べて確定として記録する（住基法第9条第1項、標準仕様書 4.1.3）。

予定日の前に転入していれば、その日で消除する。
"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.procedures.leave import 消除する
from tsugaru.gyomu.juki.domain.state import 住民票, 記録
from tsugaru.kernel.errors import 業務エラー


def 転入通知を受理する(案件: 案件) -> 判断:
    """異動日 = 転入先で転入した日、届出日 = 通知を受けた日。"""
    return 判断(tuple(_一人(案件, person) for person in 案件.対象(除票も=True)))


def _一人(案件: 案件, その日: 住民票) -> 記録:
    """除票には確定を書き添え（効くのは受けた日から）、まだ住民ならその日で消除する。"""
    now = 案件.歴[その日.宛名番号][-1].状態
    if now.転出予定日 is None:
        raise 業務エラー(
            "JK-0236",
            f"{now.氏名}には転出届がありません。",
            "転入通知の写しを添えて、職権で転出を入れてください。",
            根拠="住民基本台帳法第9条第1項・第24条。",
        )
    if now.在る:
        removed = 消除する(案件, _確定(案件, その日)).変えて(消除事由=異動事由.国内転出.value)
        return 案件.書く(removed, 事由=異動事由.国内転出)
    return 記録(案件.出所を作る(有効日=案件.届出日), _確定(案件, now))


def _確定(案件: 案件, 人: 住民票) -> 住民票:
    return 人.変えて(
        転出日=案件.日,
        転出先確定番号=案件.値(人.宛名番号, "転出先確定", None),
        転入通知日=案件.届出日,
    )
