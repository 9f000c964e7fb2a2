"""所得証明書と課税（非課税）証明書: 課税台帳の行から作り、請求番号と要約で渡す。

賦課のない人には作らない（KJ-4001）。住所は開示の門を通し、支援措置の対象者とその世帯の人の証明は、担当の職員が本人確認を
済ませたときのほか、門が断る（TD-0004・TD-0005）。
まだ無いもの: コンビニ交付への受渡し、世帯の人数分を一度に作ること、手数料の領収書。
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.kojin.domain import explaining, gist, roll
from tsugaru.gyomu.kojin.domain.certified import 写す人, 証明の中身
from tsugaru.gyomu.kojin.domain.explaining import 説明
from tsugaru.gyomu.kojin.models import 証明交付, 賦課
from tsugaru.gyomu.kojin.notices.income_certificate.notice import FORM as 所得証明書
from tsugaru.gyomu.kojin.notices.tax_certificate.notice import FORM as 課税証明書
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.nendo import 賦課期日
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.documents import store
from tsugaru.platform.documents.certifier import 認証者を選ぶ
from tsugaru.platform.documents.form import Form
from tsugaru.platform.documents.parts import 発行事項
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy.directory import Municipality

__all__ = ["手数料", "手数料を読む", "証明する", "証明できる", "請求"]
様式たち: dict[str, Form] = {"課税証明書": 課税証明書, "所得証明書": 所得証明書}
認証文 = "上記のとおり相違ないことを証明する。"


@dataclass(frozen=True, slots=True, kw_only=True)
class 請求:
    """一通の請求。控除 と 該当 は載せるか（所得証明書だけが省ける）。"""

    種類: str
    請求者: str = "本人"
    代理人氏名: str = ""
    使用目的: str = ""
    公用: bool = False
    控除: bool = True
    該当: bool = True
    途切れを承知: bool = False


@dataclass(frozen=True, slots=True)
class 手数料:
    """一通の額（円）。見本 は、条例の値と確かめていないこと。"""

    額: int
    見本: bool


def 手数料を読む(団体: Municipality, 種類: str) -> 手数料:
    """団体のデータから。無ければ KJ-4002。"""
    try:
        書かれた = 団体.facts["手数料"][種類]
        return 手数料(int(書かれた["額"]), bool(書かれた.get("見本")))
    except KeyError:
        raise 業務エラー(
            "KJ-4002",
            f"{種類}の手数料が団体のデータにありません。",
            "municipality.yaml の手数料に条例の額を書いてください。",
        ) from None


def 証明できる(宛名番号: str, 年度: int, *, clock: Clock) -> 賦課:
    """証明する賦課。無ければ KJ-4001、発行が抑止されていれば KJ-4003。"""
    row = roll.今の賦課(年度, 宛名番号)
    if row is None or roll.取消である(row):
        raise 業務エラー(
            "KJ-4001",
            f"{年度}年度の賦課がないので、証明できません（未申告か、まだ計算していないか、取り消されました）。",
            "所得の分からない人を、所得がないとは証明できません。住民税申告を受け、月例更正で賦課してから発行してください。",
            根拠="地方税法第317条の2。",
        )
    抑止 = juki.発行できない理由(宛名番号, clock=clock)
    if 抑止:
        raise 業務エラー(
            "KJ-4003",
            f"証明書の発行が抑止されています（{抑止}）。",
            "住民記録の「抑止・メモ」を確かめ、登録した所属に引き継いでください。",
        )
    return row


def 証明する(
    人: 写す人,
    年度: int,
    請: 請求,
    *,
    基の番: int,
    請求番号: UUID,
    団体: Municipality,
    seat: Seat,
    clock: Clock,
) -> 証明交付:
    """一通作り、交付の歴に残す。見ている間に更正されていれば KJ-4004、枠に入りきらなければ KJ-4005。"""
    日 = clock.today()
    with transaction.atomic():
        row = 証明できる(人.宛名番号, 年度, clock=clock)
        if row.番 != 基の番:
            raise 業務エラー(
                "KJ-4004",
                f"画面を開いた後に更正されました（第{基の番}番→第{row.番}番）。",
                "開き直し、今の税額を確かめてから発行してください。",
            )
        料 = 手数料を読む(団体, 請.種類)
        交付 = 証明交付(
            文書=請求番号, 宛名番号=人.宛名番号, 課税年度=年度, 賦課の番=row.番, 種類=請.種類,
            発行番号=f"{日:%Y%m%d} {団体.name} {seat.staff.number} {請求番号.hex[:10]}", 請求者=請.請求者,
            代理人氏名=請.代理人氏名, 使用目的=請.使用目的, 手数料=0 if 請.公用 else 料.額, 公用=請.公用, 交付日時=clock.now(),
            交付者=seat.staff.number,
        )  # fmt: skip
        _作る(
            人,
            explaining.説明する(row),
            請,
            交付,
            団体=団体,
            seat=seat,
            備考="見本" if 料.見本 else "",
            clock=clock,
        )
        交付.save(force_insert=True)
    return 交付


def _作る(
    人: 写す人,
    説: 説明,
    請: 請求,
    交付: 証明交付,
    *,
    団体: Municipality,
    seat: Seat,
    備考: str,
    clock: Clock,
) -> None:
    日 = clock.today()
    住所, 期日の住所 = _住所(人, 交付.課税年度, seat)
    data = 証明の中身(
        人, 説, 団体=団体, 住所=住所, 期日の住所=期日の住所, 控除=請.控除, 該当=請.該当,
        税額=請.種類 == "課税証明書", 非課税=gist.要点にする(説.行).非課税か, 備考=備考,
        発行=発行事項(
            発行番号=交付.発行番号, 発行年月日=日, 発行日表示=和暦表示(日), 認証文=認証文, 認証者=認証者を選ぶ(団体, 日),
            公用=請.公用,
        ),
    )  # fmt: skip
    _, made = store.make(
        様式たち[請.種類], data, request_id=交付.文書, gyomu="kojin", subjects=[人.宛名番号], issued_on=日,
        issue_number=交付.発行番号, seat=seat, clock=clock,
    )  # fmt: skip
    if made.warnings and not 請.途切れを承知:
        raise 業務エラー(
            "KJ-4005",
            "枠に入りきらない項目があります（" + "、".join(str(one) for one in made.warnings) + "）。",
            "刷れる部分を確かめ、よければ「途切れを承知で作る」に印を付けてください。",
            項目="途切れを承知",
        )


def _住所(人: 写す人, 年度: int, seat: Seat) -> tuple[str, str]:
    """（今の住所, 賦課期日の住所）。門が伏せる人は、担当が本人確認をしたときだけ開く。"""
    伏せる = bool(disclosure.sheltered([人.宛名番号]))
    places = disclosure.reveal_addresses(
        seat, gyomu="kojin", subjects=[人.宛名番号], kinds=["住所"], unmask=伏せる
    )
    期日 = juki.その日の状態(人.宛名番号, 賦課期日(年度))
    番号たち = (人.住所番号, 期日.住所番号 if 期日 and 期日.在る else None)
    found = [places.get(n) if n is not None else None for n in 番号たち]
    if any(one is not None and one.masked for one in found):
        raise 業務エラー(
            "KJ-4006",
            f"宛名番号{人.宛名番号}の住所は支援措置により刷れません。",
            "支援措置の担当へ引き継いでください。",
        )
    今, 前 = ((one.text() if one else "") for one in found)
    return 今, 前
