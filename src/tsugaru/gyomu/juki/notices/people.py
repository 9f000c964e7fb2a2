"""住民票の写しなどに載る人の項目（住民基本台帳法第7条・第30条の45、標準仕様書 1.1.1・1.1.2）。"""

from dataclasses import dataclass

from tsugaru.platform.documents.form import 字100, 字300, 字1000, 番号, 短文


@dataclass(frozen=True, kw_only=True)
class 外国人項目:
    """外国人住民だけに記載する事項（住民基本台帳法第30条の45）。"""

    氏名漢字: 字100 | None
    通称: 字100 | None
    通称フリガナ: 字100 | None
    国籍地域: 字100 | None
    第30条45規定区分: 字100 | None
    在留資格: 字100 | None
    在留期間等: 短文 | None
    在留期間満了日: 短文 | None
    在留カード等番号: 番号 | None


@dataclass(frozen=True, kw_only=True)
class 記載者:
    """住民票に記載された一人。外国人住民の ``氏名`` はローマ字、``住民となった年月日`` は外国人住民となった日。"""

    氏名フリガナ: 字100
    氏名: 字100
    旧氏フリガナ: 字100
    旧氏: 字100
    生年月日: 短文
    性別: 短文
    続柄: 短文 | None
    個人番号: 番号 | None
    住民票コード: 番号 | None
    住民となった年月日: 短文
    住所を定めた年月日: 短文
    届出年月日: 短文
    筆頭者: 字100 | None
    本籍: 字300 | None
    転入前住所: 字300
    備考: 字300
    外国人: 外国人項目 | None


@dataclass(frozen=True, kw_only=True)
class 統合記載:
    """統合記載欄の一行。異動履歴・留意事項・備考のどれか（標準仕様書 1.1.14）。"""

    年月日: 短文
    事由: 短文
    内容: 字1000
