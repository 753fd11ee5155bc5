"""A share of a core for each of several processes: small machines on a large one.

By the kernel's control groups, in either of their versions; root alone may make some.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PERIOD = 20_000  # µs, a fifth of what is usual: whoever has used up a share is let on again soon
_OF_PROCESSORS = Path("/sys/fs/cgroup/cpu")  # the first version has a tree for each resource
_UNIFIED = Path("/sys/fs/cgroup")


def may_share() -> bool:
    return os.access(_tree() / "cgroup.procs", os.W_OK)


@contextmanager
def shared(processes: Sequence[int], cores: float) -> Iterator[None]:
    """Let each of these processes have no more than so much of the cores, all its threads together."""
    groups = [Path(tempfile.mkdtemp(prefix="tanggap-share-", dir=_tree())) for _ in processes]
    try:
        for group, process in zip(groups, processes, strict=True):
            _limit(group, round(cores * _PERIOD))
            (group / "cgroup.procs").write_text(str(process))
        yield
    finally:
        for group, process in zip(groups, processes, strict=True):
            (_tree() / "cgroup.procs").write_text(str(process))
            group.rmdir()


def _tree() -> Path:
    return _OF_PROCESSORS if _OF_PROCESSORS.is_dir() else _UNIFIED


def _limit(group: Path, microseconds: int) -> None:
    """Let a group work so long in each period."""
    if (group / "cpu.cfs_quota_us").exists():
        (group / "cpu.cfs_period_us").write_text(str(_PERIOD))
        (group / "cpu.cfs_quota_us").write_text(str(microseconds))
    else:
        (group / "cpu.max").write_text(f"{microseconds} {_PERIOD}")
