"""合成の資料: 合成住民の一年の収入と、その年の報告書・申告のファイル（データベースを知らない）。

``reports(people, forms, year, seed)`` は同じ引数なら必ず同じバイト列のファイルと、正解の表を返す。最初の年
（``since``）を言えば、同じ人の年ごとの職と収入がつながる（`careers`）。誰がどこでいくら得たか、誰が誰を扶養するかは世帯と矛盾せず、ファイルには決まった小さな割合で誤りを植える（`errors`）。分布は津軽の一つの町に
似せた作りもので、統計の実測値ではない。様式は呼ぶ側が渡す（この部屋は様式の中身を知らない。列の名で値を入れるだけである）。

まだ無いもの: 令和元年分より前、分離課税の所得、年の途中の転出と死亡（賦課期日の住民の資料だけがある）、配偶者特別控除と
障害者控除、年末調整の住宅の年末残高、二年目以降の繰越し、専従者、町の外の支払者。
"""

from tsugaru.faces.demo.reports.delivery import Delivered, Delivery, Forms
from tsugaru.faces.demo.reports.generator import reports

__all__ = ["Delivered", "Delivery", "Forms", "reports"]
