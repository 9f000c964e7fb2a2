"""法人・団体の登録・変更・廃止。"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from django.db import transaction

from tsugaru.gyomu.atena.domain import checks, heading, numbering
from tsugaru.gyomu.atena.domain.history import (
    再開,
    変更,
    廃止された行,
    廃止の事由,
    手続,
    生きている行,
    登録,
    足す,
)
from tsugaru.gyomu.atena.domain.offices import 業務を確かめる
from tsugaru.gyomu.atena.models import 宛名, 宛名区分, 法人
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.api import Address
from tsugaru.platform.tenancy.locks import lock

_組織の名 = re.compile(
    "(?:株式|有限|合同|合資|合名|相互)会社|(?:一般|公益)?(?:社団|財団)法人|(?:医療|社会福祉|学校|宗教)法人"
)
_組織の読み = re.compile("(?:カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ)(?:ガイシャ|カイシャ)")


@dataclass(frozen=True, slots=True, kw_only=True)
class 法人の事項:
    """法人・団体の事項（所在地を除く）。法人番号のない団体は空。"""

    商号: str
    フリガナ: str = ""
    法人番号: str = ""
    代表者: str = ""
    業務: str = ""


def 事項(row: 法人) -> 法人の事項:
    """表の行から。"""
    return 法人の事項(**{name: getattr(row, name) for name in 法人の事項.__dataclass_fields__})


def 登録する(内容: 法人の事項, 所在地: Address | None, *, 手続: 手続, 宛名番号: str | None = None) -> str:
    """新しい法人。返り値は宛名番号。"""
    with transaction.atomic():
        _確かめる(内容, "")
        number = numbering.既存の番号を確かめる(宛名番号) if 宛名番号 else numbering.宛名番号を採る()
        place = disclosure.put_address(number, "住所", checks.住所(所在地)) if 所在地 else None
        足す(法人, number, asdict(内容) | {"所在地番号": place}, 登録, 手続)
        _見出しを直す(number, 内容)
    return number


def 変更する(宛名番号: str, 内容: 法人の事項, 所在地: Address | None, *, 手続: 手続) -> 法人:
    """変わった後の全部の事項で一行足す。所在地が None なら前のまま。"""
    with transaction.atomic():
        _確かめる(内容, 宛名番号)
        before = 生きている行(法人, 宛名番号)
        if 所在地 is None and 事項(before) == 内容:
            raise 業務エラー(
                "AT-0202", "どの項目も変わっていません。", "変える項目を直してから登録してください。"
            )
        place = disclosure.put_address(宛名番号, "住所", checks.住所(所在地)) if 所在地 else before.所在地番号
        row = 足す(法人, 宛名番号, asdict(内容) | {"所在地番号": place}, 変更, 手続)
        _見出しを直す(宛名番号, 内容)
    return row


def 廃止する(宛名番号: str, *, 事由: str, 手続: 手続) -> 法人:
    """解散・撤退など。番号は空けない。"""
    if 事由 not in 廃止の事由:
        raise 業務エラー(
            "AT-0203", f"廃止の事由「{事由[:10]}」は選べません。", "一覧から選んでください。", 項目="事由"
        )
    with transaction.atomic():
        return _開け閉め(生きている行(法人, 宛名番号), 事由, 手続, 廃止=True)


def 再開する(宛名番号: str, *, 手続: 手続) -> 法人:
    """廃止した法人に再び業務が生じた。同じ番号で続ける。"""
    with transaction.atomic():
        return _開け閉め(廃止された行(法人, 宛名番号), 再開, 手続, 廃止=False)


def _開け閉め(before: 法人, 異動事由: str, 手続: 手続, *, 廃止: bool) -> 法人:
    values = asdict(事項(before)) | {"所在地番号": before.所在地番号, "廃止": 廃止}
    row = 足す(法人, before.宛名番号, values, 異動事由, 手続)
    _見出しを直す(before.宛名番号, 事項(before))
    return row


def _確かめる(内容: 法人の事項, 宛名番号: str) -> None:
    checks.文章(checks.理由(内容.商号, 項目="商号", 最大文字数=100), 項目="商号", 最大文字数=100)
    checks.フリガナ(内容.フリガナ)
    checks.文章(内容.代表者, 項目="代表者", 最大文字数=100)
    checks.法人番号(内容.法人番号)
    業務を確かめる(内容.業務)
    if 内容.法人番号:
        lock("corporate-number", [内容.法人番号])
        other = 宛名.objects.filter(法人番号=内容.法人番号).exclude(宛名番号=宛名番号).first()
        if other:
            raise 業務エラー(
                "AT-0206",
                f"法人番号 {内容.法人番号} は宛名番号 {other.宛名番号}（{other.氏名}）に登録されています。",
                "その宛名を開いて使ってください。支店などを分けるときは法人番号を空にし、備考に書いてください。",
                項目="法人番号",
            )


def _見出しを直す(宛名番号: str, 内容: 法人の事項) -> None:
    heading.見出しを直す(
        heading.見出し(
            宛名番号=宛名番号,
            区分=宛名区分.法人,
            氏名=内容.商号,
            フリガナ=内容.フリガナ,
            法人番号=内容.法人番号,
        ),
        [
            heading.名(種別="商号", 表示=shown, かな=kana, 現在=True)
            for shown, kana in _探す名(内容.商号, 内容.フリガナ)
        ],
    )


def _探す名(商号: str, フリガナ: str) -> dict[tuple[str, str], None]:
    """組織の名（株式会社など）を付けても付けなくても頭から当たるように、二通り。"""
    bare = _組織の名.sub("", 商号).strip("\u3000 "), _組織の読み.sub("", フリガナ).strip("\u3000 ")
    return dict.fromkeys([(商号, フリガナ), bare if bare[0] else (商号, フリガナ)])
