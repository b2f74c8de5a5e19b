"""C++ from the model: descriptors, enumerations, structs and the bindings between structs and descriptors."""

from model import ANY_COUNT, CPP_TYPES, MAX_LISTS, NO_COUNT, camel, snake

BANNER = "// Generated from the description files by tools/codecgen. Do not edit.\n"
WIRE_TYPES = {"NAMEDVAR": "named_var", "NAMEDARRAY": "named_array", "TASKID": "task_id"}
# Names that a platform header defines as macros get a trailing underscore.
MACROS = {"TRUE", "FALSE", "IN", "OUT", "ERROR", "NULL", "OPTIONAL", "DELETE", "PASSTHROUGH"}
UNDERLYING = {"USHORT": "std::uint16_t", "UINT": "std::uint32_t", "UCHAR": "std::uint8_t", None: "std::uint32_t"}
CALL_VARIABLES = 10


def wire_type(field):
    return "wire::WireType::type_" + WIRE_TYPES.get(field.type, field.type.lower())


def values_of(enum):
    """Unsigned 32-bit values, ascending; names without a published value are left out."""
    known = [(value & 0xFFFFFFFF, name) for name, value in enum["values"].items() if value is not None]
    return sorted(known, key=lambda item: item[0])


def open_namespace(namespace, *includes):
    lines = "".join(f"#include {include}\n" for include in includes)
    return f"{BANNER}{lines}\nnamespace cticonnector::{namespace} {{\n\n"


def close_namespace(namespace):
    return f"\n}}  // namespace cticonnector::{namespace}\n"


# Enumerations -------------------------------------------------------------------------------------------------------

def enums_header(model, namespace):
    out = ["#pragma once\n", open_namespace(namespace, "<cstdint>", '"cticonnector/protocol/wire/descriptor.hpp"')]
    for name, enum in model.enums.items():
        out.append(f"struct {name} {{\n    enum Value : {UNDERLYING[enum.get('width')]} {{\n")
        for value, label in values_of(enum):
            out.append(f"        {label}{'_' if label in MACROS else ''} = {value}u,\n")
        out.append("    };\n    static const wire::Enumeration names;\n};\n\n")
    return "".join(out) + close_namespace(namespace)


def enums_source(model, namespace):
    out = [open_namespace(namespace, f'"cticonnector/protocol/{namespace}/enums.hpp"')]
    for name, enum in model.enums.items():
        rows = "".join(f'    {{{value}u, "{label}"}},\n' for value, label in values_of(enum))
        mask = "true" if enum.get("mask") else "false"
        values = "{}"
        if rows:
            out.append(f"static constexpr wire::Enumerator values_of_{name}[] = {{\n{rows}}};\n")
            values = f"values_of_{name}"
        out.append(f'constinit const wire::Enumeration {name}::names{{"{name}", {mask}, {values}}};\n\n')
    return "".join(out) + close_namespace(namespace)


# Descriptors --------------------------------------------------------------------------------------------------------

def slots_of(message):
    by_tag = {f.tag: i for i, f in enumerate(message.fields) if i >= len(message.fixed) and f.tag}
    names = [f.name for f in message.fields]
    by_tag |= {tag: names.index(name) for tag, name in message.also.items()}
    return [by_tag[tag] + 1 if tag in by_tag else 0 for tag in range(max(by_tag, default=-1) + 1)]


def layouts(model):
    """(identifier, message) of every layout: each message and the alternates."""
    for message in model.messages:
        yield str(message.number), message
        if message.alternate:
            yield f"{message.number}_alternate", message.alternate


def field_row(field):
    flags = ", ".join("true" if flag else "false" for flag in (field.array, field.required, field.secret))
    enum = f"&{field.enum}::names" if field.enum else "nullptr"
    return (f'    {{"{field.name}", {enum}, {field.tag}, {field.max}, {wire_type(field)}, {field.since}, '
            f"{field.until}, {field.count}, {flags}}},\n")


