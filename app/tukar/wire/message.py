"""The base of every message, and how messages are read: strictly when they are writes, tolerantly when answers."""

from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, cast, dataclass_transform

import msgspec
from msgspec import inspect

T = TypeVar("T")


class _NamedFields(msgspec.StructMeta):
    """Makes all fields of every message keyword-only; msgspec itself does not pass that on to derived classes."""

    def __new__(
        cls,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        **config: Any,  # noqa: ANN401 - msgspec's own switches
    ) -> Any:  # noqa: ANN401 - a class, of the type being made
        return super().__new__(cls, name, bases, namespace, **{"kw_only": True, **config})


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Message(msgspec.Struct, metaclass=_NamedFields, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A message or a part of one: frozen, named fields, nothing unknown, defaults left out."""


class MessageError(ValueError):
    """The bytes are not a message of the type expected; the text says where, without repeating what they held."""


@cache
def _decoder(message_type: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(message_type)


@cache
def _form(message_type: Hashable) -> inspect.Type:
    return inspect.type_info(message_type)


def write(message: object) -> bytes:
    """The JSON of a message, in the order of its fields, so that equal messages have equal bytes."""
    return msgspec.json.encode(message)


def read_request(data: bytes, message_type: type[T]) -> T:
    """A write as its declared version knows it. MessageError names the place of anything else, unknown fields too."""
    try:
        message: T = _decoder(cast("Hashable", message_type)).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as trouble:
        raise MessageError(str(trouble)[:200]) from None
    return message


def read_answer(data: bytes, message_type: type[T]) -> T:
    """An answer, or something stored, by a version that may know more than this one; MessageError otherwise.

    The unknown is left out only when there is some: reading one's own version costs nothing extra.
    """
    try:
        message: T = _decoder(cast("Hashable", message_type)).decode(data)
    except msgspec.ValidationError:
        return _read_known_only(data, message_type)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as trouble:
        raise MessageError(str(trouble)[:200]) from None
    return message


def _read_known_only(data: bytes, message_type: type[T]) -> T:
    try:
        known = _known_part(msgspec.json.decode(data), _form(cast("Hashable", message_type)))
        return msgspec.convert(known, message_type)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as trouble:
        raise MessageError(str(trouble)[:200]) from None


def _known_part(value: Any, expected: inspect.Type) -> Any:  # noqa: ANN401 - JSON may be anything
    if isinstance(expected, inspect.Metadata):
        return _known_part(value, expected.type)
    if isinstance(expected, inspect.UnionType):
        return _known_part_of_union(value, expected)
    if isinstance(expected, inspect.StructType) and isinstance(value, Mapping):
        fields = {field.encode_name: field.type for field in expected.fields}
        tag = expected.tag_field
        return {
            name: _known_part(part, fields[name]) if name in fields else part
            for name, part in value.items()
            if name in fields or name == tag
        }
    if isinstance(expected, inspect.VarTupleType | inspect.ListType) and isinstance(value, list):
        return [_known_part(part, expected.item_type) for part in value]
    if isinstance(expected, inspect.DictType) and isinstance(value, Mapping):
        return {name: _known_part(part, expected.value_type) for name, part in value.items()}
    return value


def _known_part_of_union(value: Any, expected: inspect.UnionType) -> Any:  # noqa: ANN401 - JSON may be anything
    structs = [kind for kind in expected.types if isinstance(kind, inspect.StructType)]
    if isinstance(value, Mapping) and structs:
        named = [kind for kind in structs if kind.tag_field and value.get(kind.tag_field) == kind.tag]
        return _known_part(value, (named or structs)[0])
    lists = [kind for kind in expected.types if isinstance(kind, inspect.VarTupleType | inspect.ListType)]
    return _known_part(value, lists[0]) if isinstance(value, list) and lists else value
