"""The description files as one model: merged, normalised and checked. See emit.py for what becomes of it."""

import json
import re
from dataclasses import dataclass, field

NO_COUNT, ANY_COUNT = 0xFF, 0xFE
MAX_LISTS, MAX_FIELDS = 8, 254
INTEGERS = {"CHAR", "UCHAR", "SHORT", "USHORT", "INT", "UINT", "BOOL", "TIME"}
CPP_TYPES = {
    "CHAR": "std::int8_t", "UCHAR": "std::uint8_t", "SHORT": "std::int16_t", "USHORT": "std::uint16_t",
    "INT": "std::int32_t", "UINT": "std::uint32_t", "BOOL": "bool", "TIME": "std::uint32_t",
    "STRING": "std::string_view", "UNSPEC": "std::string_view", "NAMEDVAR": "wire::NamedVariable",
    "NAMEDARRAY": "wire::NamedArray", "TASKID": "wire::TaskId",
}


@dataclass
class Field:
    name: str
    type: str
    tag: int = 0
    max: int = 0
    since: int = 0
    until: int = 0
    count: int = NO_COUNT
    array: bool = False
    required: bool = False
    secret: bool = False
    enum: str = ""


@dataclass
class Message:
    name: str
    number: int
    direction: str
    since: int
    body: str
    fixed: list
    floating: list
    also: dict = field(default_factory=dict)  # tag -> field name, accepted besides the field's own tag
    alternate: "Message" = None
    alternate_from: int = 0

    @property
    def fields(self):
        return self.fixed + self.floating


@dataclass
class Model:
    name: str
    profile: str
    messages: list
    enums: dict
    tags: dict
    structs: list
    wide_since: int
    narrow_limit: int
    wide_limit: int
    named_limit: int


def snake(name):
    """ConnectionDeviceIDType -> connection_device_id_type, MRDID -> mrd_id, CallVariable1 -> call_variable1"""
    name = re.sub(r"(?<=[A-Z])ID$", "_ID", name)
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub("_+", "_", name).lower()


def camel(name):
    """BEGIN_CALL_EVENT -> BeginCallEvent"""
    return "".join(part.capitalize() for part in name.split("_"))


def _keys(raw, message, service):
    """The keys of codec.json that may mean a field, the most particular first."""
    return f"{message}.{raw['name']}", f"{service}.{raw['name']}", raw["name"]


def _enum_of(raw, message, service, codec, enums):
    keys = _keys(raw, message, service)
    name = next((codec["enums"][key] for key in keys if key in codec["enums"]), raw["name"])
    return name if name in enums and raw["type"] in INTEGERS else ""


def _check_names(description, codec, enums):
    """A name in codec.json that the description does not have is a slip of the pen."""
    known = set()
    for message in description["messages"]:
        for raw in (message["fixed"] or []) + (message["floating"] or []) + [
                f for other in message.get("alternates", []) for f in other["fixed"]]:
            known.update(_keys(raw, message["name"], message.get("service")))
    for key in [*codec["enums"], *codec["secrets"], *codec["also_tag"]]:
        assert key in known, f"codec.json: no field {key}"
    for name in codec["enums"].values():
        assert name in enums, f"codec.json: no enumeration {name}"


def _field(raw, message, service, codec, enums):
    array = "tag" in raw and raw["max"] is None and raw["type"] in INTEGERS
    return Field(
        name=raw["name"], type=raw["type"], tag=raw.get("tag") or 0, max=raw.get("max") or 0,
        since=raw.get("since", 0), until=raw.get("until", 0), array=array, required=bool(raw.get("required")),
        secret=any(key in codec["secrets"] for key in _keys(raw, message, service)), enum=_enum_of(raw, message, service, codec, enums))


def _message(raw, codec, enums, tags):
    known = raw.get("fixed") is not None and raw.get("floating") is not None
    body = "raw" if not known else "provisional" if raw.get("provisional") else "published"

    def fields(part):
        return [_field(f, raw["name"], raw.get("service"), codec, enums) for f in part] if known else []

    message = Message(raw["name"], raw["number"], raw["direction"], raw.get("since", 0), body,
                      fields(raw["fixed"]), fields(raw["floating"]))
    _resolve_counts(message, raw["floating"] if known else [])
    for key, tag in codec["also_tag"].items():
        name, field_name = key.split(".")
        if name == message.name:
            message.also[tags[tag]] = field_name
    for other in raw.get("alternates", []):
        size = sum(f["size"] for f in other["fixed"])
        message.alternate = Message(message.name, message.number, message.direction, message.since, body,
                                    fields(other["fixed"]), [])
        message.alternate_from = size
    _check(message, raw)
    return message


def _resolve_counts(message, raw_floating):
    index = {f.name: i for i, f in enumerate(message.fields)}
    for target, raw in zip(message.floating, raw_floating):
        repeat = raw.get("repeat")
        if repeat == "*":
            target.count = ANY_COUNT
        elif repeat is not None:
            target.count = index[repeat]


def _check(message, raw):
    names = [f.name for f in message.fields]
    tags = [f.tag for f in message.floating if f.tag] + list(message.also)
    assert len(set(names)) == len(names), f"{message.name}: a field stands twice"
    assert len(set(tags)) == len(tags), f"{message.name}: a tag stands twice"
    assert len(names) <= MAX_FIELDS, f"{message.name}: too many fields"
    if message.body != "raw":
        size = sum(f["size"] for f in raw["fixed"])
        assert size == raw["fixed_size"], f"{message.name}: fixed_size is not the sum of the sizes"


def _merge(messages, provisional):
    bodies = {m["number"]: m for m in provisional}
    for message in messages:
        body = bodies.pop(message["number"], None)
        if body is None:
            continue
        assert message["fixed"] is None, f"{message['name']} has a published body"
        assert message["name"] == body["name"], f"{message['name']}: {body['name']} in the provisional file"
        message.update({key: body[key] for key in ("fixed", "fixed_size", "floating", "provisional")})
    assert not bodies, f"provisional bodies without a message: {sorted(bodies)}"


def _width(framing):
    wide = next(h for h in framing["floating_header"] if h["tag"] == "USHORT")
    return int(wide["versions"].removeprefix(">="))


def load(description_path, provisional_path, codec_path, base_path):
    """base_path: the description whose framing and limits hold where description_path has none of its own."""
    def read(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    description, codec, base = read(description_path), read(codec_path), read(base_path)
    profile = description.get("profile", "")
    if profile:  # a description that is provisional as a whole
        for message in description["messages"]:
            message["provisional"] = True
    if provisional_path:
        provisional = read(provisional_path)
        profile = provisional["profile"]
        _merge(description["messages"], provisional["messages"])
    enums = description.get("enums", {})
    tags = dict(description.get("tags", {}))
    _check_names(description, codec, enums)
    messages = [_message(m, codec, enums, tags) for m in description["messages"]]
    limits = base["limits"]["max_message_size_including_header"]
    ordered = [limits[key] for key in sorted(limits, key=int)]
    by_name = {m.name: m for m in messages}
    structs = [by_name[name] for name in codec["structs"]]
    assert all(m.body != "raw" for m in structs), "a struct needs a body"
    return Model(
        name=description.get("protocol", profile), profile=profile,
        messages=sorted(messages, key=lambda m: m.number), enums=enums, tags=tags, structs=structs,
        wide_since=_width(base["framing"]), narrow_limit=ordered[0], wide_limit=ordered[-1],
        named_limit=base["limits"]["named_variables_and_arrays_total"])
