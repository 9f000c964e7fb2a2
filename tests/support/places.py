"""試験のためだけの団体。実在しない都道府県番号（99）を使い、試験の並列の数だけ作る。"""

from __future__ import annotations

from pathlib import Path

FACTS = """\
団体コード: "{code}"
名称: {name}
住所表記: {name}
host: {host}
都道府県: 試験県
長の職名: 市長
認証者:
  - {{職名: 市長, 氏名: 試験　太郎, 始期: 2000-04-01, 見本: true}}
公印: 見本
交付場所: [本庁]
所属: [市民課, 市民課（支援措置）, 税務課, 情報システム課, 監査委員事務局]
住民記録の所属: 市民課
年末年始の休日: {{日: ["12-29", "12-30", "12-31", "01-01", "01-02", "01-03"], 見本: true}}
手数料:
  住民票の写し: {{額: 300, 見本: true}}
  住民票記載事項証明書: {{額: 300, 見本: true}}
  転出証明書: {{額: 0, 見本: true}}
  印鑑登録証明書: {{額: 300, 見本: true}}
  印鑑登録証の再交付: {{額: 300, 見本: true}}
  所得証明書: {{額: 300, 見本: true}}
  課税証明書: {{額: 300, 見本: true}}
印鑑登録:
  印影の下限ミリ: {{値: 8, 見本: true}}
  印影の上限ミリ: {{値: 25, 見本: true}}
  照会書の回答期限日数: {{値: 30, 見本: true}}
  登録できる年齢: {{値: 15, 見本: true}}
個人住民税の通知:
  税条例: {{名: {name}の税条例, 見本: true}}
  納期: {{月: [6, 8, 10, 1], 見本: true}}
  納め方: {{文: 同封の納付書で納めてください。, 見本: true}}
問合せ先:
  税務課: {{所在地: {name}役所, 電話番号: 0000-00-0000, 見本: true}}
"""

ROLES = [
    ("市民課", "juki atena", "検索 照会", "基本 住所 続柄 本籍 住民票コード 在留 連絡先 個人番号"),
    ("市民課", "juki atena", "異動入力 決裁 発行", "基本 住所 続柄 本籍 住民票コード 在留 個人番号"),
    ("市民課", "inkan", "検索 照会 異動入力 決裁 発行", "基本 住所"),
    ("市民課", "audit", "照会", "閲覧記録"),
    (
        "市民課（支援措置）",
        "juki atena",
        "検索 照会 異動入力 決裁 発行",
        "基本 住所 続柄 本籍 住民票コード 在留 連絡先 支援措置",
    ),
    ("市民課（支援措置）", "inkan", "検索 照会 発行", "基本 住所 支援措置"),
    ("税務課", "juki", "検索 照会", "基本 住所 続柄"),
    ("税務課", "atena", "検索 照会 異動入力 決裁", "基本 住所 連絡先"),
    ("税務課", "kojin", "検索 照会 異動入力 決裁 発行 一括", "基本 住所 税額 個人番号"),
    ("情報システム課", "shell", "照会 設定", "基本"),
    ("監査委員事務局", "audit", "照会", "閲覧記録"),
]

BYLAWS = """\
級地の定め: {根拠: 試験, 軸: 課税年度, 値: [{適用: 2014, 項目: {級地: 3}}]}
所得割の税率の定め:
  根拠: 試験
  軸: 課税年度
  値: [{適用: 2014, 項目: {市町村民税: 6/100, 道府県民税: 4/100}}]
均等割の定め:
  根拠: 試験
  軸: 課税年度
  値: [{適用: 2014, 項目: {市町村民税: 3500, 道府県民税: 1500}}, {適用: 2024, 項目: {市町村民税: 3000, 道府県民税: 1000}}]
普通徴収の定め:
  根拠: 試験
  軸: 課税年度
  値: [{適用: 2014, 項目: {納期の数: 4, 端数の単位: 1000, 均等割のみは一括: false}}]
"""


def code(index: int) -> str:
    """検査数字つきの、実在しない団体コード。"""
    body = f"99{index:03d}"
    total = sum(int(d) * w for d, w in zip(body, (6, 5, 4, 3, 2), strict=True))
    return f"{body}{(11 - total % 11) % 10}"


def write(folder: Path, index: int, *, unused: frozenset[str] = frozenset()) -> Path:
    """団体のデータの置き場を書く。unused の業務は使わない。"""
    place = folder / code(index)
    place.mkdir(parents=True, exist_ok=True)
    facts = FACTS.format(code=code(index), name=f"試験{index}市", host=f"shiken{index}")
    (place / "municipality.yaml").write_text(facts, "utf-8")
    lines = ["所属,業務,操作,項目区分"]
    for section, gyomu, operations, classes in ROLES:
        lines += [
            f"{section},{g},{o},{c}"
            for g in gyomu.split()
            for o in operations.split()
            for c in classes.split()
        ]
    (place / "roles.csv").write_text("\n".join(lines) + "\n", "utf-8")
    rows = ["番号,枝番,業務,区分,package,利用"]
    for number, name, package in (
        (1, "住民記録", "juki"),
        (2, "印鑑登録", "inkan"),
        (10, "個人住民税", "kojin"),
        (15, "住登外管理", "atena"),
    ):
        rows.append(f"{number},,{name},,{package},{'-' if package in unused else '○'}")
    (place / "parameters").mkdir(exist_ok=True)
    (place / "parameters" / "kojin.yaml").write_text(BYLAWS, "utf-8")
    (place / "gyomu.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return place
