"""名前の検査。NFKC で変わらない・中黒なし・16文字まで・日本語と英字を混ぜない・パスは ASCII。"""

import ast
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator

FIELD_NAME_LIMIT = 16
# 項目名を文字列で受ける呼出し。Python は識別子だけを NFKC にするので、文字列がずれると見つからない。
FIELD_TAKERS = {
    "F", "OuterRef", "defer", "distinct", "getattr", "hasattr", "only", "order_by", "prefetch_related",
    "select_related", "setattr", "values", "values_list",
}  # fmt: skip
FIELD_KEYWORDS = {"fields", "update_fields", "unique_fields", "ordering", "include", "exclude"}
# 大文字の略号（DV、ID、QR、GS1、A4）は、日本語の文でもこの形でしか書かない。
ACRONYM = re.compile(r"[A-Z][A-Z0-9]+(?![a-z])")
AFFIXES = re.compile(r"^_*(?:get_|clean_|validate_|prepare_|render_)?(.*?)(?:_ids?|_set|_display)?_*$")
JAPANESE = re.compile(
    r"[\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)
MIDDLE_DOTS = "・･·"


def name_faults(name: str) -> list[str]:
    """識別子・項目参照 1 つの違反を返す（なければ空）。"""
    faults = []
    if unicodedata.normalize("NFKC", name) != name:
        faults.append(f"{name} は NFKC で別の字になります")
    if any(dot in name for dot in MIDDLE_DOTS):
        faults.append(f"{name} に中黒があります（「と」で書く）")
    if is_mixed(name):
        faults.append(f"{name} は日本語と英字が混ざっています")
    return faults


def is_mixed(name: str) -> bool:
    """日本語と英字が 1 つの語に同居するか。Django の接辞を除いて見る。試験の名前は文なので問わない。"""
    if name.startswith("test_"):
        return False
    return any(_has_both(_stem(word)) for word in name.strip("_").split("__"))


def _stem(word: str) -> str:
    found = AFFIXES.match(word)
    return found.group(1) if found else word


def _has_both(word: str) -> bool:
    word = ACRONYM.sub("", word)
    return bool(JAPANESE.search(word)) and bool(re.search(r"[A-Za-z]", word))


def written_names(source: str) -> Iterator[tuple[int, str]]:
    """（行, 識別子）を、書かれた綴りのまま出す。ast は NFKC 済みの名前しか見せないので字句で読む。"""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME or (token.type == tokenize.ERRORTOKEN and token.string in MIDDLE_DOTS):
            yield token.start[0], token.string


def field_references(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """（行, 文字列）で、項目名として渡される文字列を出す。"""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if _called(node) in FIELD_TAKERS:
                yield from _strings(node.args)
            yield from _strings([word.value for word in node.keywords if word.arg in FIELD_KEYWORDS])
            yield from _unpacked_keys(node)
        elif isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in FIELD_KEYWORDS for target in node.targets
        ):
            yield from _strings([node.value])


def source_faults(source: str, tree: ast.AST) -> list[str]:
    """1 ファイルの名前の違反。「行: 何が」の文。"""
    faults = []
    for line, name in sorted(set(written_names(source))):
        if not name.isascii():
            faults += [f"{line}: {fault}" for fault in name_faults(name)]
    for line, name in field_references(tree):
        if unicodedata.normalize("NFKC", name) != name:
            faults.append(f"{line}: 項目参照 {name!r} は NFKC で別の字になります")
    return faults


def model_field_faults(tree: ast.AST) -> list[str]:
    """モデルの項目名が 16 文字を超えるもの。PostgreSQL は名前を 63 バイトで切る。"""
    return [
        f"{line}: 項目名 {name} は {len(name)} 文字です（{FIELD_NAME_LIMIT} 文字まで）"
        for line, name, _ in model_fields(tree)
        if len(name) > FIELD_NAME_LIMIT
    ]


def model_fields(tree: ast.AST) -> Iterator[tuple[int, str, ast.Call]]:
    """（行, 項目名, 呼出し）で、クラス本体に書かれた Django のモデル項目を出す。"""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, ast.Assign | ast.AnnAssign) and isinstance(item.value, ast.Call):
                    target = item.targets[0] if isinstance(item, ast.Assign) else item.target
                    if isinstance(target, ast.Name) and _is_model_field(item.value):
                        yield item.lineno, target.id, item.value


def path_faults(path: str) -> list[str]:
    """ASCII でないパス。git も grep も日本語のパスを取りこぼす。"""
    return [] if path.isascii() else [f"{path} は ASCII ではありません"]


def package_faults(paths: list[str]) -> list[str]:
    """.py があるのに __init__.py のないフォルダ。import の契約も型の検査も、そこを黙って飛ばす。"""
    folders = {path.rpartition("/")[0] for path in paths if path.endswith(".py")}
    folders |= {parent for folder in folders for parent in _parents(folder)}
    return [
        f"{folder}/__init__.py がありません"
        for folder in sorted(folders)
        if f"{folder}/__init__.py" not in paths
    ]


def _parents(folder: str) -> Iterator[str]:
    """根（src/tsugaru）までの親。"""
    while folder.count("/") > 1:
        folder = folder.rpartition("/")[0]
        yield folder


def _is_model_field(call: ast.Call) -> bool:
    return _called(call).endswith(("Field", "ForeignKey")) and not _from_forms(call)


def _from_forms(call: ast.Call) -> bool:
    func = call.func
    return isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "forms"


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _strings(nodes: list[ast.expr]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.lineno, part.value


def _unpacked_keys(node: ast.Call) -> Iterator[tuple[int, str]]:
    for word in node.keywords:
        if word.arg is None and isinstance(word.value, ast.Dict):
            yield from _strings([key for key in word.value.keys if key is not None])
