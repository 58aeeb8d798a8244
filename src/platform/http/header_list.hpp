#pragma once

#include <curl/curl.h>

#include <deque>
#include <string>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/http/client.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::http {

/// A request's header lines in curl's form. curl copies neither list nor lines:
/// it outlives the transfer, and the credential's line is nowhere but here, in a
/// SecretBuffer.
class HeaderList final {
 public:
  HeaderList() noexcept = default;
  ~HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  HeaderList(HeaderList&&) = delete;
  HeaderList& operator=(HeaderList&&) = delete;

  /// A line such as "Accept: text/plain"; "Expect:" is none of that name at all.
  void add(std::string line);

  /// "NAME: VALUE". Fails (`internal`) where that is not one line of a header.
  [[nodiscard]] base::Result<> add(std::string_view name, std::string_view value);

  /// Once. Fails (`configuration`) where the credential has bytes that cannot be
  /// sent, without repeating them.
  [[nodiscard]] base::Result<> add(SecretHeader credential) noexcept;

  [[nodiscard]] curl_slist* first() noexcept { return nodes_.empty() ? nullptr : &nodes_.front(); }

 private:
  void link(char* line);

  std::deque<std::string> lines_;
  secret::SecretBuffer credential_;
  std::deque<curl_slist> nodes_;
};

}  // namespace blindfold::http
