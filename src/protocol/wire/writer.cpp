#include "writer.hpp"

namespace cticonnector::wire {

void Writer::fail(WireError code, const FieldDescriptor& field, std::size_t size, std::size_t limit) {
    if (!error_) error_ = Error{code, field.name, at_, size, limit};
}

bool Writer::overflow(std::size_t size) {
    error_ = Error{WireError::message_too_long, message_.name, at_, at_ + size, limit_};
    return false;
}

void Writer::put_text(const FieldDescriptor& field, std::string_view value) {
    if (value.find('\0') != std::string_view::npos) fail(WireError::bad_text, field);
    put(value);
    put(0, 1);
}

bool Writer::begin(const FieldDescriptor& field, std::size_t size) {
    if (is_fixed(field)) {
        if (!exists(field, version_)) return false;
        if (size != size_of(field.type)) fail(WireError::bad_value, field);
        return true;
    }
    if (!sendable(field, *message_.protocol, version_)) return false;
    const bool wide = message_.protocol->wide(version_);
    std::size_t limit = wide ? 0xFFFF : 0xFF;
    if (field.max != 0) limit = std::min<std::size_t>(limit, field.max);
    if (size > limit) fail(WireError::field_too_long, field, size, limit);
    put(field.tag, wide ? 2 : 1);
    put(static_cast<std::uint32_t>(size), wide ? 2 : 1);
    return true;
}

void Writer::integer(const FieldDescriptor& field, std::int64_t value) {
    const std::size_t size = size_of(field.type);
    if (begin(field, size)) put(static_cast<std::uint32_t>(value), size);
}

void Writer::text(const FieldDescriptor& field, std::string_view value) {
    if (begin(field, value.size() + 1)) put_text(field, value);
}

void Writer::bytes(const FieldDescriptor& field, std::string_view value) {
    if (begin(field, value.size())) put(value);
}

void Writer::task_id(const FieldDescriptor& field, const TaskId& value) {
    if (!begin(field, size_of(field.type))) return;
    for (const std::int32_t part : {value.task_group_high, value.task_group_low, value.sequence_number}) {
        put(static_cast<std::uint32_t>(part), sizeof part);
    }
}

void Writer::named_variable(const FieldDescriptor& field, const NamedVariable& value) {
    const std::size_t size = value.name.size() + value.value.size() + 2;
    if (!begin(field, size)) return;
    if (value.name.empty()) fail(WireError::bad_value, field);
    named_ += size;
    put_text(field, value.name);
    put_text(field, value.value);
}

void Writer::named_array(const FieldDescriptor& field, const NamedArray& value) {
    const std::size_t size = value.name.size() + value.value.size() + 3;
    if (!begin(field, size)) return;
    if (value.name.empty()) fail(WireError::bad_value, field);
    named_ += size;
    put(value.index, 1);
    put_text(field, value.name);
    put_text(field, value.value);
}

void Writer::zero(const FieldDescriptor& fixed) {
    if (fixed.type == WireType::type_task_id) return task_id(fixed, {});
    integer(fixed, 0);
}

void Writer::raw(Data body) { put(bytes_of(body)); }

Result<void> Writer::finish(std::vector<std::uint8_t>& out) {
    const std::size_t named_limit = message_.protocol->named_limit;
    if (!error_ && named_ > named_limit) {
        error_ = Error{WireError::too_much_named, message_.name, at_, named_, named_limit};
    }
    if (!error_ && message_.since > version_.number) {
        error_ = Error{WireError::not_in_version, message_.name, 0, version_.number, message_.since};
    }
    if (error_) return *error_;
    const std::size_t end = at_;
    at_ = 0;
    put(static_cast<std::uint32_t>(end - header_size), 4);
    put(message_.number, 4);
    out.insert(out.end(), buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(end));
    return {};
}

}  // namespace cticonnector::wire
