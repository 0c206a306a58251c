"""Reads a definition in `schemas/` and holds it against its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_xl.errors import FormDefinitionError
from cchc_xl.gateways.data_files import data_folder

if TYPE_CHECKING:
    from jsonschema import ValidationError

Json = Mapping[str, Any]


def read_definition(path: Path) -> Json:
    """Return the JSON object of a definition file; FormDefinitionError where it is none."""
    try:
        definition: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise FormDefinitionError(
            f"Không đọc được tệp {path.name}.",
            "Đề nghị kiểm tra quyền đọc tệp; tệp phải là văn bản UTF-8.",
        ) from None
    except json.JSONDecodeError as error:
        raise FormDefinitionError(
            f"Tệp {path.name} sai cú pháp JSON ở dòng {error.lineno}, cột {error.colno}.",
            "Đề nghị xem lại dấu phẩy, dấu ngoặc và dấu nháy quanh chỗ đó.",
        ) from None
    if not isinstance(definition, dict):
        raise FormDefinitionError(
            f"Tệp {path.name} không phải một đối tượng JSON.",
            "Đề nghị bắt đầu tệp bằng { và kết thúc bằng }.",
        )
    return definition


def day(text: str | None) -> date | None:
    """Return the day that a definition names; None where it names none."""
    return date.fromisoformat(text) if text else None


def refuse(path: Path, problems: list[str]) -> None:
    """Raise FormDefinitionError with every problem of a definition, if there are any."""
    if problems:
        raise FormDefinitionError(
            f"Tệp {path.name} chưa đúng:\n" + "\n".join(f"  {line}" for line in problems),
            "Đề nghị sửa các chỗ nêu trên rồi chạy lại.",
        )


def structure_problems(definition: Json, schema_name: str) -> Iterator[str]:
    """Yield what breaks the JSON Schema: the place inside the file, and what to change."""
    # Imported here: it costs more than all the rest of a start (71 ms, measured).
    from jsonschema import Draft202012Validator

    schema = json.loads((data_folder("schemas") / schema_name).read_text(encoding="utf-8"))
    for error in sorted(
        Draft202012Validator(schema).iter_errors(definition), key=lambda e: list(map(str, e.path))
    ):
        yield f"{_place(error)}: {_explain(error)}"


def _place(error: ValidationError) -> str:
    path = "$"
    for step in error.absolute_path:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path


def _explain(error: ValidationError) -> str:
    given: Any = error.instance
    wanted: Any = error.validator_value
    match error.validator:
        case "required":
            missing = ", ".join(name for name in wanted if name not in given)
            return f"thiếu mục {missing}; đề nghị thêm vào"
        case "additionalProperties":
            schema: Any = error.schema
            known = schema.get("properties", {})
            strange = ", ".join(name for name in given if name not in known)
            return f"mục lạ {strange}; đề nghị bỏ đi hoặc sửa thành: {', '.join(known)}"
        case "enum":
            return (
                f"«{given}» không dùng được; đề nghị chọn một trong: {', '.join(map(str, wanted))}"
            )
        case "type":
            return f"«{given}» sai kiểu; cần {wanted}"
        case "pattern":
            return f"«{given}» sai dạng; cần khớp {wanted}"
        case "oneOf":
            return "phải có đúng một trong hai mục expression và check"
        case "minLength" | "minItems" | "minProperties":
            return f"còn thiếu; cần ít nhất {wanted}"
        case _:
            return f"không đúng quy định {error.validator}: {wanted}"
