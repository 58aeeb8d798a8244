#pragma once

#include <curl/curl.h>

#include <chrono>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/http/address.hpp"
#include "platform/http/easy_handle.hpp"

namespace blindfold::http {

/// Why curl ended a transfer, for a person. `said` is curl's own text: it tells
/// causes apart and is not repeated, as what the server sent may stand in it.
[[nodiscard]] base::Error failure(CURLcode code, std::string_view said, const EasyHandle& handle,
                                  const Address& address,
                                  std::chrono::milliseconds connect_timeout);

}  // namespace blindfold::http
