"""団体（市町村）ごとに一つのデータベース。どの団体かは入口（ホスト名）で決まり、結ばれていないコードは問合せができない。

仕組みは docs/guide/tenancy.md、理由は docs/adr/0002-tenancy.md。
"""

from tsugaru.platform.tenancy.context import CrossMunicipality, Unbound, bind, bound_code

__all__ = ["CrossMunicipality", "Unbound", "bind", "bound_code"]
