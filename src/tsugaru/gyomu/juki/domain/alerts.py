"""どの異動にも共通の警告（標準仕様書 11.1 のアラート。止めはしない）。"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from tsugaru.gyomu.juki.domain.decision import 案件, 警告
from tsugaru.kernel.civil_time import 開庁日へ
from tsugaru.kernel.holidays import 祝日が分かる


def 届出の期限(異動日: date, 日数: int, 休日: AbstractSet[date]) -> date:
    """届出期間の末日。初日は算入せず（民法第140条）、末日が団体の休日なら次の開庁日（地方自治法第4条の2第4項）。"""
    return 開庁日へ(異動日 + timedelta(days=日数), 休日)


def 届出遅延(案件: 案件) -> tuple[警告, ...]:
    """届出期間（14日）を過ぎた届出。受理はするが、過料の通知を要することがある。"""
    kind = 案件.種類
    if not kind.期限日数 or 案件.届出の別 != "届出" or 案件.異動日.不詳:
        return ()
    last = 届出の期限(案件.日, kind.期限日数, 案件.休日)
    if 案件.届出日 <= last:
        return ()
    if not 祝日が分かる(last):
        return (_祝日が分からない(last),)
    days = (案件.届出日 - 案件.日).days
    return (
        警告(
            番号="JK-A101",
            文=f"届出期間（{kind.期限日数}日）を過ぎた届出です（異動日から{days}日）。",
            対処="遅れた理由を確かめ、必要なら簡易裁判所への通知（届出期間経過通知書）を作ってください。",
            根拠=f"{kind.根拠}・第52条第2項。",
        ),
    )


def _祝日が分からない(末日: date) -> 警告:
    return 警告(
        番号="JK-A109",
        文=f"{末日.year}年の国民の祝日が登録されていないので、届出期間の末日（土日だけなら{末日:%Y-%m-%d}）を定められません。",
        対処="末日が祝日に当たらないかを暦で確かめてください。",
        根拠="地方自治法第4条の2第4項。",
    )


def 転出の遅れ(案件: 案件) -> tuple[警告, ...]:
    """転出をした日から14日以上を過ぎた転出届は、職権による消除として扱う。"""
    late = (案件.届出日 - 案件.日).days
    if 案件.届出の別 != "届出" or late < 転出届の猶予日数:
        return ()
    return (
        警告(
            番号="JK-A102",
            文=f"転出の日から{late}日を過ぎた転出届です。",
            対処="届出の別を職権に変え、転出証明書ではなく転出証明書に準ずる証明書を交付してください。",
            根拠="標準仕様書4.1.3。",
        ),
    )


転出届の猶予日数 = 14
