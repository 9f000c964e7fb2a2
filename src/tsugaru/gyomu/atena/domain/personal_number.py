"""住登外者の個人番号: 未確認 → 照会中 → 確定（取下げれば未確認に戻る）。

番号は、根拠のある照会に対する回答の四情報が台帳と全て一致したときにだけ登録できる。同姓同名の他市の人の番号を結んだ
事故を、状態と制約で起こせなくする。
根拠: 番号法第14条第2項（機構保存本人確認情報の提供の求め）、第9条第1項。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tsugaru.gyomu.atena.domain import checks
from tsugaru.gyomu.atena.domain.compare import 四情報, 度合, 比べる, 比較
from tsugaru.gyomu.atena.domain.history import 手続, 最新, 生きている行
from tsugaru.gyomu.atena.models import 住登外, 番号確認
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure

個人番号 = "個人番号"
照会先 = {
    "住基ネット": "住民基本台帳ネットワークシステム（地方公共団体情報システム機構）",
    "本人": "本人からの提供（番号法第16条の本人確認）",
    "他団体": "住所地の市区町村",
}
次の状態 = {"未確認": ("照会中",), "照会中": ("確定", "取下げ"), "取下げ": ("照会中",), "確定": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class 照会:
    """何に基づき、どこへ尋ねたか。"""

    根拠: str
    照会先: str
    照会日: date
    文書番号: str = ""


def 今の確認(宛名番号: str) -> 番号確認 | None:
    """最後の段。"""
    return 番号確認.objects.filter(宛名番号=宛名番号).order_by("-履歴番号").first()


def 状態(宛名番号: str) -> str:
    """未確認・照会中・確定。"""
    row = 今の確認(宛名番号)
    return "未確認" if row is None or row.状態 == "取下げ" else row.状態


def 照会を始める(宛名番号: str, 内容: 照会, *, 手続: 手続) -> 番号確認:
    """根拠を記して照会中にする。"""
    checks.理由(内容.根拠, 項目="照会根拠", 最大文字数=100)
    checks.文章(内容.文書番号, 項目="文書番号", 最大文字数=30)
    checks.過去の日(内容.照会日, 手続.clock.today(), 項目="照会日")
    if 内容.照会先 not in 照会先:
        raise 業務エラー(
            "AT-0401",
            f"照会先「{内容.照会先[:10]}」は選べません。",
            "一覧から選んでください。",
            項目="照会先",
        )
    with transaction.atomic():
        生きている行(住登外, 宛名番号)
        row = 番号確認(照会根拠=内容.根拠, 照会先=内容.照会先, 文書番号=内容.文書番号, 照会日=内容.照会日)
        return _進める(宛名番号, "照会中", row, 手続)


def 確定する(宛名番号: str, *, 台帳: 四情報, 回答: 四情報, 番号: str, 回答日: date, 手続: 手続) -> 番号確認:
    """回答の四情報が台帳と全て一致したときだけ、番号を置き場に入れる。"""
    checks.個人番号(番号)
    with transaction.atomic():
        生きている行(住登外, 宛名番号)
        asked = _照会中(宛名番号)
        checks.過去の日(回答日, 手続.clock.today(), 項目="回答日")
        _照会より後か(asked, 回答日)
        compared = 比べる(台帳, 回答)
        _四情報を求める(compared)
        _他人の番号でないか(宛名番号, 番号)
        row = 番号確認(
            照会根拠=asked.照会根拠,
            照会先=asked.照会先,
            文書番号=asked.文書番号,
            照会日=asked.照会日,
            回答日=回答日,
            氏名一致=compared.氏名 is 度合.一致,
            生年月日一致=compared.生年月日 is 度合.一致,
            性別一致=compared.性別 is 度合.一致,
            住所一致=compared.住所 is 度合.一致,
        )
        saved = _進める(宛名番号, "確定", row, 手続)
        disclosure.put_number(宛名番号, 個人番号, 番号, changed_on=回答日)
    return saved


def 取り下げる(宛名番号: str, *, 手続: 手続) -> 番号確認:
    """回答が得られない・人違いだったので、未確認に戻す。"""
    with transaction.atomic():
        最新(住登外, 宛名番号)
        asked = _照会中(宛名番号)
        row = 番号確認(
            照会根拠=asked.照会根拠, 照会先=asked.照会先, 文書番号=asked.文書番号, 照会日=asked.照会日
        )
        return _進める(宛名番号, "取下げ", row, 手続)


def 同じ番号をもつ(番号: str, 宛名番号: set[str]) -> bool:
    """検査数字の合うその番号を、全員が持っているか（番号は見せず、等しいかだけを門に尋ねる）。"""
    checks.個人番号(番号)
    return 宛名番号 <= set(disclosure.find_by_number(個人番号, 番号))


def _照会中(宛名番号: str) -> 番号確認:
    row = 今の確認(宛名番号)
    if row is None or row.状態 != "照会中":
        raise 業務エラー(
            "AT-0402",
            f"個人番号は{状態(宛名番号)}で、照会中ではありません。",
            "先に照会の根拠と照会先を記録してください。",
            根拠="番号法第14条第2項。",
        )
    return row


def _照会より後か(asked: 番号確認, 回答日: date) -> None:
    if 回答日 < asked.照会日:
        raise 業務エラー(
            "AT-0403",
            f"回答日（{回答日.isoformat()}）が照会日（{asked.照会日.isoformat()}）より前です。",
            "回答の書面の日を確かめてください。",
            項目="回答日",
        )


def _四情報を求める(compared: 比較) -> None:
    if not compared.四情報が一致:
        different = "、".join(f"{name}（{getattr(compared, name).value}）" for name in compared.違う項目)
        raise 業務エラー(
            "AT-0404",
            f"回答と台帳の四情報がそろいません: {different}。",
            "別人の番号かもしれません。台帳の誤りなら先に変更を登録し、そうでなければ照会を取り下げてください。",
            根拠="氏名・生年月日・性別・住所の全てが一致しなければ番号を登録しない。",
        )


def _他人の番号でないか(宛名番号: str, 番号: str) -> None:
    others = sorted(set(disclosure.find_by_number(個人番号, 番号)) - {宛名番号})
    if others:
        raise 業務エラー(
            "AT-0405",
            f"この個人番号は宛名番号 {'、'.join(others)} に登録されています。",
            "同じ人なら名寄せの頁で二人を比べてください。違う人なら回答の書面を確かめてください。",
            項目="個人番号",
        )


def _進める(宛名番号: str, 次: str, row: 番号確認, 手続: 手続) -> 番号確認:
    手続.確かめる()
    before = 今の確認(宛名番号)
    now = before.状態 if before else "未確認"
    if 次 not in 次の状態[now]:
        raise 業務エラー(
            "AT-0406",
            f"個人番号は{now}なので、{次}にできません。",
            "この頁を開き直して今の状態を確かめてください。",
        )
    row.宛名番号, row.状態 = 宛名番号, 次
    row.履歴番号 = before.履歴番号 + 1 if before else 1
    row.処理日時, row.入力者 = 手続.clock.now(), 手続.入力者
    row.save(force_insert=True)
    audit.record(act=f"個人番号の{次}", subjects=[宛名番号], gyomu="atena", detail={"履歴番号": row.履歴番号})
    return row
