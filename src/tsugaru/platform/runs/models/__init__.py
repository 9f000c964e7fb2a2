"""実行・中身・束・署名・進み。"""

from tsugaru.platform.runs.models.blob import Blob
from tsugaru.platform.runs.models.bucket import Bucket, Cause, Signature
from tsugaru.platform.runs.models.progress import Progress
from tsugaru.platform.runs.models.run import Kind, Run, State

__all__ = ["Blob", "Bucket", "Cause", "Kind", "Progress", "Run", "Signature", "State"]
