"""登録の申請の欄。"""

from __future__ import annotations

from typing import Any

from django import forms

from tsugaru.gyomu.inkan.domain.applications import 申請
from tsugaru.gyomu.inkan.domain.codes import 意思確認, 登録方法
from tsugaru.gyomu.inkan.domain.intake import 読取の指示
from tsugaru.gyomu.inkan.imprint.picture import 最大バイト数
from tsugaru.gyomu.inkan.screens.act_forms import CardField, TextField, 書類の選択
from tsugaru.platform.screens.forms import ScreenForm

向きの選択 = [("0", "そのまま"), ("90", "右へ90度"), ("180", "180度"), ("270", "左へ90度")]


class ApplyForm(ScreenForm):
    """申請書のとおりに、上から順に打つ。"""

    方法 = forms.ChoiceField(
        label="登録方法",
        choices=[(one.value, one.表示) for one in 登録方法],
        initial=登録方法.身分証.value,
        widget=forms.RadioSelect,
    )
    申請者 = forms.ChoiceField(
        label="申請者",
        choices=[("本人", "本人"), ("代理人", "代理人")],
        initial="本人",
        widget=forms.RadioSelect,
    )
    意思 = forms.ChoiceField(
        label="意思の確認", choices=[(one.value, one.表示) for one in 意思確認], widget=forms.RadioSelect
    )
    代理人氏名 = TextField(
        label="代理人・同行者の氏名", max_length=100, required=False, help_text="代理人か、同行した法定代理人"
    )
    確認書類 = forms.ChoiceField(label="確認した書類", choices=書類の選択, required=False)
    保証人番号 = CardField(label="保証人の登録証番号", required=False, help_text="保証書のとき")
    印鑑文字 = TextField(
        label="印鑑の文字", max_length=50, help_text="印に彫られたとおり（例: 工藤、太郎之印）"
    )
    カタカナ表記 = TextField(
        label="氏名のカタカナ表記", max_length=100, required=False, help_text="外国人で、カタカナの印のとき"
    )
    印影 = forms.FileField(
        label="印影の画像", help_text="PNG・JPEG・TIFF。300〜600 dpi の走査、または基準枠のある申請書の写真"
    )
    撮影 = forms.BooleanField(label="基準枠のある申請書を撮った写真", required=False)
    向き = forms.ChoiceField(label="画像の向き", choices=向きの選択, initial="0", required=False)
    登録証番号 = CardField(label="渡す登録証番号", required=False, help_text="その日に登録するとき")
    備考 = TextField(label="備考", max_length=200, required=False)

    def clean_印影(self) -> Any:
        """大きすぎるファイルは読まない。"""
        uploaded = self.cleaned_data["印影"]
        if uploaded.size > 最大バイト数:
            raise forms.ValidationError(
                f"IN-0801 画像ファイルが大きすぎます（{uploaded.size:,}バイト）。10MB以下で保存し直してください。"
            )
        return uploaded

    def wanted(self) -> 申請:
        """打たれた申請。"""
        values = self.cleaned_data
        names = ("代理人氏名", "確認書類", "保証人番号", "印鑑文字", "カタカナ表記", "登録証番号", "備考")
        return 申請(
            方法=登録方法(values["方法"]),
            本人の申請=values["申請者"] == "本人",
            意思=意思確認(values["意思"]),
            **{name: values[name] for name in names},
        )

    def reading(self) -> 読取の指示:
        """画像の読み方。"""
        values = self.cleaned_data
        return 読取の指示(ファイル=values["印影"].read(), 撮影=values["撮影"], 向き=int(values["向き"] or 0))


class ConfirmForm(ScreenForm):
    """実物との見比べ。似た印が世帯にあるときだけ、別の印の確かめが出る。"""

    見比べた = forms.BooleanField(label="印影と大きさを、申請書の印影・実物の印鑑と見比べた")
    別の印 = forms.BooleanField(label="世帯の人の印とは別の印であることを確かめた")

    def __init__(self, *args: Any, similar: bool, **kwargs: Any) -> None:
        """似た印がなければ、問わない。"""
        super().__init__(*args, **kwargs)
        if not similar:
            del self.fields["別の印"]
