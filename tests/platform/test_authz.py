"""権限: 表にあることだけが許され、表の変化は次の問いから効く。"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from tests.support.staff import Desk

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz

pytestmark = pytest.mark.db
RIGHT = ("市民課", "juki", "照会", "基本")


def test_四つの全てが合う行があるときだけ許す(desk: Desk) -> None:
    authz.replace(frozenset({RIGHT}))
    assert authz.allows(*RIGHT)
    for part in range(4):
        other = list(RIGHT)
        other[part] = "無い"
        assert not authz.allows(*other)


def test_無ければ所属と操作を言って断る(desk: Desk) -> None:
    with pytest.raises(PermissionDenied, match=r"税務課.*異動入力・個人番号"):
        authz.require("税務課", "juki", "異動入力", "個人番号")


def test_所属の権限は一度の問いで全部引ける(desk: Desk) -> None:
    authz.replace(frozenset({RIGHT, ("市民課", "juki", "検索", "住所"), ("税務課", "juki", "検索", "住所")}))
    assert authz.rights_of("市民課") == {RIGHT[1:], ("juki", "検索", "住所")}


def test_表の字の並びと空行によらず同じ権限になる(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "roles.csv"
    path.write_text("\ufeff所属,業務,操作,項目区分\n市民課,juki,照会,基本\n市民課,juki,照会,基本\n", "utf-8")
    assert authz.load(path) == 1
    assert authz.all_rights() == {RIGHT}


def test_見出しの違う表は断り今の権限は変わらない(desk: Desk, tmp_path: Path) -> None:
    before = authz.all_rights()
    path = tmp_path / "roles.csv"
    path.write_text("課,業務,操作,項目区分\n市民課,juki,照会,基本\n", "utf-8")
    with pytest.raises(業務エラー, match="AZ-0002"):
        authz.load(path)
    assert authz.all_rights() == before != frozenset()
