"""予期した誤り。番号・何が起きたか・どうすればよいかを必ず持つ。"""

from __future__ import annotations


class 業務エラー(Exception):
    """画面と一覧にそのまま出せる誤り。"""

    def __init__(
        self, code: str, message: str, remedy: str, 項目: str | None = None, 根拠: str | None = None
    ) -> None:
        self.code, self.message, self.remedy, self.項目, self.根拠 = code, message, remedy, 項目, 根拠
        super().__init__(str(self))

    def __str__(self) -> str:
        return f"{self.code} {self.message}{self.根拠 or ''}{self.remedy}"
