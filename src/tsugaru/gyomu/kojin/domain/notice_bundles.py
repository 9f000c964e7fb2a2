"""束を出す: 一通ずつの PDF と、通知番号・頁・要約の一覧（氏名も住所もない）の ZIP。

出すときにもう一度保護を見て、作った後に支援措置により伏せることになった人の載る一通と、作り直して古くなった一通を除く。
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from tsugaru.gyomu.kojin.domain import notifying
from tsugaru.gyomu.kojin.domain.notice_status import 担当の通知
from tsugaru.gyomu.kojin.domain.notifying import 通知の計画
from tsugaru.gyomu.kojin.models import 課税通知
from tsugaru.kernel.clock import Clock
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.documents import bulk
from tsugaru.platform.documents.bulk import Claim
from tsugaru.platform.documents.models import Document
from tsugaru.platform.identity.models import Seat

業務 = "kojin"
一覧の列 = ("通知番号", "様式", "まとまり", "頁", "要約", "ファイル")
日付 = (1980, 1, 1, 0, 0, 0)
"""ZIP の中の日付。時計を使わないので、同じ束からは同じバイト列ができる。"""
目的たち = ("印刷・封入の委託", "庁内での印刷・発送", "再発送")
一度に = 1024 * 1024


@dataclass(frozen=True, slots=True)
class 束の中身:
    """出す通知と、除く通知（古くなったもの・保護されたもの）。"""

    通知: tuple[課税通知, ...]
    古い: tuple[課税通知, ...]
    保護: tuple[課税通知, ...]

    @property
    def 頁数(self) -> int:
        """出す通知の頁の合計。"""
        pages = Document.objects.filter(pk__in=[row.文書 for row in self.通知]).values_list(
            "pages", flat=True
        )
        return sum(pages)


@dataclass(frozen=True, slots=True)
class 出し方:
    """誰が、何のために、どこへ出すか。"""

    何の束: str
    目的: str
    渡す先: str
    seat: Seat


def 束を開く(実行: int, 束: int) -> 束の中身:
    """束の番号の通知。"""
    return 分ける(課税通知.objects.filter(実行=実行, 束=束))


def 義務者の束を開く(実行: int, 指定番号: str) -> 束の中身:
    """一つの義務者の、義務者用と従業員の納税義務者用（作り直したものを含む）。"""
    return 分ける(課税通知.objects.filter(実行=実行, まとまり=指定番号))


def 担当の束を開く(計画: 通知の計画, *, seat: Seat) -> 束の中身:
    """いま支援措置により伏せる人の、作った通知。担当の権限と5分以内の本人確認がなければ門が断る。"""
    人 = sorted({one.相手 for one in 担当の通知(計画)})
    disclosure.reveal_addresses(seat, gyomu=業務, subjects=人, kinds=["住所"], unmask=True)
    rows = 課税通知.objects.filter(実行=計画.実行, 相手__in=人, 様式__in=(notifying.決定, notifying.変更))
    ordered = sorted(rows, key=lambda row: row.通知番号)
    今 = 今の回(ordered)
    通知 = [row for row in ordered if row.回 == 今[row.様式, row.相手, row.賦課の番]]
    return 束の中身(tuple(通知), tuple(row for row in ordered if row not in 通知), ())


def 分ける(rows: Iterable[課税通知]) -> 束の中身:
    """番号の順に。古いもの・保護されたものを除く。"""
    ordered = sorted(rows, key=lambda row: row.通知番号)
    今 = 今の回(ordered)
    hidden = disclosure.sheltered({人 for row in ordered for 人 in row.載る人})
    通知, 古い, 保護 = [], [], []
    for row in ordered:
        if row.回 != 今[row.様式, row.相手, row.賦課の番]:
            古い.append(row)
        elif hidden & set(row.載る人) - set(row.伏せた人):
            保護.append(row)
        else:
            通知.append(row)
    return 束の中身(tuple(通知), tuple(古い), tuple(保護))


def 今の回(rows: Sequence[課税通知]) -> dict[tuple[str, str, int], int]:
    """（様式, 相手, 賦課の番）→ 最も新しい回。作り直したものは束に入らないので、束の外も見る。"""
    実行 = {row.実行 for row in rows}
    found: dict[tuple[str, str, int], int] = {}
    again = 課税通知.objects.filter(実行__in=実行, 相手__in={row.相手 for row in rows}, 回__gt=1)
    for row in [*rows, *again]:
        鍵 = (row.様式, row.相手, row.賦課の番)
        found[鍵] = max(found.get(鍵, 0), row.回)
    return found


def 束を書く(中身: 束の中身, 出: 出し方, stream: IO[bytes], *, clock: Clock) -> str:
    """ZIP を書き、要約（SHA-256）を返す。一通ずつ要約と相手を確かめて渡し、渡したことと目的が監査に残る。"""
    claims = [Claim(request_id=row.文書, sha256=row.要約, subjects=tuple(row.載る人)) for row in 中身.通知]
    番号 = {row.文書: row for row in 中身.通知}
    一覧: list[tuple[object, ...]] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for one in bulk.hand(claims, gyomu=業務, seat=出.seat, clock=clock):
            row = 番号[one.claim.request_id]
            name = f"{row.通知番号}.pdf"
            archive.writestr(zipfile.ZipInfo(name, 日付), one.pdf)
            一覧.append((row.通知番号, row.様式, row.まとまり, one.pages, row.要約, name))
        archive.writestr(zipfile.ZipInfo("manifest.csv", 日付), _一覧にする(一覧))
    要約 = _要約(stream)
    audit.record(
        act="通知の束の出力", gyomu=業務, subjects=sorted({人 for row in 中身.通知 for 人 in row.載る人}),
        detail={
            "束": 出.何の束, "通": len(中身.通知), "除いた": len(中身.古い) + len(中身.保護), "要約": 要約,
            "目的": 出.目的, "渡す先": 出.渡す先,
        },
    )  # fmt: skip
    return 要約


def _一覧にする(rows: Sequence[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(一覧の列)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _要約(stream: IO[bytes]) -> str:
    stream.seek(0)
    hasher = hashlib.sha256()
    while part := stream.read(一度に):
        hasher.update(part)
    stream.seek(0)
    return hasher.hexdigest()
