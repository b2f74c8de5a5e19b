#pragma once
// Writes one message into a local buffer of the largest size, so that the message limit is the buffer's end
// and nothing has to be taken back from the caller's vector after an error.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "data.hpp"

namespace cticonnector::wire {

class Writer {
  public:
    Writer(const MessageDescriptor& message, Version version)
        : message_(message),
          version_(version),
          limit_(std::min(message.protocol->max_message(version), buffer_.size())) {}

    // One field with its data; floating ones with tag and length, those that cannot be sent are left out.
    void integer(const FieldDescriptor& field, std::int64_t value);  // must fit its type
    void run(const FieldDescriptor& field, std::size_t count, auto element) {
        if (!begin(field, count * size_of(field.type))) return;
        for (std::size_t i = 0; i < count; ++i)
            put(static_cast<std::uint32_t>(element(i)), size_of(field.type));
    }
    void text(const FieldDescriptor& field, std::string_view value);   // STRING
    void bytes(const FieldDescriptor& field, std::string_view value);  // UNSPEC
    void task_id(const FieldDescriptor& field, const TaskId& value);
    void named_variable(const FieldDescriptor& field, const NamedVariable& value);
    void named_array(const FieldDescriptor& field, const NamedArray& value);
    void zero(const FieldDescriptor& fixed);  // a fixed field without a value
    void raw(Data body);                      // the body of a message that has no published one

    // Remembers the first error; later calls change nothing.
    void fail(WireError code, const FieldDescriptor& field, std::size_t size = 0, std::size_t limit = 0);

    // Appends header and body to out, or says what went wrong.
    Result<void> finish(std::vector<std::uint8_t>& out);

  private:
    bool begin(const FieldDescriptor& field, std::size_t size);
    bool is_fixed(const FieldDescriptor& field) const {
        return &field < message_.fields.data() + message_.fixed_count;
    }
    void put(std::uint32_t value, std::size_t size) {
        if (!room(size)) return;
        for (std::size_t i = size; i-- > 0; value >>= 8) buffer_[at_ + i] = static_cast<std::uint8_t>(value);
        at_ += size;
    }
    void put(std::string_view bytes) {
        if (!room(bytes.size())) return;
        if (!bytes.empty()) std::memcpy(buffer_.data() + at_, bytes.data(), bytes.size());
        at_ += bytes.size();
    }
    void put_text(const FieldDescriptor& field, std::string_view value);
    bool room(std::size_t size) { return !error_ && (limit_ - at_ >= size || overflow(size)); }
    bool overflow(std::size_t size);  // always false

    const MessageDescriptor& message_;
    Version version_;
    std::optional<Error> error_;
    std::size_t at_ = header_size;
    std::size_t named_ = 0;
    std::array<std::uint8_t, 12500> buffer_;  // the wide limit of GED-188 section 1; a test compares them
    std::size_t limit_;
};

}  // namespace cticonnector::wire
