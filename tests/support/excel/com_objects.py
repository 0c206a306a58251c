"""COM objects of an Excel in memory: each forwards to an object of the model and counts its trips.

A property read, a property write, a call and a step of an iteration are one round trip each, as
with pywin32's early-bound classes. So is the way of calling: methods come back as methods, `Range`,
`Item` and what takes an argument are calls, `Address`, `Offset` and `Resize` take arguments through
`GetAddress` and so on, names are exact to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import MethodType, SimpleNamespace
from typing import Any

from pyopenvba.apps.excel._model import Range, WorksheetFunction
from pyopenvba.exceptions import VBARuntimeError, VBAUnsupportedError
from pyopenvba.interpreter._objects import VBAObject
from pyopenvba.interpreter._values import EMPTY, ERR_MEMBER_NOT_FOUND, MISSING

from tests.support.excel.com_values import ERROR_BASE, to_python, to_vba
from tests.support.excel.windows_stubs import RANGE_IID, CDispatch, ComError, no_such_name

_EXCEPTION = -2147352567  # DISP_E_EXCEPTION
# Properties of the model that are methods in pywin32, because an argument is required.
_CALLS = frozenset({"Range", "Item", "FileDialog"})
_WITH_ARGUMENTS = {"GetAddress": "Address", "GetOffset": "Offset", "GetResize": "Resize"}
# Numbers of cells are doubles, numbers such as Count are not.
_CELL_VALUES = frozenset({"Value", "Value2", "Formula", "Formula2"})


# `Rows("9:40")` reads Rows and calls what it got; the model takes such an index with Rows only.
_LINES = frozenset({"Rows", "Columns"})


class ModelGap(NotImplementedError):
    """Excel can do this, the model cannot: the test proves nothing and fails."""


@dataclass(slots=True)
class Trips:
    """The round trips into Excel, in order, and the gaps that were met on them."""

    log: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Interface:
    """`_oleobj_`: what pywin32 keeps inside of a COM object."""

    target: VBAObject

    def GetIDsOfNames(self, _locale: int, name: str) -> int:  # noqa: N802 - its name in COM
        raise no_such_name(name)

    def GetTypeInfo(self) -> Any:  # noqa: N802 - its name in COM
        iid = RANGE_IID if self.target.vba_type_name == "Range" else ""
        return SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=iid))


def _whole(target: VBAObject, found: Any) -> Any:
    """Return the values of all cells of a block: the model leaves out what lies below the used
    part of a sheet, Excel does not.
    """
    if not isinstance(found, tuple) or not isinstance(target, Range):
        return found
    rows, columns = target.vba_get("Rows"), target.vba_get("Columns")
    assert isinstance(rows, VBAObject)
    assert isinstance(columns, VBAObject)
    height, width = (int(str(one.vba_get("Count"))) for one in (rows, columns))
    wide = tuple((*row, *([None] * (width - len(row)))) for row in found)
    return (*wide, *([(None,) * width] * (height - len(wide))))


class ComObject(CDispatch):
    """An object of Excel as pywin32 shows it.

    ComError: for a run-time error of Excel. AttributeError: for a member that Excel does not have.
    ModelGap: for one that only the model does not have.
    """

    def __init__(
        self, target: VBAObject, trips: Trips, lines_of: tuple[VBAObject, str] | None = None
    ) -> None:
        self.__dict__.update(_oleobj_=_Interface(target), _trips=trips, _lines_of=lines_of)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        target: VBAObject = self._oleobj_.target
        if name in _WITH_ARGUMENTS:
            return MethodType(_call_of(_WITH_ARGUMENTS[name]), self)
        if isinstance(target, WorksheetFunction):
            return MethodType(_call_of(name), self)
        spec = self._ask(lambda: target.vba_member(name))
        if spec is None:
            raise self._error(target.vba_no_member(name), name)
        if spec.name != name:
            raise AttributeError(f"{target.vba_type_name} has {spec.name}, not {name}")
        if name in _LINES:
            return self._trip(f"{name}?", lambda: target.vba_get(name), lines_of=(target, name))
        if spec.kind == "method" or name in _CALLS:
            return MethodType(_call_of(name), self)
        found = self._trip(f"{name}?", lambda: target.vba_get(name), cells=name in _CELL_VALUES)
        return _whole(target, found) if name in _CELL_VALUES else found

    def __setattr__(self, name: str, value: object) -> None:
        target: VBAObject = self._oleobj_.target
        spec = self._ask(lambda: target.vba_member(name))
        if spec is not None and spec.name != name:
            raise AttributeError(f"{target.vba_type_name} has {spec.name}, not {name}")
        given = to_vba(value)
        self._trip(f"{name}=", lambda: target.vba_set(name, given))

    def __call__(self, *args: object, **named: object) -> Any:
        target: VBAObject = self._oleobj_.target
        if self._lines_of is not None and len(args) == 1 and not named:
            owner, lines = self._lines_of
            return self._trip(f"{lines}()", lambda: owner.vba_get(lines, [to_vba(args[0])]))
        spec = target.vba_member("Item") if args or named else None
        default = spec or target.vba_default_member()
        if default is None:
            raise AttributeError(f"{target.vba_type_name} has no default member")
        return self.call(default.name, args, named)

    def __iter__(self) -> Iterator[Any]:
        target: VBAObject = self._oleobj_.target
        items = self._ask(target.vba_iterate)
        for item in items:
            yield self._trip("next", lambda item=item: item)  # type: ignore[misc]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ComObject) and other._oleobj_.target is self._oleobj_.target

    def __hash__(self) -> int:
        return id(self._oleobj_.target)

    def __repr__(self) -> str:
        return f"<COM {self._oleobj_.target.vba_type_name}>"

    def call(self, name: str, args: tuple[object, ...], named: dict[str, object]) -> Any:
        """Call a member with values of Python; None stands for an argument left out."""
        target: VBAObject = self._oleobj_.target
        given = [_argument(arg) for arg in args]
        by_name = {key: _argument(arg) for key, arg in named.items() if arg is not None}
        return self._trip(
            f"{name}()", lambda: target.vba_get(name, given, by_name), cells=name in _CELL_VALUES
        )

    def _trip(
        self,
        what: str,
        ask: Callable[[], object],
        *,
        cells: bool = False,
        lines_of: tuple[VBAObject, str] | None = None,
    ) -> Any:
        trips: Trips = self._trips
        trips.log.append(f"{self._oleobj_.target.vba_type_name}.{what}")
        return to_python(
            self._ask(ask), lambda found: ComObject(found, trips, lines_of), cells=cells
        )

    def _ask(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except (ComError, ModelGap):
            raise
        except Exception as reason:
            raise self._error(reason, "") from reason

    def _error(self, reason: Exception, name: str) -> Exception:
        kind = self._oleobj_.target.vba_type_name
        if isinstance(reason, VBARuntimeError) and reason.number == ERR_MEMBER_NOT_FOUND:
            return AttributeError(f"{kind}: {name} {reason}")
        if isinstance(reason, VBARuntimeError):
            details = (
                0,
                "Microsoft Excel",
                reason.description,
                None,
                0,
                ERROR_BASE + reason.number,
            )
            return ComError(_EXCEPTION, "Exception occurred.", details)
        gap = f"{kind}.{name}: {type(reason).__name__}: {reason}"
        if isinstance(reason, VBAUnsupportedError):
            gap = str(reason)
        self._trips.gaps.append(gap)
        return ModelGap(gap)


def _call_of(name: str) -> Callable[..., Any]:
    def call(com: ComObject, *args: object, **named: object) -> Any:
        return com.call(name, args, named)

    return call


def _argument(value: object) -> object:
    given = to_vba(value)
    return MISSING if given is EMPTY else given
