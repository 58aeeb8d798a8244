#include "platform/json/parser.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <optional>
#include <string>
#include <utility>

namespace blindfold::json {
namespace {

namespace bj = boost::json;

// Section 2 of RFC 8259.
constexpr std::string_view white_space = " \t\n\r";

/// What the library's parser calls: hands on to the reader, and notes why it
/// ended a parse where it did.
class Handler {
 public:
  // The library wants these limits; ours are on the document.
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  Handler(Reader& reader, std::size_t longest_key) : reader_(reader), longest_key_(longest_key) {}

  [[nodiscard]] bool key_too_long() const { return key_too_long_; }
  [[nodiscard]] bool ended() const { return ended_; }

  static bool on_document_begin(bj::error_code& /*unused*/) { return true; }
  static bool on_document_end(bj::error_code& /*unused*/) { return true; }
  bool on_object_begin(bj::error_code& code) { return go_on(reader_.begin_object(), code); }
  bool on_object_end(std::size_t /*unused*/, bj::error_code& code) {
    return go_on(reader_.end_object(), code);
  }
  bool on_array_begin(bj::error_code& code) { return go_on(reader_.begin_array(), code); }
  bool on_array_end(std::size_t /*unused*/, bj::error_code& code) {
    return go_on(reader_.end_array(), code);
  }
  bool on_key_part(bj::string_view part, std::size_t total, bj::error_code& code) {
    key_too_long_ = total > longest_key_;
    if (!key_too_long_) {
      key_.append(part.data(), part.size());
    }
    return go_on(!key_too_long_, code);
  }
  bool on_key(bj::string_view part, std::size_t total, bj::error_code& code) {
    if (!on_key_part(part, total, code)) {
      return false;
    }
    const bool wanted = reader_.key(key_);
    key_.clear();
    return go_on(wanted, code);
  }
  bool on_string_part(bj::string_view part, std::size_t /*unused*/, bj::error_code& code) {
    return go_on(part.empty() || reader_.string({part.data(), part.size()}, false), code);
  }
  bool on_string(bj::string_view part, std::size_t /*unused*/, bj::error_code& code) {
    return go_on(reader_.string({part.data(), part.size()}, true), code);
  }
  static bool on_number_part(bj::string_view /*unused*/, bj::error_code& /*unused*/) {
    return true;
  }
  bool on_int64(std::int64_t value, bj::string_view /*unused*/, bj::error_code& code) {
    return go_on(reader_.number(value), code);
  }
  bool on_uint64(std::uint64_t value, bj::string_view /*unused*/, bj::error_code& code) {
    return go_on(reader_.fraction(static_cast<double>(value)), code);
  }
  bool on_double(double value, bj::string_view /*unused*/, bj::error_code& code) {
    return go_on(reader_.fraction(value), code);
  }
  bool on_bool(bool value, bj::error_code& code) { return go_on(reader_.boolean(value), code); }
  bool on_null(bj::error_code& code) { return go_on(reader_.null(), code); }
  bool on_comment_part(bj::string_view /*unused*/, bj::error_code& code) {
    return go_on(false, code);
  }
  bool on_comment(bj::string_view /*unused*/, bj::error_code& code) { return go_on(false, code); }

  bool document() {
    bj::error_code unused;
    return go_on(reader_.end_document(), unused);
  }

 private:
  // The library goes on where a call fails without a code.
  bool go_on(bool wanted, bj::error_code& code) {
    if (!wanted) {
      ended_ = true;
      code = bj::error::exception;
    }
    return wanted;
  }

  Reader& reader_;
  std::size_t longest_key_;
  std::string key_;
  bool key_too_long_ = false;
  bool ended_ = false;
};

bj::parse_options options(const Limits& limits) {
  bj::parse_options made;
  made.max_depth = limits.depth;
  return made;
}

std::unexpected<base::Error> failure(base::ErrorKind kind, std::string what) {
  return std::unexpected(base::Error{kind, std::move(what), {}});
}

}  // namespace

struct Parser::State {
  State(Reader& reader, const Limits& limits_in)
      : limits(limits_in), parser(options(limits_in), reader, limits_in.key) {}

