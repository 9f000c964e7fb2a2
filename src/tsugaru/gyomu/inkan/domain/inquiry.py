"""照会書兼回答書。申請が本人の意思によることを、住民票の住所へ郵便で確かめる。"""

from __future__ import annotations

from uuid import UUID

from tsugaru.gyomu.inkan.domain.address import 刷る住所
from tsugaru.gyomu.inkan.domain.certificate import 生年月日の表記
from tsugaru.gyomu.inkan.domain.residents import 住民を読む
from tsugaru.gyomu.inkan.models import 印鑑履歴
from tsugaru.gyomu.inkan.notices.seal_inquiry.notice import FORM, 印鑑登録照会書兼回答書
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.documents import store
from tsugaru.platform.documents.certifier import 認証者を選ぶ
from tsugaru.platform.documents.parts import 差出人事項, 窓あき宛名
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy.directory import Municipality

照会文 = "あなたから印鑑登録の申請がありましたが、これがあなたの意思によるものかどうかを照会します。"
案内文 = (
    "相違ないときは、下の回答書にご本人が署名し、登録する印鑑を押して、回答期限までに、登録する印鑑と"
    "本人確認書類とともに窓口へお持ちください。期限までに回答がないときは、申請がなかったものとして扱います。"
    "心当たりがないときは、至急、下の担当までご連絡ください。"
)
回答文 = "照会のあった印鑑登録の申請は、私の意思に基づくものに相違ありません。"
選任文 = (
    "ご本人が来られないとき：私は、次の者を代理人と定め、この回答書の提出と印鑑登録証の受領を委任します。"
)


def 照会書を作る(row: 印鑑履歴, *, 団体: Municipality, seat: Seat, clock: Clock) -> UUID:
    """照会中の行から照会書を作る。文書の請求番号は行が持つ 照会文書 である。枠に入りきらなければ IN-0206。"""
    assert row.回答期限 is not None and row.照会文書 is not None
    人 = 住民を読む(row.宛名番号)
    住所 = 刷る住所(人, seat)
    番号 = f"{row.pk:05d}"
    data = 印鑑登録照会書兼回答書(
        宛名=窓あき宛名(
            郵便番号=_郵便番号(住所.postcode),
            住所=f"{住所.prefecture}{住所.city}{住所.town}{住所.lot}",
            方書=住所.building,
            氏名=人.氏名,
            敬称="様",
        ),
        差出人=_差出人(row, 番号, 団体, seat, clock),
        申請者氏名=人.氏名,
        申請者生年月日=生年月日の表記(人),
        申請者住所=住所.text(),
        申請年月日=和暦表示(row.申請日),
        申請番号=番号,
        回答期限=和暦表示(row.回答期限),
        回答先=f"{団体.name}長",
        照会文=照会文,
        案内文=案内文,
        回答文=回答文,
        選任文=選任文,
    )
    _, made = store.make(
        FORM,
        data,
        request_id=row.照会文書,
        gyomu="inkan",
        subjects=[row.宛名番号],
        issued_on=clock.today(),
        issue_number=番号,
        seat=seat,
        clock=clock,
    )
    if made.warnings:
        raise 業務エラー(
            "IN-0206",
            "照会書の枠に入りきらない項目があります（"
            + "、".join(str(one) for one in made.warnings)
            + "）。",
            "住所・方書の表記を確かめ、住民記録を直してからやり直してください。",
        )
    return row.照会文書


def _郵便番号(数字: str) -> str:
    """0368551 → 036-8551。7桁の数字でなければ、台帳のまま。"""
    return f"{数字[:3]}-{数字[3:]}" if len(数字) == 7 and 数字.isdigit() else 数字


def _差出人(row: 印鑑履歴, 番号: str, 団体: Municipality, seat: Seat, clock: Clock) -> 差出人事項:
    return 差出人事項(
        文書番号=f"第{番号}号",
        発行年月日=clock.today(),
        発行日表示=和暦表示(clock.today()),
        認証者=認証者を選ぶ(団体, clock.today()),
        担当=f"{団体.name}　{seat.staff.section}",
        所在地=団体.facts.get("所在地", ""),
        電話番号=団体.facts.get("電話番号", ""),
    )
