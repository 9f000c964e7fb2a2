"""登録・変更・廃止・送付先・関係人・返戻・個人番号・名寄せの欄。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from tsugaru.gyomu.atena.domain import checks
from tsugaru.gyomu.atena.domain.agents import 種別の表
from tsugaru.gyomu.atena.domain.corporations import 法人の事項
from tsugaru.gyomu.atena.domain.deliveries import 返戻の理由
from tsugaru.gyomu.atena.domain.history import 廃止の事由
from tsugaru.gyomu.atena.domain.mailing import 送付先の理由
from tsugaru.gyomu.atena.domain.outsiders import 個人, 性別の名
from tsugaru.gyomu.atena.domain.personal_number import 照会先
from tsugaru.gyomu.atena.screens.fields import 住所の並び, 住所欄, 手続欄, 指定なし, 文, 業務欄, 欄, 選ぶ
from tsugaru.platform.screens.fields import UncertainDateField, WarekiField

電話の種別 = [("電話", "電話"), ("携帯電話", "携帯電話"), ("緊急連絡先", "緊急連絡先")]
Checks = Mapping[str, Callable[[Any], Any]]
Boxes = Sequence[tuple[str, str]]
身分の並び = "氏名 フリガナ 性別 生年月日 通称 通称フリガナ 氏名ローマ字 氏名漢字 国籍名"


class 個人の欄(住所欄, 手続欄):
    """住登外の個人。"""

    並び: ClassVar[Boxes] = (
        ("身分", 身分の並び),
        ("住所", 住所の並び),
        ("登録", "異動日 業務 他業務参照不可 備考"),
    )

    氏名 = 文("氏名", 100, required=True, hint="氏と名の間は全角の空白一つ")
    フリガナ = 文("フリガナ", 100)
    性別 = forms.ChoiceField(
        label="性別", choices=[*性別の名.items()], initial="0", widget=forms.RadioSelect, required=False
    )
    生年月日 = UncertainDateField(label="生年月日", required=False)
    通称 = 文("通称", 100)
    通称フリガナ = 文("通称フリガナ", 100)
    氏名ローマ字 = 文("氏名（ローマ字）", 100)
    氏名漢字 = 文("氏名（漢字）", 100)
    国籍名 = 文("国籍・地域", 40)
    業務 = 業務欄(指定なし)
    他業務参照不可 = forms.BooleanField(
        label="ほかの業務に見せない（住基ネットなどから得た内容）", required=False
    )
    検査: ClassVar[Checks] = {
        "氏名": checks.氏名,
        "フリガナ": checks.フリガナ,
        "通称フリガナ": lambda text: checks.フリガナ(text, 項目="通称フリガナ"),
        "備考": lambda text: checks.文章(text, 項目="備考"),
    }

    def 事項(self) -> 個人:
        """書かれた事項。"""
        given = {name: self.cleaned_data[name] for name in 個人.__dataclass_fields__}
        return 個人(**given | {"性別": given["性別"] or "0"})


class 法人の欄(住所欄, 手続欄):
    """法人・団体。"""

    並び: ClassVar[Boxes] = (
        ("法人・団体", "商号 フリガナ 法人番号 代表者"),
        ("所在地", 住所の並び),
        ("登録", "異動日 業務 備考"),
    )

    商号 = 文("商号・名称", 100, required=True, width="l")
    フリガナ = 文("フリガナ", 100, width="l")
    法人番号 = 文("法人番号", 13, hint="13桁。ない団体は空")
    代表者 = 文("代表者", 100)
    業務 = 業務欄(指定なし)
    検査: ClassVar[Checks] = {
        "商号": lambda text: checks.文章(text, 項目="商号", 最大文字数=100),
        "フリガナ": checks.フリガナ,
        "法人番号": checks.法人番号,
        "備考": lambda text: checks.文章(text, 項目="備考"),
    }

    def 事項(self) -> 法人の事項:
        """書かれた事項。"""
        return 法人の事項(**{name: self.cleaned_data[name] for name in 法人の事項.__dataclass_fields__})


class 新規の欄(欄):
    """登録のときだけ要る欄。似た人がいれば、見比べた印を求める。"""

    宛名番号 = 文("前のシステムの宛名番号", 15, hint="引き継ぐときだけ。空なら新しく採ります")
    見比べた = forms.BooleanField(label="上の人たちとは別人であることを確かめました", required=False)


class 個人の登録(新規の欄, 個人の欄):
    """住登外の個人の登録。"""

    並び: ClassVar[Boxes] = (
        ("身分", 身分の並び),
        ("住所", 住所の並び),
        ("登録", "異動日 業務 他業務参照不可 宛名番号 備考"),
    )


class 法人の登録(新規の欄, 法人の欄):
    """法人・団体の登録。"""

    並び: ClassVar[Boxes] = (
        ("法人・団体", "商号 フリガナ 法人番号 代表者"),
        ("所在地", 住所の並び),
        ("登録", "異動日 業務 宛名番号 備考"),
    )


class 廃止の欄(手続欄):
    """廃止。"""

    並び: ClassVar[Boxes] = (("廃止", "事由 異動日 備考"),)

    事由 = 選ぶ("事由", [(key, f"{key}（{note}）") for key, note in 廃止の事由.items()])


class 送付先の欄(住所欄, 手続欄):
    """送付先を設ける。異動日は申出の日。"""

    並び: ClassVar[Boxes] = (
        ("送り先", "業務 宛名人 理由 始期 終期 異動日 備考"),
        ("送付先の住所", 住所の並び),
    )

    業務 = 業務欄()
    宛名人 = 文("宛名人", 100, hint="空なら本人あて")
    理由 = 選ぶ("理由", [*送付先の理由.items()])
    始期 = WarekiField(label="始期")
    終期 = WarekiField(label="終期", required=False)
    検査: ClassVar[Checks] = {"宛名人": lambda text: checks.氏名(text, 項目="宛名人")}

    def clean(self) -> dict[str, Any]:
        """送付先には住所が要る。"""
        given = super().clean()
        if not self.errors and self.住所() is None:
            self.add_error(
                "市区町村",
                "AT-0115 住所の市区町村名（国外なら国名）が空です。市区郡町村名から入れてください。",
            )
        return given


class やめる欄(手続欄):
    """送付先・関係人をやめる。"""

    並び: ClassVar[Boxes] = (("", "やめる日 異動日 備考"),)

    やめる日 = WarekiField(label="やめる日")


class 関係人の欄(手続欄):
    """関係人を立てる。"""

    並び: ClassVar[Boxes] = (("", "種別 相手番号 業務 届出日 始期 終期 異動日 備考"),)

    種別 = 選ぶ("種別", [(key, kind.名) for key, kind in 種別の表.items()])
    相手番号 = 文("相手の宛名番号", 15, required=True, width="s")
    業務 = 業務欄()
    届出日 = WarekiField(label="届出日", required=False)
    始期 = WarekiField(label="始期")
    終期 = WarekiField(label="終期", required=False)


class 電話の欄(欄):
    """連絡先。"""

    種別 = 選ぶ("種別", 電話の種別)
    電話番号 = 文("電話番号", 20, required=True)
    検査: ClassVar[Checks] = {"電話番号": checks.電話番号}


class 返戻の欄(欄):
    """返戻を受ける。"""

    業務 = 業務欄(指定なし)
    文書名 = 文("文書名", 60, required=True)
    文書番号 = 文("文書番号", 30)
    返戻日 = WarekiField(label="返戻日")
    返戻理由 = 選ぶ("返戻の理由", [(one, one) for one in 返戻の理由])


class 送達の欄(欄):
    """次の段へ。選べる段は今の段で決まる。"""

    段階 = 選ぶ("次の段", [])
    年月日 = WarekiField(label="年月日")
    返戻理由 = 選ぶ(
        "返戻の理由", [("", "（再び返戻のときだけ）"), *[(one, one) for one in 返戻の理由]], required=False
    )
    内容 = 文("内容・結果", 200, required=True, width="l")

    def __init__(self, *args: Any, 段: tuple[str, ...] = (), **kwargs: Any) -> None:
        """段 は進める先。"""
        super().__init__(*args, **kwargs)
        self.fields["段階"].choices = [(one, one) for one in 段]  # type: ignore[attr-defined]
        if "返戻" not in 段:
            del self.fields["返戻理由"]


class 照会の欄(欄):
    """個人番号の照会を始める。"""

    照会根拠 = 文("照会の根拠", 100, required=True, width="l", hint="番号法第14条第2項 など条項と事務の名")
    照会先 = 選ぶ("照会先", [*照会先.items()])
    文書番号 = 文("文書番号", 30)
    照会日 = WarekiField(label="照会日")


class 回答の欄(住所欄):
    """回答に書かれた四情報と番号。"""

    並び: ClassVar[Boxes] = (
        ("回答に書かれた四情報", "氏名 生年月日 性別 回答日 個人番号"),
        ("回答の住所", 住所の並び),
    )

    氏名 = 文("回答の氏名", 100, required=True)
    生年月日 = UncertainDateField(label="回答の生年月日")
    性別 = forms.ChoiceField(label="回答の性別", choices=[("1", "男"), ("2", "女")], widget=forms.RadioSelect)
    個人番号 = forms.CharField(
        label="個人番号",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "s"}),
    )
    回答日 = WarekiField(label="回答日")
    検査: ClassVar[Checks] = {"個人番号": checks.個人番号}


class 名寄せの欄(欄):
    """二人を比べた判断。"""

    判断 = 選ぶ("判断", [])
    理由 = 文("理由", 200, required=True, width="l", hint="何を見て判断したか")

    def __init__(self, *args: Any, 種類: tuple[str, ...] = (), **kwargs: Any) -> None:
        """種類 は選べる判断。"""
        super().__init__(*args, **kwargs)
        self.fields["判断"].choices = [(one, one) for one in 種類]  # type: ignore[attr-defined]


class 番号の突合(欄):
    """提示された個人番号を、二人ともが持っているか。"""

    個人番号 = forms.CharField(
        label="提示された個人番号",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "s"}),
    )
    検査: ClassVar[Checks] = {"個人番号": checks.個人番号}