  /// How many of `bytes`, between two documents, are white space.
  std::size_t skip_white_space(std::string_view bytes);
  /// Reads of `bytes`, within a document, as many as belong to it.
  base::Result<std::size_t> step(std::string_view bytes);
  base::Result<> end_document();
  [[nodiscard]] base::Error reason(const bj::error_code& code);

  Limits limits;
  bj::basic_parser<Handler> parser;
  std::size_t used = 0;  ///< bytes of the document so far; 0: between two
  std::size_t documents = 0;
  bool apart = true;  ///< white space, or nothing, stands before the next byte
  std::optional<base::Error> failed;
};

base::Error Parser::State::reason(const bj::error_code& code) {
  using enum base::ErrorKind;
  if (parser.handler().key_too_long()) {
    return {limit, "a key of the JSON is longer than " + std::to_string(limits.key) + " bytes", {}};
  }
  if (parser.handler().ended()) {
    return {protocol, "the JSON is not what was asked for", {}};
  }
  if (code == bj::error::too_deep) {
    return {
        limit, "the JSON is nested deeper than " + std::to_string(limits.depth) + " levels", {}};
  }
  if (code == bj::error::incomplete) {
    return {protocol, "the JSON ends in the middle", {}};
  }
  return {protocol, "this is not JSON", {}};
}

base::Result<> Parser::State::end_document() {
  parser.reset();
  used = 0;
  ++documents;
  if (!parser.handler().document()) {
    return std::unexpected(reason({}));
  }
  return {};
}

std::size_t Parser::State::skip_white_space(std::string_view bytes) {
  const std::size_t skipped = std::min(bytes.find_first_not_of(white_space), bytes.size());
  apart = apart || skipped > 0;
  return skipped;
}

base::Result<std::size_t> Parser::State::step(std::string_view bytes) {
  const std::size_t room = limits.document - used;
  if (room == 0) {
    return failure(base::ErrorKind::limit,
                   "a JSON document is larger than " + std::to_string(limits.document) + " bytes");
  }
  if (!std::exchange(apart, true)) {
    return std::unexpected(reason({}));
  }
  bj::error_code code;
  const std::string_view some = bytes.substr(0, room);
  const std::size_t read = parser.write_some(true, some.data(), some.size(), code);
  if (code) {
    return std::unexpected(reason(code));
  }
  used += read;
  if (parser.done()) {
    apart = read > 0 && white_space.contains(bytes[read - 1]);
    if (const auto ended = end_document(); !ended) {
      return std::unexpected(ended.error());
    }
  }
  return read;
}

Parser::Parser(Reader& reader, Limits limits) : state_(std::make_unique<State>(reader, limits)) {
}

Parser::~Parser() = default;

base::Result<> Parser::feed(std::string_view bytes) noexcept {
  while (!state_->failed) {
    if (state_->used == 0) {
      bytes.remove_prefix(state_->skip_white_space(bytes));
    }
    if (bytes.empty()) {
      return {};
    }
    if (const auto read = state_->step(bytes)) {
      bytes.remove_prefix(*read);
    } else {
      state_->failed = read.error();
    }
  }
  return std::unexpected(*state_->failed);
}

base::Result<> Parser::finish() noexcept {
  if (!state_->failed && state_->used > 0) {
    bj::error_code code;
    state_->parser.write_some(false, "", 0, code);
    if (code) {
      state_->failed = state_->reason(code);
    } else if (const auto ended = state_->end_document(); !ended) {
      state_->failed = ended.error();
    }
  }
  if (state_->failed) {
    return std::unexpected(*state_->failed);
  }
  return {};
}

std::size_t Parser::documents() const noexcept {
  return state_->documents;
}

}  // namespace blindfold::json
