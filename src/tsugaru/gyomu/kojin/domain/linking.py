"""名寄せ: 資料が誰のものか。自動で結ぶのは疑いのないときだけで、ほかは候補とともに人が決める。

自動で結ぶ二つの道
    番号   個人番号（申告なら宛名番号の記載）の人がちょうど一人で、生年月日と、氏名かカナが合う
    四つ   番号の記載がなく、今の氏名・カナ・生年月日・住所の全てが合う人がちょうど一人
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.kojin.domain.intake import 手がかり
from tsugaru.gyomu.kojin.models import 名寄せ, 結ぶ候補, 課税資料
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import matching
from tsugaru.platform.tenancy.locks import lock

個人番号 = "個人番号"
COPY = (
    'COPY "kojin_名寄せ" ("資料_id", "番", "宛名番号", "自動", "根拠", "理由", "入力者", "日時") FROM STDIN'
)


@dataclass(frozen=True, slots=True)
class 候補:
    """一人の候補と、合った項目。住所 が None なら、保護されているか住所がない。"""

    宛名番号: str
    番号: bool
    氏名: bool
    カナ: bool
    今の名: bool
    住所: bool | None

    @property
    def 合う項目(self) -> list[str]:
        """画面に出す、合った項目の名。"""
        names = {"個人番号": self.番号, "氏名": self.氏名, "カナ": self.カナ, "住所": bool(self.住所)}
        return ["生年月日", *(名 for 名, 合う in names.items() if 合う)]


@dataclass(frozen=True, slots=True)
class 照らした:
    """一枚の資料を照らした結果。結ぶ は自動で結ぶ人（なければ空）。"""

    結ぶ: str
    根拠: str
    候補: tuple[候補, ...]


def 照らす(資料: Sequence[課税資料], 手: Sequence[手がかり], *, 都道府県: str) -> list[照らした]:
    """資料ごとに候補を集め、疑いのない一人がいれば結ぶ。二つの列は同じ順。"""
    people = atena.まとめて合わせる([atena.書かれた人(s.氏名, s.カナ, s.生年月日) for s in 資料])
    holders = matching.holders(個人番号, [one.個人番号 for one in 手])
    places = _住所(people, 手, 都道府県)
    return [
        _照らした(one, owners, found, place)
        for one, owners, found, place in zip(手, holders, people, places, strict=True)
    ]


def _住所(
    people: Sequence[Sequence[atena.合い方]], 手: Sequence[手がかり], 都道府県: str
) -> list[dict[str, bool | None]]:
    """資料ごとの、宛名番号 → 書かれた場所が今の住所と同じか。"""
    numbers = juki.今の住所番号(sorted({p.宛名番号 for found in people for p in found}))
    asked = [
        (place, p.宛名番号, numbers[p.宛名番号], one.住所.removeprefix(都道府県))
        for place, (found, one) in enumerate(zip(people, 手, strict=True))
        for p in found
        if p.宛名番号 in numbers
    ]
    answers = matching.same_places([(number, text) for _, _, number, text in asked])
    result: list[dict[str, bool | None]] = [{} for _ in 手]
    for (place, subject, _, _), same in zip(asked, answers, strict=True):
        result[place][subject] = same
    return result


def _照らした(
    手: 手がかり,
    owners: frozenset[str],
    found: Sequence[atena.合い方],
    place: Mapping[str, bool | None],
) -> 照らした:
    listed = tuple(
        候補(p.宛名番号, p.宛名番号 in owners, p.氏名, p.カナ, p.今の名, place.get(p.宛名番号)) for p in found
    )
    named = {手.宛名番号} if 手.宛名番号 else owners
    if named:
        sure = [one for one in listed if one.宛名番号 in named]
        basis = "宛名番号・生年月日・氏名" if 手.宛名番号 else "個人番号・生年月日・氏名"
        ok = len(named) == 1 and len(sure) == 1
        return 照らした(sure[0].宛名番号 if ok else "", basis if ok else "", listed)
    sure = [one for one in listed if one.今の名 and one.住所]
    ok = len(sure) == 1 and not 手.個人番号
    return 照らした(sure[0].宛名番号 if ok else "", "氏名・カナ・生年月日・住所" if ok else "", listed)


def 自動で結ぶ(
    届け物: int, 手: Sequence[手がかり], *, 都道府県: str, 職員: str, clock: Clock
) -> tuple[int, int]:
    """届け物の資料を結ぶ。返すのは（結んだ数, 人が決める数）。"""
    with transaction.atomic():
        rows = {one.行: one for one in 課税資料.objects.filter(届け物=届け物)}
        資料 = [rows[one.行] for one in 手]
        found = 照らす(資料, 手, 都道府県=都道府県)
        sure = [(s, one) for s, one in zip(資料, found, strict=True) if one.結ぶ]
        now = clock.now()
        with connection.cursor() as cursor, cursor.copy(COPY) as stream:
            for s, one in sure:
                stream.write_row((s.pk, 1, one.結ぶ, True, one.根拠, "", 職員, now))
        left = [(s, one) for s, one in zip(資料, found, strict=True) if not one.結ぶ]
        結ぶ候補.objects.bulk_create(_候補の行(s, c) for s, one in left for c in one.候補)
        detail = {"delivery": 届け物, "linked": len(sure), "left": len(資料) - len(sure)}
        audit.record(act="課税資料の名寄せ", gyomu="kojin", detail=detail)
    return len(sure), len(資料) - len(sure)


def _候補の行(資料: 課税資料, c: 候補) -> 結ぶ候補:
    return 結ぶ候補(
        資料=資料, 宛名番号=c.宛名番号, 番号=c.番号, 氏名=c.氏名, カナ=c.カナ, 今の名=c.今の名, 住所=c.住所
    )


def 書き留めた候補(資料番号: int) -> list[候補]:
    """照らしたときの候補（合う項目の多い順）。"""
    rows = 結ぶ候補.objects.filter(資料=資料番号)
    found = [候補(r.宛名番号, r.番号, r.氏名, r.カナ, r.今の名, r.住所) for r in rows]
    return sorted(found, key=lambda c: (-len(c.合う項目), c.宛名番号))


def 次の資料(年度: int, 後: int = 0) -> 課税資料 | None:
    """まだ決まっていない次の資料。終わりまで来たら初めに戻る。"""
    waiting = 課税資料.objects.filter(課税年度=年度, 判断=None).order_by("pk")
    return waiting.filter(pk__gt=後).first() or waiting.first()


def 今の判断(資料番号: int) -> 名寄せ | None:
    """その資料の、最も新しい判断。"""
    return 名寄せ.objects.filter(資料=資料番号).order_by("-番").first()


def 決める(資料番号: int, 宛名番号: str, *, 理由: str, 基の番: int, 職員: str, clock: Clock) -> 名寄せ:
    """人が決める（宛名番号が空なら「この団体の人でない」）。見ている間に誰かが決めていれば KJ-2202。"""
    if not 理由.strip():
        raise 業務エラー(
            "KJ-2201", "名寄せの理由がありません。", "何を見てその人と決めたかを書いてください。", 項目="理由"
        )
    with transaction.atomic():
        lock("kojin/source", [str(資料番号)])
        資料 = 課税資料.objects.get(pk=資料番号)
        before = 今の判断(資料.pk)
        if (before.番 if before else 0) != 基の番:
            raise 業務エラー(
                "KJ-2202",
                "見ている間に、ほかの職員がこの資料の名寄せを決めました。",
                "開き直して確かめてください。",
            )
        if 宛名番号 and 宛名番号 not in atena.見出しを読む([宛名番号]):
            raise 業務エラー(
                "KJ-2203",
                f"宛名番号 {宛名番号} の人はいません。",
                "番号を確かめてください。",
                項目="宛名番号",
            )
        row = 名寄せ.objects.create(
            資料=資料,
            番=基の番 + 1,
            宛名番号=宛名番号,
            根拠="職員の判断",
            理由=理由,
            入力者=職員,
            日時=clock.now(),
        )
        audit.record(
            act="課税資料の名寄せ（判断）", subjects=[宛名番号] if 宛名番号 else [], gyomu="kojin",
            detail={"source": 資料.pk, "number": row.番},
        )  # fmt: skip
    return row


def 決まっていない数(年度: int) -> int:
    """判断の一つもない資料の数。一つでもあれば当初賦課は始まらない。"""
    return 課税資料.objects.filter(課税年度=年度, 判断=None).count()
