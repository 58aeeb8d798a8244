#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"

namespace blindfold::helper {

/// What agent and helper say to each other, a packet of a SOCK_SEQPACKET socket
/// each. Both are the same program, so numbers stand as this machine has them.

inline constexpr std::size_t longest_name = 255;
inline constexpr std::size_t longest_packet = 2048;

/// Agent to helper: run what is listed under that name.
struct Request {
  std::uint64_t id = 0;  ///< the agent's; reports carry it
  std::string name;
};

/// Helper to agent.
struct Report {
  enum class Kind : std::uint8_t {
    started,  ///< with the reading end of the program's standard output
    done,     ///< it ended with status 0
    failed,   ///< `error` says why; the last one of its id, as `done` is
  };
  std::uint64_t id = 0;
  Kind kind = Kind::failed;
  base::Error error;  ///< cut where it is too long
};

[[nodiscard]] std::string encode(const Request& request);
[[nodiscard]] std::string encode(const Report& report);
/// Nothing where it is not of that form.
[[nodiscard]] std::optional<Request> decode_request(std::string_view packet);
[[nodiscard]] std::optional<Report> decode_report(std::string_view packet);

enum class Wait : std::uint8_t { yes, no };

/// Sends one packet, and a descriptor with it where `passed` is not -1.
[[nodiscard]] base::Result<> send_packet(int socket, std::string_view bytes, Wait wait,
                                         int passed = -1) noexcept;

struct Received {
  enum class Kind : std::uint8_t { packet, nothing, closed };
  Kind kind = Kind::nothing;
  std::string bytes;
  base::UniqueFd passed;  ///< close-on-exec; empty: none came
};

/// The next packet, without waiting. One that is too long is cut.
[[nodiscard]] Received receive_packet(int socket) noexcept;

}  // namespace blindfold::helper
