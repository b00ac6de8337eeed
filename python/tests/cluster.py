"""A cluster on this machine: executors are processes of their own, and all of it speaks over loopback alone."""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
EXECUTOR = "CoarseGrainedExecutorBackend"
LISTENS = "0A"


def started(executors: int, home: Path, scratch: Path, memory_mb: int = 1024) -> Any:
    """A session with so many executors of one core."""
    os.environ.update(SPARK_HOME=str(home), PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP=LOOPBACK, SPARK_LOCAL_HOSTNAME="localhost")
    # Executors find what tests import too.
    here = str(Path(__file__).parent)
    os.environ["PYTHONPATH"] = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local-cluster[{executors},1,{memory_mb}]").appName("maillage")
    settings = {
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.host": "localhost",
        "spark.ui.enabled": "false",
        "spark.executor.memory": f"{memory_mb}m",
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def ours() -> dict[int, str]:
    """The processes that come from this one, with their words."""
    parents: dict[int, int] = {}
    words: dict[int, str] = {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                status = (process / "stat").read_text()
                words[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            parents[int(process.name)] = int(status.rpartition(")")[2].split()[1])
    found = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {child: words[child] for child in found if child in words}


def executors() -> list[int]:
    """The processes of executors."""
    return sorted(process for process, words in ours().items() if EXECUTOR in words and "java" in words)


def listening() -> list[ipaddress.IPv6Address]:
    """The addresses at which our processes listen."""
    sockets = set()
    for process in ours():
        try:
            sockets |= {os.readlink(file) for file in Path(f"/proc/{process}/fd").iterdir()}
        except OSError:
            continue
    addresses = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not Path(table).exists():
            continue
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTENS and f"socket:[{fields[9]}]" in sockets:
                addresses.append(address(fields[1].partition(":")[0]))
    return addresses


def address(hexadecimal: str) -> ipaddress.IPv6Address:
    """As the kernel writes it: words of four bytes, each turned round."""
    words = bytes.fromhex(hexadecimal)
    turned = b"".join(words[at : at + 4][::-1] for at in range(0, len(words), 4))
    mapped = b"\0" * 10 + b"\xff" * 2 + turned if len(turned) == 4 else turned
    return ipaddress.IPv6Address(mapped)
