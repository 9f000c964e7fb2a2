"""印鑑に表されている文字を、住民票の名と照らす。

登録できるのは、氏名・氏・名・旧氏・通称、又は氏名・旧氏・通称の一部を組み合わせたもの（外国人は氏名のカタカナ表記も）だけで、
職業・資格など他の事項を表したものは登録できない。字体は異体字をそろえて比べ、「印」「之印」の類は除いて見る。
"""

from __future__ import annotations

from collections.abc import Iterator

from tsugaru.gyomu.inkan.domain.codes import 文字区分
from tsugaru.gyomu.inkan.domain.residents import 住民票
from tsugaru.kernel import moji
from tsugaru.kernel.errors import 業務エラー

添え字 = ("之印章", "の印章", "之印", "の印", "之章", "印章", "印", "章")
根拠 = "印鑑条例（印鑑登録証明事務処理要領）。"


def 文字を照らす(文字: str, 人: 住民票, カタカナ表記: str = "") -> 文字区分:
    """どの名から成る文字か。どれでもなければ IN-0111。"""
    for 鍵 in _鍵の候補(文字):
        区分 = _そのまま(鍵, 人, カタカナ表記) or _一部(鍵, 人)
        if 区分:
            return 区分
    名の列 = "、".join(名 for 名 in (人.氏名, 人.旧氏, 人.通称, 人.氏名漢字, カタカナ表記) if 名)
    raise 業務エラー(
        "IN-0111",
        f"印鑑の文字「{文字}」は、住民票の氏名・旧氏・通称（{名の列}）から成っていません。",
        "読み誤りでなければ、この印鑑は登録できません。別の印鑑を持参してもらってください。",
        項目="印鑑文字",
        根拠=根拠,
    )


def 文字が合う(文字: str, 人: 住民票, カタカナ表記: str = "") -> bool:
    """今の名で登録できる文字か（氏名の異動の後に確かめる）。"""
    try:
        文字を照らす(文字, 人, カタカナ表記)
    except 業務エラー:
        return False
    return True


def _鍵の候補(文字: str) -> Iterator[str]:
    """打たれたままと、添え字を除いたもの。「印」は氏（印南など）のこともあるので、そのままを先に見る。"""
    鍵 = moji.検索漢字(文字)
    yield 鍵
    for 添え in 添え字:
        尾 = moji.検索漢字(添え)
        if 鍵.endswith(尾) and 鍵 != 尾:
            yield 鍵.removesuffix(尾)


def _そのまま(鍵: str, 人: 住民票, カタカナ表記: str) -> 文字区分 | None:
    名 = {
        文字区分.氏名: (人.氏名, 人.氏名漢字, 人.氏名ローマ字),
        文字区分.氏: (人.氏,),
        文字区分.名: (人.名,),
        文字区分.旧氏: (人.旧氏, f"{人.旧氏}{人.名}" if 人.旧氏 else ""),
        文字区分.通称: (人.通称,),
        文字区分.カタカナ表記: (カタカナ表記,),
    }
    for 区分, 列 in 名.items():
        if any(one and moji.検索漢字(one) == 鍵 for one in 列):
            return 区分
    return None


def _一部(鍵: str, 人: 住民票) -> 文字区分 | None:
    """名の字を順に拾って作れるか（工藤太郎 → 工太）。"""
    元 = (人.氏名, f"{人.旧氏}{人.名}" if 人.旧氏 else "", 人.通称, 人.氏名漢字, 人.氏名ローマ字)
    if 鍵 and any(_順に含む(moji.検索漢字(one), 鍵) for one in 元 if one):
        return 文字区分.一部の組合せ
    return None


def _順に含む(全体: str, 部分: str) -> bool:
    残り = iter(全体)
    return all(字 in 残り for 字 in 部分)
