"""届くはずのもの・ファイル・誤り・解消・反映。"""

from tsugaru.platform.inbound.models.delivery import Delivery
from tsugaru.platform.inbound.models.fault import Fault
from tsugaru.platform.inbound.models.file import File, FileState
from tsugaru.platform.inbound.models.posting import Posting
from tsugaru.platform.inbound.models.resolution import Action, Resolution

__all__ = ["Action", "Delivery", "Fault", "File", "FileState", "Posting", "Resolution"]
