"""Jinja with values, conditions and loops, and nothing else: what wordings and Word templates are evaluated in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

LOOP_STATE = frozenset({"first", "last", "index", "length"})
"""What may be asked of a loop."""

ALLOWED_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.Filter, nodes.CondExpr, nodes.List, nodes.Tuple,
)  # fmt: skip
"""What may stand in a wording or template: values, conditions and loops. Nothing that assigns, joins, calls or fetches."""

_TESTS = frozenset({"defined", "none", "eq", "equalto", "==", "in", "ne", "!="})


class Sandbox(ImmutableSandboxedEnvironment):
    """Strict about names, without globals, calls, attributes of Python objects, and operators that let results grow.

    Values are text, whole numbers, lists and maps. ``finalize`` decides what may be printed.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, *, autoescape: bool, finalize: Callable[[Any], Any], filters: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, autoescape=autoescape, finalize=finalize)
        self.globals.clear()
        self.filters = dict(filters)
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Refuse the operators that are intercepted."""
        raise SecurityError(f"the operator {operator} is not allowed")

    def call(self, *_: Any, **__: Any) -> Any:
        """Refuse every call."""
        raise SecurityError("calls are not allowed")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Keys of maps and the state of a loop: values have no attributes."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_STATE:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Keys of maps and entries of lists."""
        if isinstance(obj, dict | list):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(obj=obj, name=argument)
