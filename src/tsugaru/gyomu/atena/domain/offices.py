"""書類を送る業務の短名と名。送付先・関係人・返戻は業務ごとに持つ（空は全ての業務）。"""

from __future__ import annotations

from tsugaru.kernel.errors import 業務エラー

全ての業務 = "全ての業務"
業務の名 = {
    "": 全ての業務,
    "kojin": "個人住民税",
    "kotei": "固定資産税",
    "keiji": "軽自動車税",
    "hojin": "法人住民税",
    "shuno": "収納管理",
    "taino": "滞納管理",
    "kokuho": "国民健康保険",
    "koki": "後期高齢者医療",
    "kaigo": "介護保険",
    "nenkin": "国民年金",
    "jidoteate": "児童手当",
    "jifu": "児童扶養手当",
    "tokuji": "特別児童扶養手当",
    "seiho": "生活保護",
    "nyuyoji": "乳幼児医療",
    "hitorioya": "ひとり親医療",
    "judo": "重度心身障害者医療",
    "shogai": "障害福祉サービス",
    "hoiku": "保育",
    "shugaku": "就学援助",
    "kenko": "健康管理",
    "jutaku": "公営住宅管理",
    "reien": "霊園管理",
}


def 業務を確かめる(業務: str) -> str:
    """知っている短名ならそのまま返す。"""
    if 業務 not in 業務の名:
        raise 業務エラー(
            "AT-0120", f"業務「{業務[:20]}」は選べません。", "一覧から選んでください。", 項目="業務"
        )
    return 業務
