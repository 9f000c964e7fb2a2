"""壊す試験の土台。書き換えの試験は、確定する団体を web の試験と同じ作り方で持つ。"""

from tests.web.conftest import web_towns

__all__ = ["web_towns"]