def tables_header(model, namespace):
    out = ["#pragma once\n", open_namespace(
        f"{namespace}::tables", f'"cticonnector/protocol/{namespace}/enums.hpp"')]
    for name, message in layouts(model):
        if message.fields:
            out.append(f"extern const wire::FieldDescriptor fields_{name}[{len(message.fields)}];\n")
        if slots := slots_of(message):
            out.append(f"extern const std::uint8_t slots_{name}[{len(slots)}];\n")
    out.append(f"extern const wire::MessageDescriptor messages[{len(model.messages)}];\n")
    for name, message in layouts(model):
        if name.endswith("_alternate"):
            out.append(f"extern const wire::MessageDescriptor message_{name};\n")
    return "".join(out) + close_namespace(f"{namespace}::tables")


def tables_source(chunk, namespace):
    out = [open_namespace(f"{namespace}::tables", '"tables.hpp"')]
    for name, message in chunk:
        if message.fields:
            rows = "".join(field_row(f) for f in message.fields)
            out.append(f"// {message.name}\nconstexpr wire::FieldDescriptor fields_{name}[{len(message.fields)}]"
                       f"{{\n{rows}}};\n")
        if slots := slots_of(message):
            out.append(f"constexpr std::uint8_t slots_{name}[{len(slots)}]{{{', '.join(map(str, slots))}}};\n")
    return "".join(out) + close_namespace(f"{namespace}::tables")


def message_row(name, message, directions):
    fields = f"fields_{name}" if message.fields else "{}"
    slots = f"slots_{name}" if slots_of(message) else "{}"
    alternate = f"&message_{name}_alternate" if message.alternate else "nullptr"
    return (f'{{"{message.name}", {message.number}u, &protocol, {fields}, {slots}, {alternate}, '
            f"{message.alternate_from}, {len(message.fixed)}, {message.since}, "
            f"wire::Direction::{directions[message.direction]}, wire::Body::{message.body}}}")


def protocol_source(model, namespace):
    # The client of an MR connection is the PIM: it connects (mr.md section 2).
    directions = {"client": "client", "server": "server", "both": "both", "pim": "client", "application": "server"}
    out = [open_namespace(namespace, '"tables.hpp"', f'"cticonnector/protocol/{namespace}/{namespace}.hpp"')]
    out.append("namespace tables {\n")
    for name, message in layouts(model):
        if name.endswith("_alternate"):
            out.append(f"constinit const wire::MessageDescriptor message_{name}"
                       f"{message_row(name, message, directions)};\n")
    out.append(f"constinit const wire::MessageDescriptor messages[{len(model.messages)}]{{\n")
    for message in model.messages:
        out.append(f"    {message_row(str(message.number), message, directions)},\n")
    out.append("};\n}  // namespace tables\n\n")
    tags = sorted((tag, name) for name, tag in model.tags.items() if tag is not None)
    values = "{}"
    if tags:
        rows = "".join(f'    {{{tag}, "{name}"}},\n' for tag, name in tags)
        out.append(f"static constexpr wire::TagName tag_names[] = {{\n{rows}}};\n")
        values = "tag_names"
    out.append(f'constinit const wire::Protocol protocol{{"{model.name}", "{model.profile}", tables::messages, '
               f"{values}, {model.wide_since}, {model.narrow_limit}, {model.wide_limit}, {model.named_limit}}};\n")
    return "".join(out) + close_namespace(namespace)


# Structs and bindings -----------------------------------------------------------------------------------------------

class List:
    """A repeated group of floating fields: a vector member of the struct."""

    def __init__(self, message, index):
        first = message.fields[index]
        self.count = first.count
        self.fields = [f for f in message.floating if f.count == first.count]
        if first.count == ANY_COUNT:
            self.fields = [first]
            self.member = snake(first.name) + "s"
        else:
            counter = message.fields[first.count].name
            self.member = snake(counter.removeprefix("Num").removeprefix("Flt"))
        start = message.fields.index(first)
        assert message.fields[start:start + len(self.fields)] == self.fields, f"{message.name}: scattered list"
        singular = self.member[:-3] + "y" if self.member.endswith("ies") else self.member.removesuffix("s")
        self.entry = camel(singular)
        self.single = len(self.fields) == 1
        self.shared = False

    @property
    def signature(self):
        return (self.entry, tuple((f.name, f.type) for f in self.fields))

    def cpp_type(self, message_type=""):
        if self.single:
            return CPP_TYPES[self.fields[0].type]
        return self.entry if self.shared or not message_type else f"{message_type}::{self.entry}"


