#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace blindfold::detect {

/// A reply that is a Status; `details` is JSON, `fields` are more of the head's.
[[nodiscard]] std::string status_reply(int code, std::string_view reason, std::string_view message,
                                       std::string_view details = "{}",
                                       std::string_view fields = "");

/// What FakeApi's replies are made of.
namespace fake {

[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::string list_of(const std::vector<std::string>& words);
/// Of a Status; `causes` are made by cause().
[[nodiscard]] std::string details(std::string_view kind, std::string_view name,
                                  std::string_view causes = "");
[[nodiscard]] std::string cause(std::string_view field, std::string_view message);
[[nodiscard]] std::string object(std::string_view body, std::string_view status = "200 OK");
/// PartialObjectMetadata.
[[nodiscard]] std::string meta(const std::string& name, std::uint64_t version, bool deleting);
/// A Table's column definitions.
[[nodiscard]] std::string columns(const std::string& resource);
/// Of a body that goes on.
[[nodiscard]] std::string chunk(std::string_view text);

}  // namespace fake
}  // namespace blindfold::detect
