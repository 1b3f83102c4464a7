"""numpy with one thread, and the stand-in for scipy.special; in a process each: imports last as long as it does."""

import os
import subprocess
import sys

import pytest

_BEGIN = "import sys; from terminal.numerics import keep_light; keep_light(); "


def _run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", _BEGIN + program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_what_the_program_takes_from_scipy_is_the_package_s_own_and_comes_without_it() -> None:
    program = (
        "from terminal.pricing import black_scholes, total_deviation as t; "
        "print('numpy.f2py' in sys.modules, 'scipy.special._basic' in sys.modules); "
        "del sys.modules['scipy.special']; import scipy.special as s; "
        "print(black_scholes.ndtr is s.ndtr, t.erfcx is s.erfcx, t.ndtri is s.ndtri)"
    )
    assert _run(program).split() == ["False", "False", "True", "True", "True"]


def test_what_is_no_compiled_function_brings_the_whole_package() -> None:
    program = (
        "from scipy.special import ndtr, logsumexp; import scipy.special as s; "
        "print(s.logsumexp is logsumexp, s.ndtr is ndtr, s.__spec__.name, len(s.__all__) > 100)"
    )
    assert _run(program).split() == ["True", "True", "scipy.special", "True"]


def test_a_name_that_is_nowhere_is_refused_as_ever() -> None:
    program = "import scipy.special as s; print(hasattr(s, 'no_such_function'))"
    assert _run(program) == "False"


def test_a_module_inside_the_package_can_be_imported() -> None:
    assert _run("from scipy.special._basic import comb; print(comb(5, 2, exact=True))") == "10"


def test_where_the_package_has_been_imported_nothing_changes() -> None:
    program = "import scipy.special as s; sys.modules['scipy.special'].logsumexp; keep_light(); print(s.__name__)"
    assert _run(program) == "scipy.special"
    assert (
        _run(
            "import scipy.special as s; s.comb; t = sys.modules['scipy.special']; keep_light(); "
            "print(sys.modules['scipy.special'] is t, t is not s)"
        )
        == "True True"
    )


_COUNT = (
    "import numpy, scipy.special; scipy.special.ndtr; import pathlib; "
    "print(len(list(pathlib.Path('/proc/self/task').iterdir())))"
)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="threads are counted in /proc")
def test_matrices_have_no_threads_of_their_own_unless_the_user_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert _run(_COUNT) == "1"
    if (os.cpu_count() or 1) > 1:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
        assert _run(_COUNT) != "1"
