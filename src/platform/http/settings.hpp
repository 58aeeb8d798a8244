#pragma once

#include <curl/curl.h>

#include "platform/base/error.hpp"
#include "platform/http/address.hpp"
#include "platform/http/easy_handle.hpp"
#include "platform/http/endpoint.hpp"
#include "platform/http/memory_file.hpp"

namespace blindfold::http {

/// What all requests of a client have in common, whatever it trusts. It stays
/// where it is: curl's handles point into it.
class Settings final {
 public:
  Settings(Address address, MemoryFile certificate, MemoryFile key, bool verify,
           ClientOptions options) noexcept;
  ~Settings() = default;
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;
  Settings(Settings&&) = delete;
  Settings& operator=(Settings&&) = delete;

  [[nodiscard]] const Address& address() const noexcept { return address_; }
  [[nodiscard]] const ClientOptions& options() const noexcept { return options_; }

  /// Gives them to a handle; it and `ca` (no file: the system's certificates are
  /// trusted) are outlived by this.
  void configure(EasyHandle& handle, const MemoryFile& ca) const noexcept;

 private:
  void configure_tls(EasyHandle& handle, const MemoryFile& ca) const noexcept;
  void configure_route(EasyHandle& handle) const noexcept;

  Address address_;
  MemoryFile certificate_;
  MemoryFile key_;
  bool verify_;
  ClientOptions options_;
  mutable curl_slist connect_to_{};  ///< curl takes no list of const; it changes nothing
};

}  // namespace blindfold::http
