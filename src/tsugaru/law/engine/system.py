"""制度。規則・事実・定めの束と、その入口。"""

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from sys import modules
from types import ModuleType
from typing import Any

from tsugaru.law.engine.errors import 定めがない, 定めの誤り, 規則が解けない
from tsugaru.law.engine.evaluate import 計算, 計算する
from tsugaru.law.engine.facts import 事実
from tsugaru.law.engine.graph import 図, 結ぶ
from tsugaru.law.engine.parameters import 定めの沿革, 定めを引く, 定めを読む, 引いた定め
from tsugaru.law.engine.rules import 規則を集める, 規則書, 集計, 集計を集める
from tsugaru.law.engine.words import 時点

上書き = Mapping[str, Mapping[str, object]]
"""定めの名 → 項目の名 → 値。書いた項目だけを変える。"""


def 部屋を集める(*まとまり: ModuleType) -> tuple[ModuleType, ...]:
    """パッケージの中のモジュールの全部。規則のモジュールを置けば、それだけで使われる。"""
    return tuple(
        import_module(f"{一つ.__name__}.{中.name}")
        for 一つ in まとまり
        for 中 in pkgutil.iter_modules(一つ.__path__)
    )


@dataclass(frozen=True, eq=False)
class 制度:
    """一つの法律の計算。`単位` は主と員（例 個人・親族、世帯・個人）。`初` から `終` までを計算できる。"""

    名: str
    題: str
    根拠: str
    単位: tuple[str, ...]
    初: 時点
    終: 時点
    部屋: tuple[ModuleType, ...]
    事実: Mapping[str, 事実]
    結果: tuple[str, ...]
    併せて要る: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """途中の額として与える名 → 判定のために併せて与える名。"""

    @cache  # noqa: B019 -- 制度はモジュールの最上位にだけ置かれ、消えない
    def 規則たち(self) -> tuple[規則書, ...]:
        """全部の版の規則。"""
        return tuple(一つ for 部屋 in self.部屋 for 一つ in 規則を集める(部屋))

    @cache  # noqa: B019 -- 同上
    def 集計たち(self) -> tuple[集計, ...]:
        """全部の集計。"""
        return tuple(一つ for 部屋 in self.部屋 for 一つ in 集計を集める(部屋))

    @cache  # noqa: B019 -- 同上
    def 定めの型(self) -> dict[str, type[Any]]:
        """規則が使う定めの型。"""
        return {型.__name__: 型 for 一つ in self.規則たち() for _, 型 in 一つ.定め}

    @cache  # noqa: B019 -- 同上
    def 沿革(self) -> dict[str, 定めの沿革]:
        """規則の隣の YAML にある全部の定め。"""
        置き場 = {
            Path(str(modules[型.__module__].__file__)).with_suffix(".yaml") for 型 in self.定めの型().values()
        }
        return {名: 一つ for 場所 in sorted(置き場) for 名, 一つ in 定めを読む(場所).items()}

    @cache  # noqa: B019 -- 同上
    def 図(self, いつ: 時点) -> 図:
        """その時点の計算の順。範囲の外なら 規則が解けない。"""
        return 結ぶ(self._範囲(いつ), self.単位, self.規則たち(), self.集計たち(), self.事実)

    def 定め(self, いつ: 時点, 条例: Path | None = None, 変更: 上書き | None = None) -> dict[str, 引いた定め]:
        """その時点の定め。法の値に、条例の置き場の同じ制度の YAML、変更の順に重ねる。

        条例の置き場を渡したときは、条例で定める値がそこにそろっていなければ 定めがない。
        """
        町 = 定めを読む(条例 / f"{self.名}.yaml") if 条例 and (条例 / f"{self.名}.yaml").exists() else {}
        使う = {
            型.__name__: 型
            for 一つ in self.図(いつ).順
            if isinstance(一つ.元, 規則書)
            for _, 型 in 一つ.元.定め
        }
        self._知らない定めを断る([*町, *(変更 or {})])
        if 条例 is not None:
            self._条例の値を求める(いつ, 条例, [名 for 名 in 使う if 名 not in 町])
        return {
            名: 定めを引く(型, self.沿革().get(名), いつ, *_重ね(名, いつ, 町, 変更 or {}))
            for 名, 型 in 使う.items()
        }

    def 計算(
        self, いつ: 時点, 事例: Mapping[str, object], 条例: Path | None = None, 変更: 上書き | None = None
    ) -> 計算:
        """一件を計算する。何件も同じ定めで計算するなら `図` と `定め` を先に引く。"""
        return 計算する(self.図(いつ), 事例, self.定め(いつ, 条例, 変更))

    def 境目(self) -> list[時点]:
        """規則か定めのどれかが変わる時点と、制度の初めと終わり。"""
        日付 = {self.初.値, self.終.値}
        日付 |= {一つ.適用.値 for 沿革 in self.沿革().values() for 一つ in 沿革.値}
        日付 |= {札.値 for 一つ in self.規則たち() for 札 in (一つ.札.適用, 一つ.札.廃止) if 札}
        日付 |= {札.値 for 一つ in self.集計たち() for 札 in (一つ.適用, 一つ.廃止) if 札}
        return [時点(self.初.軸, 日) for 日 in sorted(日付) if self.初.値 <= 日 <= self.終.値]

    def _範囲(self, いつ: 時点) -> 時点:
        if いつ.軸 != self.初.軸 or not self.初.値 <= いつ.値 <= self.終.値:
            文 = f"{self.題} は {self.初} から {self.終} までを計算できます（{いつ}）"
            raise 規則が解けない("JT-1011", 文, "範囲の中の時点を選んでください")
        return いつ

    def _条例の値を求める(self, いつ: 時点, 条例: Path, ない名: list[str]) -> None:
        欠け = [一つ for 名, 一つ in self.沿革().items() if 名 in ない名 and 一つ.条例]
        if 欠け:
            文 = "、".join(f"{一つ.名}（{一つ.根拠}）" for 一つ in 欠け)
            文 = f"{いつ}の条例で定める値がありません。{文}"
            raise 定めがない("JT-1005", 文, f"{条例 / self.名}.yaml に適用の時点とともに入れてください")

    def _知らない定めを断る(self, 名たち: list[str]) -> None:
        if 余り := sorted(set(名たち) - set(self.定めの型())):
            文 = f"{self.題} に {'、'.join(余り)} という定めはありません"
            raise 定めの誤り("JT-1004", 文, f"定めは {'・'.join(self.定めの型())} です")


def _重ね(
    名: str, いつ: 時点, 町: Mapping[str, 定めの沿革], 変更: 上書き
) -> Iterator[tuple[str, Mapping[str, object]]]:
    if 名 in 町:
        項目, 改正 = 町[名].ある時点の項目(いつ)
        if 改正:
            yield f"{町[名].根拠} {改正.改正}".strip(), 項目
    if 名 in 変更:
        yield "変更", 変更[名]
