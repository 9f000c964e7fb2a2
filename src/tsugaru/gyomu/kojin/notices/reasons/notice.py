"""この税額の理由。計算の跡を、章に分けた番号つきの文にする（地方税法第20条の4の2ほか、各行の条文）。

窓口での説明と、審査請求に係る弁明の添付に使う。章は 所得・所得控除・課税標準・税額・税額控除・期割 の順に渡す。
0 円・非該当の行は、版面が章の終わりに名だけを淡く並べる。

まだ無いもの: 前の賦課との違いの説明（税額変更通知書による）。
"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.platform.documents.form import Form, 字100, 字300, 番号, 短文


@dataclass(frozen=True, kw_only=True)
class 理由の行:
    """計算の一歩。``深さ`` は字下げ（0〜4）、``値`` は刷る形（「3,560,000円」「該当」）。

    ``式`` は何からどう計算したかの文、``端数`` は端数の処理、``出所`` は事実の資料名。無ければ空。
    ``零`` は 0 円・非該当の枝（その中は渡さない）。
    """

    深さ: int
    名: 短文
    値: 短文
    式: 字300
    根拠: 字300
    端数: 字100
    出所: 字100
    零: bool


@dataclass(frozen=True, kw_only=True)
class 理由の章:
    """行のまとまりと、その結び（「合計所得金額 3,560,000円」）。"""

    名: 短文
    結び: 短文
    行: tuple[理由の行, ...]


@dataclass(frozen=True, kw_only=True)
class 使った事実:
    """計算に使った事実と、それが載っている資料。"""

    事実名: 短文
    事実の値: 短文
    資料名: 字100


@dataclass(frozen=True, kw_only=True)
class 税額の理由:
    """一人の一年度の理由。住所は載せない。"""

    年度: 短文
    氏名: 字100
    通知書番号: 番号
    作成日表示: 短文
    結論の名: 短文
    結論の額: int
    前書き: 字300
    章: tuple[理由の章, ...]
    事実: tuple[使った事実, ...]
    規則の版: 字100
    担当: 字100
    電話番号: 短文


FORM = Form(
    form_id="税額の理由",
    version=1,
    title="この税額の理由",
    data=税額の理由,
    folder=Path(__file__).parent,
)
