"""Changes of Python, by the operators of cosmic-ray.

Its runner is not used: it changes the checkout in place and knows nothing of SQL. mutmut changes
only what stands in functions, and most rules are lambdas in module-level tuples.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from cosmic_ray.ast import Visitor, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

from . import CodeChange, change

OPERATORS = [
    *(
        f"core/ReplaceComparisonOperator_{pair}"
        for pair in ("Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Lt_Gt")
    ),
    *(f"core/ReplaceComparisonOperator_{pair}" for pair in ("Gt_Lt", "Is_IsNot", "IsNot_Is")),
    *(
        f"core/ReplaceBinaryOperator_{pair}"
        for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "BitAnd_BitOr", "BitOr_BitAnd")
    ),
    "core/ReplaceUnaryOperator_Delete_Not",
    "core/ReplaceUnaryOperator_Delete_Invert",
    "core/ReplaceAndWithOr",
    "core/ReplaceOrWithAnd",
    "core/AddNot",
    "core/NumberReplacer",
    "core/ReplaceTrueWithFalse",
    "core/ReplaceFalseWithTrue",
    "core/ReplaceBreakWithContinue",
    "core/ReplaceContinueWithBreak",
    "core/ZeroIterationForLoop",
]


def places(root: Path, file: str) -> list[tuple[str, str, int]]:
    """File, operator and number of every change that can be made in a file."""
    tree = get_ast((root / file).read_text(encoding="utf-8"))
    found = []
    for name in OPERATORS:
        counter = _Counter(_operator(name))
        counter.walk(tree)
        found += [(file, name, number) for number in range(counter.count)]
    return found


def make(root: Path, place: tuple[str, str, int]) -> CodeChange | None:
    """The change, or None where it changes nothing that runs."""
    file, name, number = place
    before = (root / file).read_text(encoding="utf-8")
    after = mutate_code(before, _operator(name), number)
    if after is None or _runs(after) in (None, _runs(before)):
        return None
    return change(file, before, after)


class _Counter(Visitor):
    def __init__(self, operator):
        self.operator, self.count = operator, 0

    def visit(self, node):
        self.count += len(list(self.operator.mutation_positions(node)))
        return node


@cache
def _operator(name: str):
    return get_operator(name)()


def _runs(text: str) -> str | None:
    """The code without annotations, which nothing evaluates, and what is for type checkers only."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    return ast.dump(_WithoutTypes().visit(tree))


class _WithoutTypes(ast.NodeTransformer):
    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node):
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_If(self, node):
        is_for_types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return None if is_for_types else self.generic_visit(node)

    def visit_Name(self, node):
        return node
