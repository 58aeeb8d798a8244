#pragma once

#include <cstdint>
#include <string_view>

#include "platform/json/parser.hpp"

namespace blindfold::doctor {

/// Reads nothing: it ends any reply at its first token. So whatever a service
/// answers to an operation that brings values, none of it is looked at.
class RefusingReader final : public json::Reader {
 public:
  bool begin_object() noexcept override { return false; }
  bool end_object() noexcept override { return false; }
  bool begin_array() noexcept override { return false; }
  bool end_array() noexcept override { return false; }
  bool key(std::string_view /*name*/) noexcept override { return false; }
  bool string(std::string_view /*piece*/, bool /*last*/) noexcept override { return false; }
  bool number(std::int64_t /*value*/) noexcept override { return false; }
  bool fraction(double /*value*/) noexcept override { return false; }
  bool boolean(bool /*value*/) noexcept override { return false; }
  bool null() noexcept override { return false; }
  bool end_document() noexcept override { return false; }
};

}  // namespace blindfold::doctor
