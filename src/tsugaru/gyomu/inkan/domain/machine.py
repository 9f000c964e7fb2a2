"""手続の状態機械。ここに無い移り方は、ボタンも URL も関数も受け付けない。"""

from __future__ import annotations

from dataclasses import dataclass

from tsugaru.gyomu.inkan.domain.codes import 事由
from tsugaru.gyomu.inkan.models import 印鑑登録, 状態
from tsugaru.kernel.errors import 業務エラー

未登録 = frozenset({None, 状態.廃止, 状態.抹消, 状態.終了})


@dataclass(frozen=True, slots=True)
class 移り方:
    """元の状態と、移った後の状態（None は元のまま）。登録証 は「要る」「無いとき」だけに限るとき真偽を入れる。"""

    元: frozenset[状態 | None]
    後: 状態 | None
    登録証: bool | None = None


表: dict[事由, 移り方] = {
    事由.即日登録: 移り方(未登録, 状態.登録),
    事由.照会書発行: 移り方(未登録, 状態.照会中),
    事由.回答による登録: 移り方(frozenset({状態.照会中}), 状態.登録),
    事由.照会の取下げ: 移り方(frozenset({状態.照会中}), 状態.終了),
    事由.回答期限の経過: 移り方(frozenset({状態.照会中}), 状態.終了),
    事由.登録証の引替: 移り方(frozenset({状態.登録}), 状態.登録),
    事由.登録証の亡失: 移り方(frozenset({状態.登録, 状態.停止}), 状態.停止, 登録証=True),
    事由.登録証の再交付: 移り方(frozenset({状態.停止}), 状態.登録, 登録証=False),
    事由.一時停止: 移り方(frozenset({状態.登録}), 状態.停止),
    事由.停止の解除: 移り方(frozenset({状態.停止}), 状態.登録, 登録証=True),
    事由.廃止: 移り方(frozenset({状態.登録, 状態.停止}), 状態.廃止),
    事由.職権抹消: 移り方(frozenset({状態.照会中, 状態.登録, 状態.停止}), 状態.抹消),
    事由.職権回復: 移り方(frozenset({状態.抹消}), 状態.登録, 登録証=True),
    事由.修正: 移り方(frozenset({状態.照会中, 状態.登録, 状態.停止}), None),
}


def できる(今: 印鑑登録 | None, 手続: 事由) -> bool:
    """今の登録から、その手続に移れるか。"""
    道 = 表[手続]
    if (状態(今.状態) if 今 else None) not in 道.元:
        return False
    return 道.登録証 is None or 今 is None or bool(今.登録証番号) == 道.登録証


def できる手続(今: 印鑑登録 | None) -> list[事由]:
    """今の登録から移れる手続（画面のボタンになる）。"""
    return [手続 for 手続 in 事由 if できる(今, 手続)]


def 確かめる(今: 印鑑登録 | None, 手続: 事由) -> None:
    """移れなければ IN-0301。"""
    if not できる(今, 手続):
        呼び名 = 状態(今.状態).label if 今 else "未登録"
        raise 業務エラー(
            "IN-0301",
            f"今の状態（{呼び名}）では「{手続.表示}」はできません。",
            "開き直して、今の状態を確かめてください。",
        )


def 後の状態(今: 印鑑登録 | None, 手続: 事由) -> 状態:
    """移った後の状態。"""
    後 = 表[手続].後
    if 後 is not None:
        return 後
    assert 今 is not None
    return 状態(今.状態)
