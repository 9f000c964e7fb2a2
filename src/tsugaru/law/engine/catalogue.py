"""この部屋にある制度。`tsugaru.law.<制度>.public` に置かれた 制度 を名で引く。"""

import pkgutil
from importlib import import_module

import tsugaru.law
from tsugaru.law.engine.errors import 事実の誤り
from tsugaru.law.engine.system import 制度

_制度でない部屋 = {"engine", "shared"}


def 制度の名() -> list[str]:
    """ある制度の名。"""
    部屋 = (一つ.name for 一つ in pkgutil.iter_modules(tsugaru.law.__path__) if 一つ.ispkg)
    return sorted(名 for 名 in 部屋 if 名 not in _制度でない部屋)


def 制度を引く(名: str) -> 制度:
    """短名（kojin）か法令の呼び名（個人住民税）の制度。なければ 事実の誤り。"""
    for 短名 in 制度の名():
        入口 = import_module(f"tsugaru.law.{短名}.public")
        一つ = next(物 for 物 in vars(入口).values() if isinstance(物, 制度))
        if 名 in (短名, 一つ.題):
            return 一つ
    raise 事実の誤り("JT-1030", f"{名} という制度はありません", f"{'・'.join(制度の名())} のどれかです")
