"""異動の手続。一つのファイルが一つの手続で、案件から判断を作る純粋な関数である。"""

from tsugaru.gyomu.juki.domain.decision import 手続の型
from tsugaru.gyomu.juki.domain.procedures.alias import 通称を削除する, 通称を記載する
from tsugaru.gyomu.juki.domain.procedures.birth import 出生する
from tsugaru.gyomu.juki.domain.procedures.cancel import 異動を取り消す
from tsugaru.gyomu.juki.domain.procedures.correct import 事項を修正する, 軽微な修正をする
from tsugaru.gyomu.juki.domain.procedures.death import 死亡する, 職権で消除する
from tsugaru.gyomu.juki.domain.procedures.enter import 転入する
from tsugaru.gyomu.juki.domain.procedures.former_name import 旧氏を削除する, 旧氏を変更する, 旧氏を記載する
from tsugaru.gyomu.juki.domain.procedures.head import 世帯主を変更する
from tsugaru.gyomu.juki.domain.procedures.leave import 転出する
from tsugaru.gyomu.juki.domain.procedures.merge import 世帯に入る, 世帯を合併する
from tsugaru.gyomu.juki.domain.procedures.move import 転居する
from tsugaru.gyomu.juki.domain.procedures.move_in_notice import 転入通知を受理する
from tsugaru.gyomu.juki.domain.procedures.nationality import 国籍を喪失する, 帰化する
from tsugaru.gyomu.juki.domain.procedures.numbers import 住民票コードを記載する, 個人番号を記載する
from tsugaru.gyomu.juki.domain.procedures.rewrite import 改製する
from tsugaru.gyomu.juki.domain.procedures.split import 世帯を分離する

手続: dict[str, 手続の型] = {
    "in": 転入する,
    "in_card": 転入する,
    "in_unfiled": 転入する,
    "in_abroad": 転入する,
    "entry": 転入する,
    "birth": 出生する,
    "out": 転出する,
    "out_card": 転出する,
    "out_abroad": 転出する,
    "out_notice": 転入通知を受理する,
    "death": 死亡する,
    "removal": 職権で消除する,
    "move": 転居する,
    "split": 世帯を分離する,
    "merge": 世帯を合併する,
    "regroup": 世帯に入る,
    "head": 世帯主を変更する,
    "correct": 事項を修正する,
    "typo": 事項を修正する,
    "rename": 事項を修正する,
    "status": 事項を修正する,
    "minor": 軽微な修正をする,
    "former_add": 旧氏を記載する,
    "former_chg": 旧氏を変更する,
    "former_del": 旧氏を削除する,
    "alias_add": 通称を記載する,
    "alias_del": 通称を削除する,
    "natural": 帰化する,
    "acquire": 帰化する,
    "lose": 国籍を喪失する,
    "num_chg": 個人番号を記載する,
    "num_fix": 個人番号を記載する,
    "num_ex": 個人番号を記載する,
    "code_chg": 住民票コードを記載する,
    "code_ex": 住民票コードを記載する,
    "rewrite": 改製する,
    "cancel": 異動を取り消す,
}
