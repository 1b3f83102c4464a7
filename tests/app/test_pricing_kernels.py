"""The desk's kernels: compiled beside the loop, handed over on it, and never missed where they cannot be had."""

import asyncio
import dataclasses
import logging
import sys
import threading
from collections.abc import Callable

import pytest

from terminal.app import pricing_kernels
from terminal.app.pricing_kernels import compile_beside, compile_or_say_why
from terminal.pricing.compiled.kernels import Kernels


@pytest.fixture
def has_llvm() -> None:
    pytest.importorskip("llvmlite", reason="llvmlite has no wheel here: numpy prices")


def without_llvm(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a system for which llvmlite has no wheel."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "llvmlite"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "terminal.pricing.compiled.compiler", raising=False)
    monkeypatch.setattr("sys.meta_path", [_NoLlvm(), *sys.meta_path])


class _NoLlvm:
    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] == "llvmlite":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@pytest.mark.usefixtures("has_llvm")
def test_they_come_from_a_thread_and_are_handed_over_on_the_loop(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    given: list[tuple[Kernels, threading.Thread]] = []

    async def desk() -> None:
        is_up = asyncio.Event()
        work = asyncio.create_task(
            compile_beside(is_up, lambda kernels: given.append((kernels, threading.current_thread())), 0.0)
        )
        await asyncio.sleep(0)
        # Nothing before the chain is on screen
        assert not [t for t in threading.enumerate() if t.name == "pricing kernels"]
        is_up.set()
        await work

    asyncio.run(desk())
    ((kernels, thread),) = given
    assert thread is threading.main_thread()
    assert kernels.processor in caplog.text
    assert "prices by kernels compiled for" in caplog.text


def test_a_desk_that_ends_meanwhile_does_not_wait_for_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Kernels] = []
    may_end = threading.Event()

    async def desk() -> None:
        is_up = asyncio.Event()
        is_up.set()
        loop, started = asyncio.get_running_loop(), asyncio.Event()

        def compile_late() -> Kernels | None:
            loop.call_soon_threadsafe(started.set)
            # A slow disk, a slow machine; much later than the desk's end
            may_end.wait(5.0)
            return None

        monkeypatch.setattr(pricing_kernels, "compile_or_say_why", compile_late)
        work = asyncio.create_task(compile_beside(is_up, given.append, 0.0))
        await started.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        # Orders can be taken out now
        (thread,) = (t for t in threading.enumerate() if t.name == "pricing kernels")
        may_end.set()
        await asyncio.to_thread(thread.join)

    asyncio.run(desk())
    assert not given


def test_without_llvm_numpy_prices_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    without_llvm(monkeypatch)
    given: list[Kernels] = []

    async def desk() -> None:
        is_up = asyncio.Event()
        is_up.set()
        await compile_beside(is_up, given.append, 0.0)

    asyncio.run(desk())
    assert not given
    assert "prices by numpy: no compiled kernels, as llvmlite cannot be loaded" in caplog.text


@pytest.mark.usefixtures("has_llvm")
def test_a_processor_that_llvm_refuses_is_no_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from terminal.pricing.compiled import compiler

    caplog.set_level(logging.INFO)
    monkeypatch.setattr(compiler, "assembly", lambda: "this is no assembly")
    assert compile_or_say_why() is None
    assert "as LLVM refused" in caplog.text


@pytest.mark.usefixtures("has_llvm")
def test_kernels_are_kept_where_the_system_does_not_say_what_is_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    def hidden(_package: str) -> None:
        raise PermissionError("/proc/self/smaps")

    monkeypatch.setattr(pricing_kernels, "let_go", hidden)
    assert compile_or_say_why() is not None


@pytest.mark.usefixtures("has_llvm")
def test_a_binding_that_has_changed_leaves_numpy_and_the_collector_at_work(
    monkeypatch: pytest.MonkeyPatch, expected_warnings: Callable[[str], None]
) -> None:
    from terminal.pricing.compiled import compiler

    given: list[Kernels] = []

    def unknown() -> Kernels:
        raise AttributeError("module 'llvmlite.binding' has no attribute 'create_mcjit_compiler'")

    async def desk() -> None:
        is_up = asyncio.Event()
        is_up.set()
        async with asyncio.timeout(20.0):
            await compile_beside(is_up, given.append, 0.0)

    monkeypatch.setattr(compiler, "compile_kernels", unknown)
    expected_warnings("prices by numpy: compiling the kernels failed")
    asyncio.run(desk())
    assert not given


@pytest.mark.usefixtures("has_llvm")
def test_kernels_that_compute_something_else_are_not_used(
    monkeypatch: pytest.MonkeyPatch, expected_warnings: Callable[[str], None]
) -> None:
    from terminal.pricing.compiled import compiler

    right = compiler.compile_kernels()
    wrong = dataclasses.replace(right, value=lambda *_: 0.0)
    monkeypatch.setattr(compiler, "compile_kernels", lambda: wrong)
    expected_warnings("prices by numpy: kernels compiled for .* compute something else")
    assert compile_or_say_why() is None
