// Signs requests for a test that compares with somebody else's signer. On
// standard input one request a line, as JSON with the members that `request_of`
// reads, its body in hexadecimal; on standard output one line each, an object:
// the headers that the signature adds, or "error".

#include <boost/json.hpp>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/signer.hpp"

namespace {

namespace json = boost::json;
using namespace blindfold;

std::string text_of(const json::object& from, std::string_view name) {
  return json::value_to<std::string>(from.at(name));
}

std::string bytes_of(std::string_view hexadecimal) {
  std::string bytes;
  for (; hexadecimal.size() >= 2; hexadecimal.remove_prefix(2)) {
    unsigned byte = 0;
    std::from_chars(hexadecimal.data(), hexadecimal.data() + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

secret::SecretBuffer buffer_of(const std::string& text) {
  auto buffer = account::copied(text);
  if (!buffer) {
    throw std::runtime_error(buffer.error().what);
  }
  return *std::move(buffer);
}

json::object answer_to(const json::object& asked) {
  const std::string method = text_of(asked, "method");
  const std::string path = text_of(asked, "path");
  const std::string query = text_of(asked, "query");
  const std::string body = bytes_of(text_of(asked, "body"));
  aws::Unsigned request{.method = method, .path = path, .query = query, .body = body};
  for (const json::value& header : asked.at("headers").as_array()) {
    request.headers.push_back(
        {json::value_to<std::string>(header.at(0)), json::value_to<std::string>(header.at(1))});
  }
  const aws::Credentials credentials{.access_key_id = text_of(asked, "access_key_id"),
                                     .secret_access_key = buffer_of(text_of(asked, "key")),
                                     .session_token = buffer_of(text_of(asked, "token"))};
  const aws::Scope scope{.region = text_of(asked, "region"), .service = text_of(asked, "service")};
  const base::SystemTime at{std::chrono::seconds(asked.at("at").as_int64())};

  json::object answer;
  const auto headers = aws::sign(request, scope, credentials, at);
  if (!headers) {
    answer["error"] = headers.error().what;
    return answer;
  }
  for (const http::Header& header : *headers) {
    answer[header.name] = header.value;
  }
  return answer;
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << json::serialize(answer_to(json::parse(line).as_object())) << '\n';
  }
  return 0;
}
