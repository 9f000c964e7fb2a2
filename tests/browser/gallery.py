"""部品の見本帳を静的な頁に描く。 `python tests/browser/gallery.py 出力先`

業務もデータベースも使わず、設定もここだけで閉じる（見た目を直すときに一秒で見られるように）。人はみな架空である。
"""

import shutil
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


def configure() -> None:
    """描くのに足りるだけの設定。"""
    settings.configure(
        SECRET_KEY="gallery",
        USE_TZ=True,
        TIME_ZONE="Asia/Tokyo",
        LANGUAGE_CODE="ja",
        STATIC_URL="/static/",
        INSTALLED_APPS=["tsugaru.platform.screens", "django_htmx", "django.contrib.staticfiles"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    )
    django.setup()


def form(data: dict[str, Any] | None) -> Any:
    """いろいろな欄をもつ見本のフォーム。"""
    from django import forms

    from tsugaru.platform.screens.widgets import NumberInput, WarekiInput

    class Sample(forms.Form):
        moved = forms.CharField(label="異動日", widget=WarekiInput)
        notified = forms.CharField(label="届出日", widget=WarekiInput, help_text="窓口で受けた日")
        family = forms.CharField(label="氏", max_length=40)
        given = forms.CharField(label="名", max_length=40)
        kana = forms.CharField(label="フリガナ", required=False)
        address = forms.CharField(label="新住所", help_text="町字から打てます")
        reason = forms.ChoiceField(
            label="異動事由", choices=[("1", "転居"), ("2", "世帯分離"), ("3", "世帯合併")]
        )
        scope = forms.ChoiceField(
            label="範囲", widget=forms.RadioSelect, choices=[("all", "世帯全員"), ("some", "一部の世帯員")]
        )
        members = forms.MultipleChoiceField(
            label="異動する人", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[("1", "津軽 太郎"), ("2", "津軽 花子"), ("3", "津軽 りんご")],
        )  # fmt: skip
        fee = forms.CharField(label="手数料", widget=NumberInput, required=False, help_text="円")
        note = forms.CharField(label="備考", widget=forms.Textarea(attrs={"rows": 2}), required=False)
        agreed = forms.BooleanField(label="届出人の本人確認をした")

    return Sample(data)


def shell() -> dict[str, Any]:
    """どの頁にも渡す外枠の値。"""
    from tsugaru.platform.screens.shapes import MenuGroup, MenuItem, Municipality, Staff

    groups = [
        ("窓口", "住民記録 印鑑登録 住登外・宛名 支援措置"),
        ("福祉", "児童手当 介護保険 障害者福祉"),
        ("税", "個人住民税 固定資産税 軽自動車税 収納管理 滞納管理"),
        ("共通", "決裁待ち 帳票・交付履歴 権限 監査記録"),
    ]
    menu = [
        MenuGroup(
            name,
            [MenuItem(item, f"/{n}", current=item == "住民記録") for n, item in enumerate(items.split())],
        )
        for name, items in groups
    ]
    return {
        "municipality": Municipality("架空市"),
        "staff": Staff(氏名="岩木 一郎", 所属="市民課 市民係"),
        "menu": menu,
        "banner": "試用の環境です。住民はすべて合成データで、実在の人とは関わりがありません。",
        "csrf_token": "x",
    }


def in_hand() -> dict[str, Any]:
    """手元の人と世帯。"""
    from tsugaru.platform.screens.shapes import Flag, Household, Member, Subject

    support = Flag("支援措置", note="令和8年12月31日まで")
    subject = Subject(
        宛名番号="0001234565", 氏名="津軽\u3000太郎", フリガナ="ツガル\u3000タロウ", 生年月日表示="昭和63年4月1日",
        年齢=38, 性別="男", 住民状態="住民", 世帯番号="0000456780", 続柄="世帯主", url="/people/0001234565",
        alert=True, flags=[support, Flag("仮登録あり", "warning")],
    )  # fmt: skip
    members = [
        Member(氏名="津軽\u3000太郎", 続柄="世帯主", 生年月日表示="昭和63年4月1日", 年齢=38, current=True, flags=[support]),
        Member(氏名="津軽\u3000花子", 続柄="妻", 生年月日表示="平成2年11月30日", 年齢=35, url="/people/2"),
        Member(氏名="津軽\u3000りんご", 続柄="子", 生年月日表示="平成30年7月7日", 年齢=8, url="/people/3"),
        Member(
            氏名="TSUGARU MARIA LOURDES", 続柄="母", 生年月日表示="1959年2月日不詳", 年齢=None, url="/people/4",
            住民状態="転出予定", status_kind="warning",
        ),
    ]  # fmt: skip
    from tsugaru.platform.screens.shapes import Withheld

    household = Household(世帯番号="0000456780", 住所=Withheld("支援措置"), members=members)
    return {"subject": subject, "household": household}


def blocks() -> dict[str, Any]:
    """部品ごとの見本の値。"""
    from tsugaru.platform.screens.shapes import (
        Card,
        Change,
        Column,
        Difference,
        Entry,
        Item,
        Row,
        Step,
        Withheld,
    )

    return {
        "steps": [
            Step("仮登録", "done", "岩木 一郎 11月24日 9:12"), Step("審査", "done", "黒石 花 9:20"),
            Step("決裁", "current", "市民係長"), Step("本登録", "todo"),
        ],
        "items": [
            Item("氏名", "津軽\u3000太郎", "name"), Item("旧氏", None), Item("生年月日", "昭和63年4月1日", note="1988-04-01"),
            Item("住所", Withheld("支援措置")), Item("本籍", Withheld("支援措置")), Item("個人番号", Withheld("権限", "********")),
            Item("住民となった日", "平成30年3月28日", note="転入（国内）"), Item("手数料", 300, "yen"),
        ],
        "entries": [
            Entry(異動日="令和8年4月1日", 異動事由="転居", 区分="修正", kind="info", 届出日="令和8年4月3日",
                  処理日時="令和8年4月3日 10:21", 入力者="市民課 岩木 一郎", 履歴番号=5,
                  changes=[Change("住所", Withheld("支援措置"), Withheld("支援措置"))]),
            Entry(異動日="令和7年12月1日", 異動事由="世帯主変更", 区分="修正", kind="info", 届出日="令和7年12月1日",
                  入力者="市民課 黒石 花", 履歴番号=4, cancelled=True, changes=[Change("続柄", "世帯主", "子")]),
            Entry(異動日="平成30年3月28日", 異動事由="転入（国内）", 区分="記載", kind="success", 届出日="平成30年3月30日",
                  処理日時="平成30年3月30日 14:02", 入力者="市民課", 履歴番号=1),
        ],
        "cards": [
            Card(name="住民記録", url="/juki", key=1, summary="住民（世帯主）", lines="4人世帯"),
            Card(name="印鑑登録", url="/inkan", key=2, summary="登録あり", lines="平成31年2月1日 登録", flag="一時停止"),
            Card(name="個人住民税", url="/kojin", key=3, summary="令和8年度 課税", lines="特別徴収"),
            Card(name="児童手当", url="/jidoteate", key=4, summary="受給者", lines="児童 1人"),
            Card(name="介護保険", url="/kaigo", key=5, none=True), Card(name="軽自動車税", url="/keiji", key=6, none=True),
        ],
        "differences": [
            Difference("氏名", "津軽\u3000太郎", "津軽\u3000太郎", "name"), Difference("異動日", None, "令和8年4月1日"),
            Difference("住所", "大字上町一番地1", "大字下町二丁目3番地4 下町団地 201号"), Difference("手数料", 300, 0, "yen"),
        ],
        "columns": [Column("発行番号"), Column("証明書"), Column("氏名", "name"), Column("交付日", "date"), Column("通数", "number"), Column("手数料", "yen")],
        "rows": [
            Row(["R8-000123", "住民票の写し", "津軽\u3000太郎", "令和8年4月3日", 2, 600], url="/d/1"),
            Row(["R8-000124", "印鑑登録証明書", "邊見\u3000﨑子", "令和8年4月3日", 1, 300], url="/d/2", alert=True),
            Row(["R8-000125", "住民票の写し（返金）", "髙橋\u3000德一", "令和8年4月4日", 1, -300], url="/d/3", ended=True),
        ],
    }  # fmt: skip


def people() -> list[Any]:
    """検索結果の見本。同姓同名、外国人、除票、支援措置を含む。"""
    from tsugaru.platform.screens.shapes import Flag, PersonRow, Withheld

    names = [
        (
            "工藤\u3000さくら",
            "クドウ\u3000サクラ",
            "平成2年5月3日",
            36,
            "女",
            "大字北町三丁目1番地5",
            "妻",
            "住民",
            "info",
        ),
        (
            "工藤\u3000さくら",
            "クドウ\u3000サクラ",
            "令和元年5月1日",
            7,
            "女",
            "大字南町10番地",
            "子",
            "住民",
            "info",
        ),
        (
            "工藤\u3000櫻",
            "クドウ\u3000サクラ",
            "昭和10年頃",
            None,
            "女",
            "大字西町2番地",
            "世帯主",
            "死亡",
            "ended",
        ),
        (
            "KUDO SAKURA",
            "クドー\u3000サクラ",
            "1995年12月9日",
            30,
            "女",
            "大字東町8番地2 東荘 103号",
            "世帯主",
            "転出",
            "neutral",
        ),
        (
            "工籐\u3000咲良",
            "クドウ\u3000サクラ",
            "平成15年8月20日",
            23,
            "女",
            Withheld("支援措置"),
            "世帯主",
            "住民",
            "info",
        ),
    ]
    flags = {4: [Flag("抑止：係へ照会")]}
    rows = [*names, *names, *names]
    return [
        PersonRow(
            url=f"/people/{n}", 宛名番号=f"{n:010d}", 氏名=name, フリガナ=kana, 生年月日表示=born, 年齢=age, 性別=sex,
            住所=place, 続柄=relation, 住民状態=state, status_kind=kind, flags=flags.get(n % 5, ()),
            matched="旧姓 佐藤" if n == 3 else "",
        )
        for n, (name, kana, born, age, sex, place, relation, state, kind) in enumerate(rows)
    ]  # fmt: skip


def login_form() -> Any:
    """ログインの三欄。"""
    from django import forms

    class Login(forms.Form):
        number = forms.CharField(label="職員番号")
        password = forms.CharField(label="パスワード", widget=forms.PasswordInput)
        code = forms.CharField(label="確認番号", help_text="認証アプリの6桁")

    return Login()


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """頁の名前 → (テンプレート, 値)。"""
    from django.core.paginator import Paginator

    from tsugaru.platform.screens.shapes import ErrorPage, Municipality

    bad = {"moved": "昭和64年1月8日", "family": "", "notified": "s630401", "scope": "all"}
    accounts = [
        {"職員番号": "100001", "氏名": "岩木 一郎", "所属": "市民課 市民係", "password": "ringo-no-hana-saku", "code": "482913", "note": "受付と入力"},
        {"職員番号": "100002", "氏名": "黒石 花", "所属": "市民課 係長", "password": "ringo-no-hana-chiru", "code": "113902", "note": "審査と決裁"},
    ]  # fmt: skip
    towns = [
        {"name": f"架空{n}", "kana": "カクウ", "url": "/", "note": "合成データ 1,000人"}
        for n in ("市", "町", "村")
    ]
    error = ErrorPage(
        code="JT-0409", title="ほかの人がこの人を編集しています", what="津軽 花子さん（市民課）が 9時12分から編集しています。",
        remedy="終わるのを待つか、本人に声をかけてください。5分操作が無ければ自動で解けます。", request_id="7f3a-22c1",
    )  # fmt: skip
    plain = {"municipality": Municipality("架空市"), "banner": shell()["banner"]}
    page = Paginator(people() * 4, 15).page(2)
    return {
        "gallery": ("screens/gallery.html", shell() | in_hand() | blocks() | {"form": form(None)}),
        "invalid": ("screens/gallery.html", shell() | in_hand() | blocks() | {"form": form(bad)}),
        "search": (
            "screens/gallery_search.html",
            shell() | {"people": people(), "page": page, "query": "くどうさくら"},
        ),
        "login": ("screens/login.html", plain | {"form": login_form(), "demo_accounts": accounts}),
        "chooser": ("screens/chooser.html", {"municipalities": towns}),
        "error": ("screens/error.html", plain | {"error": error, "back_url": "/", "retry_url": "/"}),
    }


def render(out: Path) -> None:
    """全部の頁と静的ファイルを out に書く。"""
    import django_htmx
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    shutil.copytree(ROOT / "src/tsugaru/platform/screens/static", out / "static")
    shutil.copytree(Path(django_htmx.__file__).parent / "static", out / "static", dirs_exist_ok=True)
    for name, (template, context) in pages().items():
        request = RequestFactory().get(f"/{name}", {"q": "くどう"})
        html = render_to_string(template, context | {"request": request}, request=request)
        (out / f"{name}.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    configure()
    render(Path(sys.argv[1]))
