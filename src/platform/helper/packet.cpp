#include "platform/helper/packet.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace blindfold::helper {
namespace {

constexpr std::size_t id_size = sizeof(std::uint64_t);
constexpr std::size_t report_head = id_size + 2;

void append_id(std::string& out, std::uint64_t id) {
  std::array<char, id_size> bytes{};
  std::memcpy(bytes.data(), &id, id_size);
  out.append(bytes.data(), id_size);
}

std::uint64_t id_of(std::string_view packet) noexcept {
  std::uint64_t id = 0;
  std::memcpy(&id, packet.data(), id_size);
  return id;
}

bool is_kind(std::uint8_t value) noexcept {
  return value <= static_cast<std::uint8_t>(Report::Kind::failed);
}

bool is_error_kind(std::uint8_t value) noexcept {
  return value <= static_cast<std::uint8_t>(base::ErrorKind::internal);
}

/// Room for one descriptor that comes with a packet.
union Control {
  cmsghdr align;
  std::array<char, CMSG_SPACE(sizeof(int))> bytes;
};

}  // namespace

std::string encode(const Request& request) {
  std::string packet;
  append_id(packet, request.id);
  packet += request.name;
  return packet;
}

std::string encode(const Report& report) {
  std::string packet;
  append_id(packet, report.id);
  packet += static_cast<char>(report.kind);
  packet += static_cast<char>(report.error.kind);
  packet += report.error.what;
  packet += '\0';
  packet += report.error.hint;
  packet.resize(std::min(packet.size(), longest_packet));
  return packet;
}

std::optional<Request> decode_request(std::string_view packet) {
  if (packet.size() <= id_size || packet.size() > id_size + longest_name) {
    return std::nullopt;
  }
  return Request{id_of(packet), std::string(packet.substr(id_size))};
}

std::optional<Report> decode_report(std::string_view packet) {
  if (packet.size() < report_head) {
    return std::nullopt;
  }
  const auto kind = static_cast<std::uint8_t>(packet[id_size]);
  const auto error = static_cast<std::uint8_t>(packet[id_size + 1]);
  if (!is_kind(kind) || !is_error_kind(error)) {
    return std::nullopt;
  }
  const std::string_view texts = packet.substr(report_head);
  const std::size_t end = std::min(texts.find('\0'), texts.size());
  const std::string_view hint = texts.substr(std::min(end + 1, texts.size()));
  return Report{
      id_of(packet),
      static_cast<Report::Kind>(kind),
      {static_cast<base::ErrorKind>(error), std::string(texts.substr(0, end)), std::string(hint)}};
}

base::Result<> send_packet(int socket, std::string_view bytes, Wait wait, int passed) noexcept {
  iovec part{.iov_base = const_cast<char*>(bytes.data()),  // NOLINT(*-const-cast): sendmsg's type
             .iov_len = bytes.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  Control control{};
  if (passed >= 0) {
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &passed, sizeof(int));
  }
  const int flags = MSG_NOSIGNAL | (wait == Wait::no ? MSG_DONTWAIT : 0);
  ssize_t sent = ::sendmsg(socket, &message, flags);
  while (sent < 0 && errno == EINTR) {
    sent = ::sendmsg(socket, &message, flags);
  }
  if (sent < 0) {
    return std::unexpected(base::system_error(errno, "cannot send to the helper process"));
  }
  return {};
}

Received receive_packet(int socket) noexcept {
  std::array<char, longest_packet> buffer{};
  iovec part{.iov_base = buffer.data(), .iov_len = buffer.size()};
  Control control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.bytes.data();
  message.msg_controllen = control.bytes.size();
  const ssize_t length = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (length < 0) {
    const bool later = errno == EAGAIN || errno == EINTR;
    return {later ? Received::Kind::nothing : Received::Kind::closed, {}, {}};
  }
  Received received;
  const cmsghdr* const header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len == CMSG_LEN(sizeof(int))) {
    int passed = -1;
    std::memcpy(&passed, CMSG_DATA(header), sizeof(int));
    received.passed = base::UniqueFd(passed);
  }
  received.kind = length == 0 ? Received::Kind::closed : Received::Kind::packet;
  received.bytes.assign(buffer.data(), static_cast<std::size_t>(length));
  return received;
}

}  // namespace blindfold::helper
