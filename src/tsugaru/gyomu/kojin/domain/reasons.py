"""この税額の理由（帳票）: 計算の跡を章に分け、読む順の文にする。章の分け方は、結びの額に至るまでに読まれる値による。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tsugaru.gyomu.kojin.domain import instalments, steps, units, usage
from tsugaru.gyomu.kojin.domain.explaining import 説明
from tsugaru.gyomu.kojin.domain.results import 結果の列
from tsugaru.gyomu.kojin.models import 課税資料, 賦課
from tsugaru.gyomu.kojin.notices.reasons.notice import 使った事実, 理由の章, 理由の行, 税額の理由
from tsugaru.kernel.nendo import 前年
from tsugaru.kernel.wareki import 和暦の年, 和暦表示, 年度の和暦表示
from tsugaru.kernel.yen import 金額表示
from tsugaru.law.engine.explain import 跡
from tsugaru.law.kojin.public import 個人住民税

章たち: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("所得", "合計所得金額", ("合計所得金額", "総所得金額", "総所得金額等")),
    ("所得控除", "所得控除の合計額", ("所得控除の合計額",)),
    ("課税標準", "課税総所得金額", ("合計課税所得金額", "分離課税の課税標準の合計額")),
    ("税額", "市町村民税の算出所得割額", ("市町村民税の算出所得割額", "道府県民税の算出所得割額")),
    ("税額控除と年税額", "年税額", ("年税額",)),
)
"""（章, 結びの額, 章の終わりの額）。前の章で述べた値は繰り返さない。"""
期割の終わり = {
    "普徴": tuple(f"普通徴収第{n}期の税額" for n in range(1, 5)),
    "給与": ("給与特別徴収6月の税額", "給与特別徴収7月の税額", "給与特別徴収8月以後の税額"),
    "年金": ("年金仮徴収の税額", "年金本徴収10月の税額", "年金本徴収12月以後の税額"),
}
長さ, 名の長さ = 300, 40
前書き = (
    "{年}中の所得などの事実から、どの法律のどの条文で、どう計算してこの税額になったかを、順に述べたものです。"
    "灰色の小さな字は、根拠の条文、端数の処理、もとの資料です。"
)


def 理由を作る(
    説: 説明,
    *,
    氏名: str,
    通知書番号: str,
    資料: Sequence[課税資料],
    個別: frozenset[str],
    日: date,
    担当: str,
    電話番号: str,
) -> 税額の理由:
    """帳票のデータ。住所は載せない。"""
    row = 説.行
    出所 = {名: usage.載っている所(名, row, 資料, 個別) for 名, 値 in row.事実.items() if 値}
    return 税額の理由(
        年度=年度の和暦表示(row.課税年度),
        氏名=氏名,
        通知書番号=通知書番号,
        作成日表示=和暦表示(日),
        結論の名=f"{年度の和暦表示(row.課税年度)}の年税額",
        結論の額=row.年税額,
        前書き=前書き.format(年=和暦の年(date(前年(row.課税年度), 12, 31))),
        章=tuple(_章(説, 出所)),
        事実=tuple(
            使った事実(事実名=名[:名の長さ], 事実の値=units.文字(名, row.事実[名]), 資料名=出所[名][:100])
            for 名 in row.事実
            if 名 in 出所
        ),
        規則の版=f"地方税法ほか {年度の和暦表示(row.課税年度)}の規則と定め（決定 {和暦表示(row.決定日)}・第{row.番}番）",
        担当=担当,
        電話番号=電話番号,
    )


def _章(説: 説明, 出所: dict[str, str]) -> Iterator[理由の章]:
    済み: set[str] = set()
    for 題, 結び, 終わり in 章たち:
        rows = _行たち(説, 終わり, 済み, 出所)
        yield 理由の章(名=題, 結び=f"{結び} {units.文字(結び, 説.件.値(結び))}", 行=tuple(rows))
    終わり = _期割の終わり(説.行)
    if 終わり:
        yield 理由の章(名="期割", 結び=_期割の結び(説), 行=tuple(_行たち(説, 終わり, 済み, 出所)))


def _期割の終わり(row: 賦課) -> tuple[str, ...]:
    """当初は方法ごとの額。年度の途中で改めた賦課は、残した途中の結果。"""
    途中 = tuple(名 for 名 in row.結果 if 名 not in 結果の列)
    return 途中 or tuple(名 for 方法 in row.期別 for 名 in 期割の終わり.get(方法.partition(":")[0], ()))


def _期割の結び(説: 説明) -> str:
    回数 = len(list(instalments.並べる(説.行.期別)))
    return f"{回数}回で {金額表示(説.行.年税額)}円"


def _行たち(説: 説明, 終わり: tuple[str, ...], 済み: set[str], 出所: dict[str, str]) -> Iterator[理由の行]:
    """計算の順に、まだ述べていない一歩。何も引かず足さない途中の一歩は飛ばし、0 円・非該当は主な結果だけを名で残す。"""
    知る = [名 for 名 in 終わり if 説.知る(名)]
    節たち = 説.索引(*知る)
    for 一歩 in 説.件.図.順:
        名 = 一歩.名
        if 名 not in 節たち or 名 in 済み or 名 in 説.件.与えた or 一歩.単位 != 個人住民税.単位[0]:
            continue
        済み.add(名)
        主な, 節 = _主な(名), 節たち[名]
        if (節.値 or 節.値 is None) and _素通り(節) is None:
            yield _行(節, 0 if 主な else 1, 出所)
        elif 主な:
            yield _零の行(節)


def _主な(名: str) -> bool:
    return 名 in 個人住民税.結果 or any(名 in 終わり for _, _, 終わり in 章たち)


def _素通り(節: 跡) -> 跡 | None:
    """ただ一つの 0 でない入力と同じ額の途中の一歩なら、その入力。"""
    if _主な(節.名) or 節.由来 != "規則" or 節.定め or 節.端数:
        return None
    読んだ = [one for one in 節.入力 if one.値 or one.値 is None]
    同じ = len(読んだ) == 1 and 読んだ[0].値 == 節.値 and units.単位(読んだ[0].名) == units.単位(節.名)
    return 読んだ[0] if 同じ else None


def _もとの節(節: 跡) -> 跡:
    """素通りの一歩を飛ばして、述べてある一歩まで戻る。"""
    while (前 := _素通り(節)) is not None:
        節 = 前
    return 節


def _行(節: 跡, 深さ: int, 出所: dict[str, str]) -> 理由の行:
    読んだ = [_もとの節(one) for one in 節.入力 if one.値 or one.値 is None]
    入力 = "、".join(f"{one.名} {steps.値の文字(one)}" for one in 読んだ)
    もと = "、".join(dict.fromkeys(出所[one.名] for one in 読んだ if 出所.get(one.名)))
    式 = f"{節.説明.splitlines()[0] if 節.説明 else ''}{f'（{入力}）' if 入力 else ''}"
    return 理由の行(
        深さ=深さ, 名=節.名[:名の長さ], 値=steps.値の文字(節), 式=_収める(式, 長さ), 根拠=_収める(節.根拠, 長さ),
        端数=_収める(節.端数, 100), 出所=_収める(もと, 100), 零=False,
    )  # fmt: skip


def _零の行(節: 跡) -> 理由の行:
    return 理由の行(
        深さ=0,
        名=節.名[:名の長さ],
        値=steps.値の文字(節),
        式="",
        根拠="",
        端数="",
        出所="",
        零=True,
    )


def _収める(文: str, 字数: int) -> str:
    """欄の上限に収める。切ったことは「…」で分かる（全ては画面の木にある）。"""
    return 文 if len(文) <= 字数 else f"{文[: 字数 - 1]}…"
