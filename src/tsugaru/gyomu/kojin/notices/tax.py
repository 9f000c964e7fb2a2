"""個人住民税の帳票に共通の部分（地方税法第1条第1項第6号、第319条、第321条の4、地方税法施行規則）。

金額は円の整数で渡し、桁区切りは版面が付ける。該当の無い行は渡さない（0 の行を並べない）。
"""

from dataclasses import dataclass

from tsugaru.platform.documents.form import 字100, 番号, 短文


@dataclass(frozen=True, kw_only=True)
class 税の呼び名:
    """団体での税の名。市民税・町民税・村民税、県民税・道民税など。"""

    市町村民税: 短文
    道府県民税: 短文


@dataclass(frozen=True, kw_only=True)
class 教示先:
    """審査請求をする相手（市町村長）と、取消しの訴えの被告（市町村）。行政不服審査法第82条。"""

    審査庁: 字100
    被告: 字100


@dataclass(frozen=True, kw_only=True)
class 二つの税額:
    """市町村民税と道府県民税の額。"""

    市町村民税: int
    道府県民税: int


@dataclass(frozen=True, kw_only=True)
class 年税額の内訳:
    """年税額の成り立ち。森林環境税の無い年度（令和5年度まで）は、森林環境税の三つを None にする。"""

    所得割額: 二つの税額
    均等割額: 二つの税額
    減免額: 二つの税額
    税額: 二つの税額
    森林環境税の年額: int | None
    森林環境税の免除額: int | None
    森林環境税額: int | None
    年税額: int


@dataclass(frozen=True, kw_only=True)
class 所得行:
    """所得の一つ。収入金額の無い所得は None。"""

    名: 短文
    収入金額: int | None
    所得金額: int


@dataclass(frozen=True, kw_only=True)
class 所得控除行:
    """所得控除の一つ。``内容`` は人数や区分（「特定 1人」）、無ければ空。"""

    名: 短文
    内容: 短文
    額: int


@dataclass(frozen=True, kw_only=True)
class 課税標準行:
    """課税標準額の一つ。``式`` はその額になる計算を書いたもの。率は「6%」の形。"""

    名: 短文
    式: 字100
    額: int
    市町村民税の率: 短文
    道府県民税の率: 短文
    算出税額: 二つの税額


@dataclass(frozen=True, kw_only=True)
class 税額控除行:
    """税額から引くものの一つ（調整控除、配当控除、定額減税など）。``説明`` は額になる計算、無ければ空。"""

    名: 短文
    説明: 字100
    額: 二つの税額


@dataclass(frozen=True, kw_only=True)
class 該当行:
    """扶養・障害・寡婦などの該当。``値`` は「1人」「該当」。"""

    名: 短文
    値: 短文


@dataclass(frozen=True, kw_only=True)
class 月割行:
    """特別徴収の一月。``区分`` は「仮徴収」「本徴収」、無ければ空。"""

    月: 短文
    区分: 短文
    税額: int


@dataclass(frozen=True, kw_only=True)
class 管理番号:
    """問合せのときに使う番号。"""

    通知書番号: 番号
    宛名番号: 番号
