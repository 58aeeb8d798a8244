#include "unit/platform/http/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <utility>

namespace blindfold::http::test {

ScriptedServer::Connection::Connection(ScriptedServer& server, int fd)
    : server_(server), fd_(fd), poll_(server.loop_, [this](loop::Readiness) noexcept { ready(); }) {
  BOOST_REQUIRE(poll_.start(fd, loop::Readiness::readable).has_value());
}

bool ScriptedServer::Connection::take_request(std::string& request) {
  const std::size_t end = received_.find("\r\n\r\n");
  if (end == std::string::npos) {
    return false;
  }
  std::size_t size = end + 4;
  if (const std::size_t length = received_.find("Content-Length: "); length < end) {
    size += std::strtoul(received_.c_str() + length + 16, nullptr, 10);
  }
  if (received_.size() < size) {
    return false;
  }
  request = received_.substr(0, size);
  received_.erase(0, size);
  server_.requests_.push_back(request);
  return true;
}

void ScriptedServer::Connection::send(std::string_view bytes) {
  pending_ += bytes;
  flush();
}

void ScriptedServer::Connection::send_endlessly(std::string_view bytes) {
  while (endless_.size() < 16'384) {
    endless_ += bytes;
  }
  flush();
}

void ScriptedServer::Connection::close() {
  closing_ = true;
  flush();
}

void ScriptedServer::Connection::reset() {
  const linger at_once{1, 0};
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  end();
}

void ScriptedServer::Connection::end() {
  poll_.stop();
  fd_.close();
}

void ScriptedServer::Connection::ready() noexcept {
  std::array<char, 65'536> bytes{};
  const ssize_t size = ::recv(fd_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (size == 0) {
    end();
    return;
  }
  if (size > 0) {
    received_.append(bytes.data(), static_cast<std::size_t>(size));
    server_.script_(*this);
  }
  if (fd_) {
    flush();
  }
}

void ScriptedServer::Connection::flush() {
  while (fd_) {
    if (pending_.empty()) {
      pending_ = endless_;
    }
    const ssize_t size = pending_.empty() ? 0
                                          : ::send(fd_.get(), pending_.data(), pending_.size(),
                                                   MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size <= 0) {
      break;
    }
    sent_ += static_cast<std::size_t>(size);
    pending_.erase(0, static_cast<std::size_t>(size));
    if (!endless_.empty()) {
      break;
    }
  }
  if (!fd_) {
    return;
  }
  if (closing_ && pending_.empty()) {
    ::shutdown(fd_.get(), SHUT_WR);
    end();
    return;
  }
  const auto interest = pending_.empty() && endless_.empty()
                            ? loop::Readiness::readable
                            : loop::Readiness::readable | loop::Readiness::writable;
  BOOST_REQUIRE(poll_.start(fd_.get(), interest).has_value());
}

ScriptedServer::ScriptedServer(loop::Loop& loop, Script script)
    : loop_(loop),
      script_(std::move(script)),
      fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
      poll_(loop, [this](loop::Readiness) noexcept { accept(); }) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  BOOST_REQUIRE(::bind(fd_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
  BOOST_REQUIRE(::listen(fd_.get(), 512) == 0);
  BOOST_REQUIRE(::getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  BOOST_REQUIRE(poll_.start(fd_.get(), loop::Readiness::readable).has_value());
}

ScriptedServer::ScriptedServer(loop::Loop& loop, std::string reply)
    : ScriptedServer(loop, [reply = std::move(reply)](Connection& connection) {
        std::string request;
        while (connection.take_request(request)) {
          connection.send(reply);
        }
      }) {
}

std::size_t ScriptedServer::open_connections() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(connections_, [](const Connection& each) { return each.open(); }));
}

void ScriptedServer::stop_listening() {
  poll_.stop();
  fd_.close();
}

void ScriptedServer::accept() noexcept {
  const int fd = ::accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd >= 0) {
    // What is small is not kept until what came before is acknowledged.
    const int at_once = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    script_(connections_.emplace_back(*this, fd));
  }
}

std::string reply(std::string_view body, std::string_view fields, std::string_view status) {
  return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(fields) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace blindfold::http::test
