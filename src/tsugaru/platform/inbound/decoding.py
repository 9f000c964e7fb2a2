"""バイト列を文字にする。推し量って読み替えることはしない。読めなければ、どこが・なぜかを言って断る。"""

from __future__ import annotations

import codecs

from tsugaru.platform.inbound.shapes import Found

RESEND = "差出人に、決めた符号で作り直したファイルを頼んでください。"


def decode(content: bytes, encoding: str) -> tuple[str, list[Found]]:
    """（文字, 断る理由）。理由があるとき文字は空。"""
    if b"\x00" in content:
        return "", [_refusal(content, content.index(b"\x00"), "IB-0101", "NUL（0x00）が混ざっています")]
    if encoding != "utf-8" and _is_utf8(content):
        return "", [
            _refusal(content, 0, "IB-0102", f"符号は {encoding} のはずですが、UTF-8 で書かれています")
        ]
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode(encoding), []
    except UnicodeDecodeError as error:
        return "", [_refusal(content, error.start, "IB-0103", _why(content, encoding, error))]


def _is_utf8(content: bytes) -> bool:
    """日本語の UTF-8 か。全体が UTF-8 として読め、三バイトの字があること。"""
    if content.isascii():
        return False
    try:
        return any(ord(char) > 0x7FF for char in content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _why(content: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    place = content[error.start : error.end].hex(" ").upper()
    line = content[content.rfind(b"\n", 0, error.start) + 1 :].split(b"\n", 1)[0]
    mixed = "。この行だけ UTF-8 で書かれているようです" if encoding != "utf-8" and _is_utf8(line) else ""
    return f"{encoding} では読めないバイト（{place}）があります{mixed}"


def _refusal(content: bytes, place: int, code: str, reason: str) -> Found:
    return Found(content.count(b"\n", 0, place) + 1, "", code, f"{reason}。", RESEND)
