#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace blindfold::http {

/// Owns a curl easy handle; says afterwards whether all options were taken.
class EasyHandle final {
 public:
  EasyHandle() noexcept : handle_(curl_easy_init()), good_(handle_ != nullptr) {}

  [[nodiscard]] CURL* get() const noexcept { return handle_.get(); }
  [[nodiscard]] bool good() const noexcept { return good_; }

  /// curl's options are long, a pointer or a function; it copies strings, apart
  /// from CURLOPT_POSTFIELDS. One that this curl does not know is a failure.
  void set(CURLoption option, long value) noexcept { apply(option, value); }
  void set(CURLoption option, const std::string& value) noexcept { apply(option, value.c_str()); }
  template <class Pointed>
  void set(CURLoption option, Pointed* value) noexcept {
    apply(option, value);
  }

  /// A text that curl knows, its own; null where it does not.
  [[nodiscard]] const char* text(CURLINFO info) const noexcept {
    char* value = nullptr;
    curl_easy_getinfo(handle_.get(), info, &value);
    return value;
  }

  /// A number that curl knows of the transfer; 0 where it does not.
  [[nodiscard]] long number(CURLINFO info) const noexcept {
    long value = 0;
    curl_easy_getinfo(handle_.get(), info, &value);
    return value;
  }

 private:
  struct Free {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
  };

  template <class Value>
  void apply(CURLoption option, Value value) noexcept {
    good_ = good_ && curl_easy_setopt(handle_.get(), option, value) == CURLE_OK;
  }

  std::unique_ptr<CURL, Free> handle_;
  bool good_;
};

}  // namespace blindfold::http
