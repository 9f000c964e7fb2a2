"""転出証明書（様式 20.2.1、住民基本台帳法施行令第23条）と、転出証明書に準ずる証明書（様式 20.2.2）。

項目と版面は同じで、標題と日の見出しだけが違う。再交付では初めの交付時の内容を渡す。
"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.gyomu.juki.notices.people import 外国人項目
from tsugaru.platform.documents.form import Form, 字100, 字300, 番号, 短文
from tsugaru.platform.documents.parts import 発行事項


@dataclass(frozen=True, kw_only=True)
class 引継資格:
    """転入先に引き継ぐ資格（施行令第23条第2項）。無ければ ``対象外`` とする。"""

    国民健康保険: 短文
    後期高齢者医療: 短文
    介護保険: 短文
    国民年金: 短文
    児童手当: 短文


@dataclass(frozen=True, kw_only=True)
class 転出者:
    """転出する一人。"""

    氏名フリガナ: 字100
    氏名: 字100
    旧氏: 字100
    生年月日: 短文
    性別: 短文
    続柄: 短文
    住民票コード: 番号
    個人番号: 番号
    資格: 引継資格
    外国人: 外国人項目 | None


@dataclass(frozen=True, kw_only=True)
class 転出証明書:
    """転出の届をした人たちの証明書。一枚に四人まで。"""

    転出前住所: 字300
    転出前世帯主: 字100
    本籍: 字300
    筆頭者: 字100
    転出先住所: 字300
    転出先世帯主: 字100
    転出予定年月日: 短文
    届出年月日: 短文
    再交付: bool
    転出者: tuple[転出者, ...]
    備考: 字300
    発行: 発行事項


FORM = Form(form_id="20.2.1", version=1, title="転出証明書", data=転出証明書, folder=Path(__file__).parent)

FORM_EQUIVALENT = Form(
    form_id="20.2.2",
    version=1,
    title="転出証明書に準ずる証明書",
    data=転出証明書,
    folder=Path(__file__).parent,
)