class Struct:
    def __init__(self, message):
        self.message = message
        self.type = camel(message.name)
        self.lists = []
        for i, f in enumerate(message.fields):
            if f.count != NO_COUNT and not any(f in known.fields for known in self.lists):
                self.lists.append(List(message, i))
        assert len(self.lists) <= MAX_LISTS, f"{message.name}: too many lists"

    def list_of(self, field):
        return next((i for i, known in enumerate(self.lists) if field in known.fields), None)

    def counted_by(self, index):
        return next((i for i, known in enumerate(self.lists) if known.count == index), None)

    def alternate_members(self):
        alternate = self.message.alternate
        own = {f.name for f in self.message.fields}
        return [f for f in alternate.fields if f.name not in own] if alternate else []


def call_variable(field):
    number = field.name.removeprefix("CallVariable")
    return int(number) if number.isdigit() and field.type == "STRING" else None


def storage_of(struct, index, field):
    if struct.list_of(field) is not None:
        return "list"
    floating = index >= len(struct.message.fixed)
    if struct.counted_by(index) is not None or (floating and not field.tag):
        return "none"
    return "array" if field.array else "optional" if floating else "plain"


def members_of(struct):
    """(C++ type, name) of the data members in wire order."""
    seen = set()
    for i, field in enumerate(struct.message.fields):
        storage = storage_of(struct, i, field)
        cpp = CPP_TYPES[field.type]
        if storage == "list":
            which = struct.list_of(field)
            if which not in seen:
                seen.add(which)
                yield f"std::vector<{struct.lists[which].cpp_type()}>", struct.lists[which].member
        elif call_variable(field) == 1:
            yield f"std::array<std::optional<std::string_view>, {CALL_VARIABLES}>", "call_variables"
        elif storage == "plain":
            yield cpp, snake(field.name)
        elif storage == "array":
            yield f"std::vector<{cpp}>", snake(field.name)
        elif storage == "optional" and call_variable(field) is None:
            yield f"std::optional<{cpp}>", snake(field.name)
    for field in struct.alternate_members():
        yield f"std::optional<{CPP_TYPES[field.type]}>", snake(field.name)


def entry_struct(known, indent):
    members = "".join(f"{indent}    std::optional<{CPP_TYPES[f.type]}> {snake(f.name)}{{}};\n" for f in known.fields)
    return (f"{indent}struct {known.entry} {{\n{members}"
            f"{indent}    bool operator==(const {known.entry}&) const = default;\n{indent}}};\n")


def structs_header(structs, namespace):
    out = ["#pragma once\n", open_namespace(
        namespace, "<array>", "<cstdint>", "<optional>", "<string_view>", "<vector>",
        '"cticonnector/protocol/wire/codec.hpp"')]
    shared = {known.signature: known for s in structs for known in s.lists if known.shared}
    out += [entry_struct(known, "") + "\n" for known in shared.values()]
    for struct in structs:
        out.append(f"struct {struct.type} {{\n    static constexpr std::uint32_t type = {struct.message.number};\n"
                   f'    static constexpr std::string_view name = "{struct.message.name}";\n'
                   "    static const wire::StructBinding binding;\n\n")
        out += [entry_struct(known, "    ") + "\n" for known in struct.lists if not (known.single or known.shared)]
        members = list(members_of(struct))
        assert len({name for _, name in members}) == len(members), f"{struct.type}: a member stands twice"
        out += [f"    {cpp} {name}{{}};\n" for cpp, name in members]
        out.append(f"\n    bool operator==(const {struct.type}&) const = default;\n}};\n\n")
    return "".join(out) + close_namespace(namespace)


def member_row(struct, index, field):
    storage = storage_of(struct, index, field)
    if storage == "list":
        which = struct.list_of(field)
        known = struct.lists[which]
        offset = "0" if known.single else f"offsetof({known.cpp_type(struct.type)}, {snake(field.name)})"
        return f"{{{offset}, wire::Storage::list, {which}, {known.fields.index(field)}}}"
    if storage == "none":
        counted = struct.counted_by(index)
        return f"{{0, wire::Storage::none, {'wire::no_list' if counted is None else counted}, 0}}"
    offset = f"offsetof({struct.type}, {snake(field.name)})"
    if number := call_variable(field):
        offset = (f"offsetof({struct.type}, call_variables) + "
                  f"{number - 1} * sizeof(std::optional<std::string_view>)")
    return f"{{{offset}, wire::Storage::{storage}, wire::no_list, 0}}"


