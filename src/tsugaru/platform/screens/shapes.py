"""外枠と部品に渡す値の形。辞書でも動くが、画面はこの形で渡す（名前の打ち間違いを型が見つける）。

日付は表示の文字列で渡す（和暦・不詳を決めるのは業務の側）。年齢は判定できないとき None。
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["neutral", "info", "success", "warning", "danger", "ended"]
CellKind = Literal["text", "number", "yen", "date", "name"]
StepState = Literal["done", "current", "todo", "stopped"]


@dataclass(frozen=True, slots=True)
class Withheld:
    """見せない値の代わり。画面には「表示制限」の札だけが出る。

    reason は札に添える短い訳（「支援措置」など）、tail は番号の末尾など見せてよい部分。
    """

    reason: str = ""
    tail: str = ""

    def __str__(self) -> str:
        """文字にしても値は漏れない。"""
        return f"表示制限{self.tail}"


@dataclass(frozen=True, slots=True)
class Municipality:
    """上の帯の自治体名。"""

    name: str


@dataclass(frozen=True, slots=True)
class Staff:
    """上の帯の職員。用務は人の情報を開くたびに記録に残る目的（渡せば上の帯に出る）。"""

    氏名: str
    所属: str
    用務: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """業務メニューの一行。key は機能キー（「F3」など。無ければ空）。"""

    name: str
    url: str
    key: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """業務メニューのまとまり。"""

    name: str
    items: Sequence[MenuItem]


@dataclass(frozen=True, slots=True)
class Flag:
    """人に付く札（支援措置・抑止・仮登録など）。note は重ねたときの説明。"""

    name: str
    kind: Kind = "danger"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """手元の人。本人の帯に常に出る。alert は帯ごと赤くする（支援措置など）。"""

    宛名番号: str
    氏名: str
    フリガナ: str
    生年月日表示: str
    年齢: int | None
    性別: str
    住民状態: str
    status_kind: Kind = "info"
    世帯番号: str = ""
    続柄: str = ""
    url: str = ""
    alert: bool = False
    flags: Sequence[Flag] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """世帯の一人。status_kind を渡したときだけ住民状態の札が付く。"""

    氏名: str
    続柄: str
    生年月日表示: str
    年齢: int | None
    url: str = ""
    current: bool = False
    住民状態: str = ""
    status_kind: Kind | Literal[""] = ""
    flags: Sequence[Flag] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """右の世帯。住所は disclosure を通したもの（見せないときは Withheld）。"""

    世帯番号: str
    members: Sequence[Member]
    住所: str | Withheld = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """検索結果の一人。matched は旧姓・前住所など、今と違う項目で当たったときの説明。"""

    url: str
    宛名番号: str
    氏名: str
    フリガナ: str
    生年月日表示: str
    年齢: int | None
    性別: str
    住所: str | Withheld
    住民状態: str
    status_kind: Kind = "info"
    続柄: str = ""
    matched: str = ""
    flags: Sequence[Flag] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """業務の札。key は Alt と押す番号、none は該当の無い業務（薄く出す）。"""

    name: str
    url: str
    key: int | None = None
    summary: str = ""
    lines: str = ""
    none: bool = False
    flag: str = ""
    flag_kind: Kind = "warning"


@dataclass(frozen=True, slots=True)
class Column:
    """表の列。"""

    name: str
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """表の行。cells は列と同じ数。url があれば選んで開ける。"""

    cells: Sequence[object]
    url: str = ""
    alert: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """項目と値。"""

    name: str
    value: object
    kind: CellKind = "text"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """確認の一行（前と後）。"""

    name: str
    before: object
    after: object
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class Step:
    """進み具合の一歩。note は担当と日時。"""

    name: str
    state: StepState
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """履歴の一行に出す項目の変わり方。"""

    項目: str
    前: object
    後: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """履歴の一件。cancelled は取り消された異動（線を引いて残す）。"""

    異動日: str
    異動事由: str
    区分: str = ""
    kind: Kind = "neutral"
    届出日: str = ""
    処理日時: str = ""
    入力者: str = ""
    履歴番号: int | None = None
    cancelled: bool = False
    url: str = ""
    changes: Sequence[Change] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """エラーの頁。what は値つきで何が起きたか、basis は根拠、remedy は次にすること。"""

    code: str
    title: str
    what: str
    remedy: str
    basis: str = ""
    request_id: str = ""
