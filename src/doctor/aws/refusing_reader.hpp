#pragma once

#include <cstdint>
#include <string_view>

#include "platform/json/parser.hpp"

namespace blindfold::doctor {

/// Reads nothing: it ends any reply at its first token. So whatever a service
/// answers to an operation that brings values, none of it is looked at.
class RefusingReader final : public json::Reader {
 public:
  /// Whether a document began.
  [[nodiscard]] bool began() const noexcept { return began_; }

  bool begin_object() noexcept override { return refuse(); }
  bool end_object() noexcept override { return refuse(); }
  bool begin_array() noexcept override { return refuse(); }
  bool end_array() noexcept override { return refuse(); }
  bool key(std::string_view /*name*/) noexcept override { return refuse(); }
  bool string(std::string_view /*piece*/, bool /*last*/) noexcept override { return refuse(); }
  bool number(std::int64_t /*value*/) noexcept override { return refuse(); }
  bool fraction(double /*value*/) noexcept override { return refuse(); }
  bool boolean(bool /*value*/) noexcept override { return refuse(); }
  bool null() noexcept override { return refuse(); }
  bool end_document() noexcept override { return refuse(); }

 private:
  bool refuse() noexcept {
    began_ = true;
    return false;
  }

  bool began_ = false;
};

}  // namespace blindfold::doctor
