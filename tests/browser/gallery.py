"""部品の見本帳を静的な頁に描く。 `python tests/browser/gallery.py 出力先`

業務もデータベースも使わず、設定もここで閉じる（見た目を直すとき一秒で見られるように）。値は gallery.yaml。
"""

import shutil
import sys
from pathlib import Path
from typing import Any

import django
import yaml
from django.conf import settings

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "src/tsugaru/platform/screens/static"


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


def shaped(data: dict[str, Any]) -> dict[str, Any]:
    """YAML の値を shapes の型に載せる（名前の食い違いはここで止まる）。"""
    from tsugaru.platform.screens import shapes as s

    def value(raw: Any) -> Any:
        if isinstance(raw, dict) and "withheld" in raw:
            return s.Withheld(raw["withheld"], raw.get("tail", ""))
        if isinstance(raw, dict):
            return {key: value(one) for key, one in raw.items()}
        return [value(one) for one in raw] if isinstance(raw, list) else raw

    def flags(one: dict[str, Any]) -> list[s.Flag]:
        return [s.Flag(**flag) for flag in one.pop("flags", [])]

    def entry(one: dict[str, Any]) -> s.Entry:
        return s.Entry(changes=[s.Change(**change) for change in one.pop("changes", [])], **one)

    def group(one: dict[str, Any]) -> s.MenuGroup:
        return s.MenuGroup(one["name"], [s.MenuItem(**item) for item in one["items"]])

    data = value(data)
    shell, household = data["shell"], data["household"]
    members = [s.Member(flags=flags(one), **one) for one in household.pop("members")]
    each = {"steps": s.Step, "items": s.Item, "differences": s.Difference, "columns": s.Column, "rows": s.Row}
    return (
        data
        | {
            "shell": {
                "municipality": s.Municipality(**shell["municipality"]),
                "staff": s.Staff(**shell["staff"]),
                "menu": [group(one) for one in shell["menu"]],
                "banner": shell["banner"],
                "csrf_token": "x",
            },
            "subject": s.Subject(flags=flags(data["subject"]), **data["subject"]),
            "household": s.Household(members=members, **household),
            "entries": [entry(one) for one in data["entries"]],
            "cards": [s.Card(**one) for one in data["cards"]],
            "error": s.ErrorPage(**data["error"]),
            "people": [
                s.PersonRow(url=f"/people/{n}", 宛名番号=f"{n:010d}", flags=flags(one), **one)
                for n, one in enumerate(dict(person) for person in data["people"] * 3)
            ],
        }
        | {name: [shape(**one) for one in data[name]] for name, shape in each.items()}
    )


def sample_form(data: dict[str, Any] | None) -> Any:
    """いろいろな欄をもつ見本のフォーム。"""
    from django import forms

    from tsugaru.platform.screens.fields import UncertainDateField, WarekiField
    from tsugaru.platform.screens.forms import ScreenForm
    from tsugaru.platform.screens.widgets import NumberInput

    class Sample(ScreenForm):
        moved = WarekiField(label="異動日")
        notified = WarekiField(label="届出日", help_text="窓口で受けた日")
        born = UncertainDateField(label="生年月日", required=False)
        family = forms.CharField(label="氏", max_length=40)
        given = forms.CharField(label="名", max_length=40)
        kana = forms.CharField(label="フリガナ", required=False)
        address = forms.CharField(label="新住所", help_text="町字から打てます")
        reason = forms.ChoiceField(label="異動事由", choices=enumerate(["転居", "世帯分離", "世帯合併"]))
        scope = forms.ChoiceField(
            label="範囲", widget=forms.RadioSelect, choices=enumerate(["世帯全員", "一部の世帯員"])
        )
        members = forms.MultipleChoiceField(
            label="異動する人",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=enumerate(["津軽 太郎", "津軽 花子", "津軽 りんご"]),
        )
        fee = forms.CharField(label="手数料", widget=NumberInput, required=False, help_text="円")
        note = forms.CharField(label="備考", widget=forms.Textarea(attrs={"rows": 2}), required=False)
        agreed = forms.BooleanField(label="届出人の本人確認をした")

    return Sample(data)


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

    data = shaped(yaml.safe_load((HERE / "gallery.yaml").read_text(encoding="utf-8")))
    shell = data.pop("shell")
    plain = {"municipality": shell["municipality"], "banner": shell["banner"]}
    bad = {"moved": "昭和64年1月8日", "family": "", "notified": "s630401", "born": "昭和10年頃", "scope": "0"}
    login = {"form": login_form(), "demo_accounts": data["accounts"]}
    error = {"error": data["error"], "back_url": "/", "retry_url": "/"}
    search = {"people": data["people"], "page": Paginator(range(60), 15).page(2), "query": "くどうさくら"}
    return {
        "gallery": ("screens/gallery.html", shell | data | {"form": sample_form(None)}),
        "invalid": ("screens/gallery.html", shell | data | {"form": sample_form(bad)}),
        "search": ("screens/gallery_search.html", shell | search),
        "login": ("screens/login.html", plain | login),
        "chooser": ("screens/chooser.html", {"municipalities": data["municipalities"]}),
        "error": ("screens/error.html", plain | error),
    }


def render(out: Path) -> None:
    """全部の頁と静的ファイルを out に書く。"""
    import django_htmx
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    shutil.copytree(STATIC, out / "static", dirs_exist_ok=True)
    shutil.copytree(Path(django_htmx.__file__).parent / "static", out / "static", dirs_exist_ok=True)
    for name, (template, context) in pages().items():
        request = RequestFactory().get(f"/{name}", {"q": "くどう"})
        html = render_to_string(template, context | {"request": request}, request=request)
        (out / f"{name}.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    configure()
    render(Path(sys.argv[1]))
