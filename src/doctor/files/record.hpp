#pragma once

#include <cstdint>
#include <type_traits>

namespace blindfold::doctor {

enum class RecordKind : std::uint8_t {
  failed,    ///< the process could not restrict itself: `value` is the kind of error
  confined,  ///< it has: `value` is Landlock's version, or 0
  file,      ///< one attempt: `value` is an errno
  socket,    ///< one socket that may be written to
  end,       ///< all was tried
};

/// What the process that tries writes to the one that asked: numbers only, so
/// that nothing of a file can stand in it.
struct Record {
  RecordKind kind = RecordKind::end;
  std::uint8_t attempt = 0;
  std::uint8_t level = 0;
  std::uint8_t reason = 0;
  std::uint32_t index = 0;
  std::int32_t value = 0;
};

static_assert(std::is_trivially_copyable_v<Record> && sizeof(Record) == 12);

}  // namespace blindfold::doctor