def list_row(struct, known):
    storage = "plain" if known.single else "optional"
    operations = f"wire::ListOperations<{known.cpp_type(struct.type)}>"
    return (f"    {{offsetof({struct.type}, {known.member}), wire::Storage::{storage}, {known.count}, "
            f"{operations}::push, {operations}::size, {operations}::at}},\n")


def binding(struct, position):
    message = struct.message
    out, members, lists, alternate = [], "{}", "{}", "nullptr"
    if message.fields:
        rows = "".join(f"    {member_row(struct, i, f)},\n" for i, f in enumerate(message.fields))
        out.append(f"static constexpr wire::MemberBinding members_of_{struct.type}[]{{\n{rows}}};\n")
        members = f"members_of_{struct.type}"
    if struct.lists:
        rows = "".join(list_row(struct, known) for known in struct.lists)
        out.append(f"static constexpr wire::ListBinding lists_of_{struct.type}[]{{\n{rows}}};\n")
        lists = f"lists_of_{struct.type}"
    if message.alternate:
        only = struct.alternate_members()
        rows = "".join(
            f"    {{offsetof({struct.type}, {snake(f.name)}), "
            f"wire::Storage::{'optional' if f in only else 'plain'}, wire::no_list, 0}},\n"
            for f in message.alternate.fields)
        out.append(f"static constexpr wire::MemberBinding alternate_members_of_{struct.type}[]{{\n{rows}}};\n"
                   f"static constexpr wire::StructBinding alternate_of_{struct.type}"
                   f"{{&tables::message_{message.number}_alternate, alternate_members_of_{struct.type}, "
                   "{}, nullptr};\n")
        alternate = f"&alternate_of_{struct.type}"
    out.append(f"constinit const wire::StructBinding {struct.type}::binding{{&tables::messages[{position}], "
               f"{members}, {lists}, {alternate}}};\n\n")
    return "".join(out)


def bindings_source(chunk, positions, namespace):
    out = [open_namespace(namespace, "<cstddef>", '"tables.hpp"', f'"cticonnector/protocol/{namespace}/messages.hpp"')]
    out += [binding(struct, positions[struct.message.number]) for struct in chunk]
    return "".join(out) + close_namespace(namespace)


def struct_list_header(structs, namespace):
    names = ",\n    ".join(struct.type for struct in structs)
    return ("#pragma once\n" + open_namespace(namespace, f'"cticonnector/protocol/{namespace}/messages.hpp"') +
            f"// Every struct, for code that is about all of them.\ntemplate <template <class...> class List>\n"
            f"using EveryStruct = List<\n    {names}>;\n" + close_namespace(namespace))


def chunks(items, parts):
    items = list(items)
    size = -(-len(items) // parts)
    return [items[i * size:(i + 1) * size] for i in range(parts)]


def files(model, namespace, parts):
    """{path below the output folder: text}"""
    structs = [Struct(message) for message in model.structs]
    signatures = [known.signature for s in structs for known in s.lists if not known.single]
    for struct in structs:
        for known in struct.lists:
            known.shared = signatures.count(known.signature) > 1
    positions = {m.number: i for i, m in enumerate(model.messages)}
    public = f"include/cticonnector/protocol/{namespace}"
    result = {
        f"{public}/enums.hpp": enums_header(model, namespace),
        f"{public}/messages.hpp": structs_header(structs, namespace),
        f"{public}/struct_list.hpp": struct_list_header(structs, namespace),
        "tables.hpp": tables_header(model, namespace),
        "enums.cpp": enums_source(model, namespace),
        "protocol.cpp": protocol_source(model, namespace),
    }
    for i, chunk in enumerate(chunks(layouts(model), parts)):
        result[f"tables_{i + 1}.cpp"] = tables_source(chunk, namespace)
    for i, chunk in enumerate(chunks(structs, parts)):
        result[f"bindings_{i + 1}.cpp"] = bindings_source(chunk, positions, namespace)
    return result
