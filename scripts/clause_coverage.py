#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Clause → controls → tests, of the policies that come with Vaxel: ``make coverage-of-clauses``."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from vaxel.site.start_django import django

ROOT = Path(__file__).resolve().parent.parent


def marked(tests: Path) -> dict[str, list[str]]:
    """Clause → tests that show it kept, by their marks ``@pytest.mark.clause("SOL-2")``."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(tests.rglob("test_*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for clause in _clauses(function):
                    found[clause].append(f"{path.relative_to(tests.parent)}::{function.name}")
    return found


def _clauses(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [
        argument.value
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.clause"
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def main() -> None:
    django()
    from vaxel.policy.controls import CONTROLS
    from vaxel.policy.load import parse, shipped
    from vaxel.policy.missing import missing

    tests = marked(ROOT / "tests")
    clauses = working = shown = 0
    for text in shipped().values():
        for clause in parse(text).clause:
            clauses += 1
            lacks = [one.use for one in clause.control if not CONTROLS[one.use].works]
            working += not lacks
            shown += clause.id in tests
            print(f"\n{clause.id}  {clause.text['en']}")
            for one in clause.control:
                control = CONTROLS[one.use]
                print(f"    {one.use}: {', '.join(control.does) or 'NOT BUILT: ' + missing()[one.use].what}")
            for test in tests.get(clause.id, ["no test"]):
                print(f"        {test}")
    print(f"\n{clauses} clauses: {working} with all controls working, {shown} shown by tests")


if __name__ == "__main__":
    main()
