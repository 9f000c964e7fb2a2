"""書体を探す。

帳票の書体は三つだけである。OS に入っているほかの書体は使わない（機械によって字形が変わるため）。

    IPAmj明朝     氏名・住所など値の字。文字情報基盤の字と Moji_Joho の異体字列を持つ
    IPAex明朝     IPAmj明朝が無い機械での値の字
    IPAexゴシック 見出しと、ほかに無い字。Python パッケージに付いてくるので必ずある

異体字列（IVS）は書体の collection によって指す字形が違う。葛+U+E0100 は IPAex では「別の葛」になる。
そこで IVS は Moji_Joho の書体だけで刷る（coverage.py）。
"""

import importlib.util
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import typst

FONT_DIRS_VARIABLE = "TSUGARU_FONT_DIRS"
SYSTEM_FONT_DIRS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
)
BUNDLED_PACKAGE = "matplotlib_fontja"


@dataclass(frozen=True)
class Face:
    """帳票に使う書体一つの説明。``moji_joho`` は IVS を Moji_Joho として持つこと。"""

    family: str
    file_name: str
    label: str
    moji_joho: bool
    remedy: str


IPAMJ_MINCHO = Face(
    "IPAmjMincho", "ipamjm.ttf", "IPAmj明朝", True, "Debian では fonts-ipamj-mincho を入れる。"
)
IPAEX_MINCHO = Face(
    "IPAexMincho", "ipaexm.ttf", "IPAex明朝", False, "Debian では fonts-ipaexfont-mincho を入れる。"
)
IPAEX_GOTHIC = Face(
    "IPAexGothic",
    "ipaexg.ttf",
    "IPAexゴシック",
    False,
    "requirements.lock を入れ直す（書体はその中にある）。",
)
FACES = (IPAMJ_MINCHO, IPAEX_MINCHO, IPAEX_GOTHIC)


@dataclass(frozen=True)
class FoundFace:
    """見つかった書体とその場所。"""

    face: Face
    path: Path


@dataclass(frozen=True)
class FontSet:
    """使える書体の組。並びは値の字を探す順である。"""

    found: tuple[FoundFace, ...]

    @property
    def value_families(self) -> tuple[str, ...]:
        """値（氏名・住所）の書体。先頭から順に字を探す。"""
        return tuple(each.face.family for each in self.found)

    @property
    def label_families(self) -> tuple[str, ...]:
        """見出しの書体。ゴシックを先にする。"""
        gothic_first = sorted(self.found, key=lambda each: each.face is not IPAEX_GOTHIC)
        return tuple(each.face.family for each in gothic_first)

    @cached_property
    def typst_fonts(self) -> typst.Fonts:
        """Typst に渡す書体。読込みは一度だけでよいので組ごとに持っておく。"""
        return typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=sorted({str(each.path.parent) for each in self.found}),
        )

    def only(self, *faces: Face) -> "FontSet":
        """組のうち、あげた書体だけの組。"""
        return FontSet(tuple(each for each in self.found if each.face in faces))


def bundled_directory() -> Path | None:
    """Python パッケージに付いてくる書体のフォルダ。パッケージは import しない（描画の設定を変えるため）。"""
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "fonts"


def search_directories(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """書体を探すフォルダ。運用者が環境変数で足したものを先に見る。"""
    added = [Path(name) for name in environment.get(FONT_DIRS_VARIABLE, "").split(os.pathsep) if name]
    bundled = bundled_directory()
    return (*added, *SYSTEM_FONT_DIRS, *([bundled] if bundled else []))


def find_fonts(directories: Iterable[Path]) -> FontSet:
    """フォルダの中から帳票の書体を探す。先に見つかったものを使う。"""
    places = [place for place in directories if place.is_dir()]
    found = []
    for face in FACES:
        path = next((path for place in places for path in sorted(place.rglob(face.file_name))), None)
        if path:
            found.append(FoundFace(face, path))
    return FontSet(tuple(found))


def installed_fonts() -> FontSet:
    """この機械で使える書体。"""
    return find_fonts(search_directories(os.environ))


@dataclass(frozen=True)
class FontReport:
    """書体一つの診断（``tsugaru doctor`` の一行）。``path`` が無ければ入っていない。"""

    face: Face
    path: Path | None
    consequence: str


CONSEQUENCES = {
    IPAMJ_MINCHO: "異体字列（IVS）や表外の漢字を含む氏名の帳票は、字が無いとして止まる。",
    IPAEX_MINCHO: "IPAmj明朝も無いときは、氏名・住所がゴシックで刷られる。",
    IPAEX_GOTHIC: "帳票を作れない。",
}


def font_report(fonts: FontSet) -> tuple[FontReport, ...]:
    """書体ごとに、あるか、無ければ何が起きるかを述べる。"""
    paths = {each.face: each.path for each in fonts.found}
    return tuple(FontReport(face, paths.get(face), CONSEQUENCES[face]) for face in FACES)
