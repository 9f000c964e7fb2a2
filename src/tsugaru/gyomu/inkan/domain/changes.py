"""一時停止と解除、廃止、職権の抹消と回復、照会の終わり、修正。"""

from __future__ import annotations

from datetime import date

from tsugaru.gyomu.inkan.domain import machine
from tsugaru.gyomu.inkan.domain.bylaw import 条例の定め
from tsugaru.gyomu.inkan.domain.codes import 事由, 抹消事由, 申請の事由, 職権の事由
from tsugaru.gyomu.inkan.domain.eligibility import 登録を受けられる
from tsugaru.gyomu.inkan.domain.lettering import 文字を照らす
from tsugaru.gyomu.inkan.domain.register import 今の登録, 入力, 書く
from tsugaru.gyomu.inkan.domain.residents import 住民を読む
from tsugaru.gyomu.inkan.models import 印鑑履歴
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー


def 切り替える(
    宛名番号: str, 手続: 事由, *, 備考: str, 基の履歴番号: int | None, 入力: 入力, clock: Clock
) -> 印鑑履歴:
    """事由のほかに値の要らない手続（一時停止・停止の解除・照会の取下げ・回答期限の経過）。"""
    return 書く(
        宛名番号,
        手続,
        基の履歴番号=基の履歴番号,
        事由発生日=clock.today(),
        入力=入力,
        clock=clock,
        備考=備考,
    )


def 廃止する(
    宛名番号: str, *, わけ: 抹消事由, 備考: str, 基の履歴番号: int, 入力: 入力, clock: Clock
) -> 印鑑履歴:
    """登録者の申請による廃止（印鑑や登録証の亡失、改印を含む）。"""
    if わけ not in 申請の事由:
        raise _わけが違う(わけ, "申請による廃止")
    return _終える(宛名番号, 事由.廃止, わけ, clock.today(), 備考, 基の履歴番号, 入力, clock)


def 抹消する(
    宛名番号: str,
    *,
    わけ: 抹消事由,
    日: date,
    備考: str,
    基の履歴番号: int | None,
    入力: 入力,
    clock: Clock,
) -> 印鑑履歴:
    """職権の抹消。日はその事実の日（転出・死亡の日など）。"""
    if わけ not in 職権の事由:
        raise _わけが違う(わけ, "職権の抹消")
    return _終える(宛名番号, 事由.職権抹消, わけ, 日, 備考, 基の履歴番号, 入力, clock)


def _わけが違う(わけ: 抹消事由, 手続: str) -> 業務エラー:
    return 業務エラー(
        "IN-0303", f"{手続}の事由に「{わけ.name}」は選べません。", "事由を選び直してください。", 項目="わけ"
    )


def _終える(
    宛名番号: str,
    手続: 事由,
    わけ: 抹消事由,
    日: date,
    備考: str,
    基の履歴番号: int | None,
    入力: 入力,
    clock: Clock,
) -> 印鑑履歴:
    if 日 > clock.today():
        raise 業務エラー(
            "IN-0304",
            "抹消の日が今日より後です。",
            "事実のあった日を入れてください。",
            項目="日",
        )
    return 書く(
        宛名番号,
        手続,
        基の履歴番号=基の履歴番号,
        事由発生日=日,
        入力=入力,
        clock=clock,
        抹消日=日,
        抹消事由=わけ.value,
        備考=備考,
    )


def 回復する(
    宛名番号: str, *, 備考: str, 基の履歴番号: int, 定め: 条例の定め, 入力: 入力, clock: Clock
) -> 印鑑履歴:
    """転出の取消しなどで、職権の抹消を元に戻す。今の住民票で登録を受けられる人に限る。"""
    今 = 今の登録(宛名番号, 錠=True)
    machine.確かめる(今, 事由.職権回復)
    assert 今 is not None
    人 = 住民を読む(宛名番号)
    登録を受けられる(人, clock.today(), 定め)
    区分 = 文字を照らす(今.印鑑文字, 人, 今.カタカナ表記)
    return 書く(
        宛名番号,
        事由.職権回復,
        基の履歴番号=基の履歴番号,
        事由発生日=clock.today(),
        入力=入力,
        clock=clock,
        抹消日=None,
        抹消事由="",
        文字区分=区分.value,
        備考=備考,
    )


def 修正する(
    宛名番号: str,
    *,
    印鑑文字: str,
    カタカナ表記: str,
    確認書類: str,
    備考: str,
    基の履歴番号: int,
    入力: 入力,
    clock: Clock,
) -> 印鑑履歴:
    """登録事項の書き誤りを直す。印影は直せない（廃止して登録し直す）。"""
    machine.確かめる(今の登録(宛名番号, 錠=True), 事由.修正)
    区分 = 文字を照らす(印鑑文字, 住民を読む(宛名番号), カタカナ表記)
    return 書く(
        宛名番号,
        事由.修正,
        基の履歴番号=基の履歴番号,
        事由発生日=clock.today(),
        入力=入力,
        clock=clock,
        印鑑文字=印鑑文字,
        文字区分=区分.value,
        カタカナ表記=カタカナ表記,
        確認書類=確認書類,
        備考=備考,
    )
