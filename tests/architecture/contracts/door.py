"""扉の契約。標準の契約では「自分の部屋だけが使える」を言えないので足す。"""

from grimp import ImportGraph
from importlinter.application import output
from importlinter.domain import fields
from importlinter.domain.contract import Contract, ContractCheck


class DoorContract(Contract):
    """`container` 直下の部屋は、外からは `doors` の名前のモジュールだけを import できる。

    `side_doors` は `side_importers` とその下だけに開く。`open_packages` は扉を持たない。
    """

    type_name = "door"

    container = fields.StringField()
    doors = fields.ListField(subfield=fields.StringField())
    side_doors = fields.ListField(subfield=fields.StringField(), required=False)
    side_importers = fields.ListField(subfield=fields.StringField(), required=False)
    open_packages = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """扉を通らない import を（使う側, 使われた側）の組で集める。"""
        container = str(self.container)
        rooms = graph.find_children(container) - self._listed("open_packages")
        broken = [pair for room in sorted(rooms) for pair in self._trespasses(graph, room)]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """破れた import を 1 行ずつ書く。"""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} -> {imported}")

    def _listed(self, option: str) -> set[str]:
        """設定の列。書かれていなければ空（import-linter は値を欄の名前に入れ直す）。"""
        return set(getattr(self, option) or [])

    def _trespasses(self, graph: ImportGraph, room: str) -> list[tuple[str, str]]:
        inside = {room, *graph.find_descendants(room)}
        return [
            (importer, imported)
            for imported in sorted(inside - {f"{room}.{door}" for door in self._listed("doors")})
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if importer not in inside and not self._by_side_door(room, importer, imported)
        ]

    def _by_side_door(self, room: str, importer: str, imported: str) -> bool:
        if imported not in {f"{room}.{door}" for door in self._listed("side_doors")}:
            return False
        guests = self._listed("side_importers")
        return any(importer == guest or importer.startswith(f"{guest}.") for guest in guests)
