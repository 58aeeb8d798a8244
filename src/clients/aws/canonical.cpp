#include "clients/aws/canonical.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "clients/aws/percent.hpp"

namespace blindfold::aws {
namespace {

/// What `separators` leave of `text`, empty parts left out.
std::vector<std::string_view> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) {
      parts.push_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

/// The segments that are left once "." and ".." have done what they say.
std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> left;
  for (const std::string_view segment : parts_of(path, "/")) {
    if (segment == "..") {
      left.resize(left.size() - (left.empty() ? 0 : 1));
    } else if (segment != ".") {
      left.push_back(segment);
    }
  }
  return left;
}

}  // namespace

std::string canonical_path(std::string_view path) {
  std::string result;
  const auto append = [&result](char character) { result += character; };
  for (const std::string_view segment : segments_of(path)) {
    result += '/';
    for (const char byte : segment) {
      if (is_unreserved(byte)) {
        result += byte;
      } else {
        percent_encode(byte, append);
      }
    }
  }
  if (result.empty() || path.ends_with('/')) {
    result += '/';
  }
  return result;
}

std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string_view, std::string_view>> parameters;
  for (const std::string_view parameter : parts_of(query, "&")) {
    const std::size_t end = std::min(parameter.find('='), parameter.size());
    parameters.emplace_back(parameter.substr(0, end),
                            parameter.substr(std::min(end + 1, parameter.size())));
  }
  std::ranges::sort(parameters);
  std::string result;
  for (const auto& [name, value] : parameters) {
    result.append(result.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return result;
}

std::string canonical_value(std::string_view value) {
  std::string result;
  for (const std::string_view word : parts_of(value, " \t\n\v\f\r")) {
    result.append(result.empty() ? "" : " ").append(word);
  }
  return result;
}

std::string canonical_name(std::string_view name) {
  std::string result(name);
  std::ranges::transform(result, result.begin(), [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
  });
  return result;
}

}  // namespace blindfold::aws
