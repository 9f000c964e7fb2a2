"""Chromium が無いことが、試験の失敗として見える。"""

from pathlib import Path

import pytest
from tests.browser import chrome

pytestmark = pytest.mark.browser


def test_Chromiumが無ければ飛ばさずに落ち入れ方を言う(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(chrome, "CHROMIUM", tmp_path / "chromium")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"), chrome.launched():
        pass
