"""住民異動届受理通知（住民基本台帳法第27条、事務処理要領）。届に来た人を本人と確かめられなかったときに、本人へ知らせる。

送り先は異動の前の住所で、前の無い人（転入・出生など）だけ今の住所である。新しい住所は文面に載せない。
保護された人と居所を同じくする人へは、ここからは作らない（送り先を申出者に確かめる）。

まだ無いもの: 送付の記録と返戻（宛名の業務の返戻に結ぶ）。
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from tsugaru.gyomu.juki.domain.kinds import 一覧
from tsugaru.gyomu.juki.models import 住民履歴, 届出
from tsugaru.gyomu.juki.notices.receipt.notice import FORM, 住民異動届受理通知
from tsugaru.kernel.clock import JAPAN
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.documents.certifier import 認証者を選ぶ
from tsugaru.platform.documents.parts import 差出人事項, 窓あき宛名
from tsugaru.platform.documents.render import render
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy.directory import Municipality

GYOMU = "juki"
本文 = "次のとおり住民異動の届出を受理しましたので、お知らせします。"
案内文 = "この届出に心当たりのない方は、この通知書をお持ちのうえ、すぐに上記の担当へお申し出ください。"


def 受理通知を作る(case: 届出, *, seat: Seat, municipality: Municipality) -> bytes:
    """本登録した届出の受理通知。"""
    rows = list(住民履歴.objects.filter(届出番号=case.pk).order_by("宛名番号", "履歴番号"))
    if case.本登録日時 is None or not rows:
        raise 業務エラー("JK-0720", "本登録していない届出です。", "決裁の後に作ってください。")
    day = case.本登録日時.astimezone(JAPAN).date()
    first = rows[0]
    data = 住民異動届受理通知(
        宛名=_宛名(first, seat),
        差出人=差出人事項(
            文書番号=f"第{case.受付番号}号",
            発行年月日=day,
            発行日表示=和暦表示(day),
            認証者=認証者を選ぶ(municipality, day),
            担当=f"{municipality.name}　{municipality.facts['住民記録の所属']}",
            所在地="",
            電話番号="",
        ),
        届出年月日=和暦表示(case.届出日),
        異動の種類=f"{一覧[case.種類].名称}届",
        異動年月日=和暦表示(case.異動日),
        異動した人=tuple(dict.fromkeys(r.氏名 for r in rows)),
        届出人=case.届出人,
        本文=本文,
        案内文=案内文,
    )
    request_id = uuid5(NAMESPACE_URL, f"juki:receipt:{municipality.code}:{case.受付番号}")
    audit.record(
        act="受理通知の作成",
        subjects=sorted({r.宛名番号 for r in rows}),
        gyomu=GYOMU,
        detail={"受付番号": case.受付番号},
    )
    return render(FORM, data, request_id=request_id, issued_on=day).pdf


def _宛名(row: 住民履歴, seat: Seat) -> 窓あき宛名:
    before = 住民履歴.objects.filter(宛名番号=row.宛名番号, 履歴番号=row.履歴番号 - 1).first()
    number = (before or row).住所番号
    places = disclosure.reveal_addresses(seat, gyomu=GYOMU, subjects=[row.宛名番号], kinds=["住所"])
    found = places.get(number) if number else None
    if found is None or found.masked:
        raise 業務エラー(
            "JK-0721",
            f"{row.氏名}の送り先を出せません。",
            "支援措置の対象者と居所を同じくする人には、担当係が申出者に確かめた所へ送ってください。",
        )
    place = found.address
    return 窓あき宛名(
        郵便番号=f"{place.postcode[:3]}-{place.postcode[3:]}" if place.postcode else "",
        住所=f"{place.prefecture}{place.city}{place.town}{place.lot}",
        方書=place.building,
        氏名=row.氏名,
        敬称="様",
    )
