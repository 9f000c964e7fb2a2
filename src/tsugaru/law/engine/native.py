"""LLVM の本文を、この機械の命令に訳す。訳は置き場に残り、次の起動は訳さずに読み込む。

訳の名は、本文と LLVM の版とこの機械の CPU から作る。規則が一字でも変われば別の名になり、古い訳は使われない。
本文が同じ年度は一つの訳を共に使う。壊れた訳（要約値が合わない）は捨てて訳し直す。
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm

型 = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64, ctypes.c_void_p)
"""（列の番地の並び、員の初めの番号、初めの人、終わりの人、定めの列）。呼んでいる間、ほかのスレッドは止まらない。"""


@dataclass(frozen=True, slots=True)
class 訳:
    """読み込んだ関数。`実行器` が残っている間だけ呼べる。"""

    呼ぶ: Any
    実行器: Any


@cache
def 訳す(本文: str, 入口: str, 置き場: Path) -> 訳:
    """本文の訳。置き場になければ訳して残す。"""
    場所 = 置き場 / f"law_{_名(本文)}.o"
    命令 = _読む(場所)
    if 命令 is None:
        命令 = _翻訳する(本文)
        _残す(場所, 命令)
    実行器 = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _機械())
    実行器.add_object_file(llvm.ObjectFileRef.from_data(命令))
    実行器.finalize_object()
    return 訳(型(実行器.get_function_address(入口)), 実行器)


def _機械() -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    対象 = llvm.Target.from_default_triple()
    return 対象.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=2,
        jit=True,
        codemodel="jitdefault",
    )


def _名(本文: str) -> str:
    種 = [本文, str(llvm.llvm_version_info), llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()]
    return hashlib.sha256("\0".join(種).encode()).hexdigest()[:24]


def _翻訳する(本文: str) -> bytes:
    機械 = _機械()
    部品 = llvm.parse_assembly(本文)
    部品.verify()
    調え手 = llvm.create_pass_builder(機械, llvm.create_pipeline_tuning_options(speed_level=2))
    調え手.getModulePassManager().run(部品, 調え手)
    return bytes(機械.emit_object(部品))


def _読む(場所: Path) -> bytes | None:
    if not 場所.exists():
        return None
    中身 = 場所.read_bytes()
    要約, 命令 = 中身[:32], 中身[32:]
    return 命令 if hashlib.sha256(命令).digest() == 要約 else None


def _残す(場所: Path, 命令: bytes) -> None:
    """書き終えてから名を付ける。同時に訳した別の工程と、半分の訳を読み合わない。"""
    場所.parent.mkdir(parents=True, exist_ok=True)
    手, 仮 = tempfile.mkstemp(dir=場所.parent)
    with os.fdopen(手, "wb") as 先:
        先.write(hashlib.sha256(命令).digest() + 命令)
    Path(仮).replace(場所)
