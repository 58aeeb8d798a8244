#include "platform/xml/parser.hpp"

#include <expat.h>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "platform/xml/wiping_memory.hpp"

namespace blindfold::xml {
namespace {

struct FreeParser {
  void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
};

XML_Parser make_parser() noexcept {
  const XML_Memory_Handling_Suite memory{allocate, reallocate, release};
  return XML_ParserCreate_MM("UTF-8", &memory, nullptr);
}

}  // namespace

/// What expat calls; from within feed() and finish() only.
struct Parser::State {
  State(Reader& reader_in, const Limits& limits_in) noexcept;

  static void on_begin(void* state, const char* name, const char** attributes) noexcept;
  static void on_end(void* state, const char* name) noexcept;
  static void on_text(void* state, const char* text, int size) noexcept;
  static void on_document_type(void* state, const char*, const char*, const char*, int) noexcept;

  /// Ends the parse, where it has not ended yet.
  void fail(base::ErrorKind kind, std::string what) noexcept;
  void go_on(bool wanted) noexcept;
  [[nodiscard]] base::Result<> parse(std::string_view bytes, bool last) noexcept;

  Reader& reader;
  Limits limits;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser{make_parser()};
  std::size_t used = 0;
  std::size_t depth = 0;
  std::optional<base::Error> failed;
};

Parser::State::State(Reader& reader_in, const Limits& limits_in) noexcept
    : reader(reader_in), limits(limits_in) {
  if (parser == nullptr) {
    failed = base::Error{base::ErrorKind::internal, "there is no memory to read XML with", {}};
    return;
  }
  XML_SetUserData(parser.get(), this);
  XML_SetElementHandler(parser.get(), &State::on_begin, &State::on_end);
  XML_SetCharacterDataHandler(parser.get(), &State::on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), &State::on_document_type);
}

void Parser::State::fail(base::ErrorKind kind, std::string what) noexcept {
  if (!failed) {
    failed = base::Error{kind, std::move(what), {}};
    XML_StopParser(parser.get(), XML_FALSE);
  }
}

void Parser::State::go_on(bool wanted) noexcept {
  if (!wanted) {
    fail(base::ErrorKind::protocol, "the XML is not what was asked for");
  }
}

// Stopped, expat still tells of what is under way: the end of `<a/>`, for one.
void Parser::State::on_begin(void* state, const char* name, const char** /*attributes*/) noexcept {
  State& self = *static_cast<State*>(state);
  if (self.failed) {
    return;
  }
  if (++self.depth > self.limits.depth) {
    self.fail(base::ErrorKind::limit,
              "the XML is nested deeper than " + std::to_string(self.limits.depth) + " levels");
    return;
  }
  self.go_on(self.reader.begin_element(name));
}

void Parser::State::on_end(void* state, const char* /*name*/) noexcept {
  State& self = *static_cast<State*>(state);
  if (!self.failed) {
    --self.depth;
    self.go_on(self.reader.end_element());
  }
}

void Parser::State::on_text(void* state, const char* text, int size) noexcept {
  State& self = *static_cast<State*>(state);
  if (!self.failed) {
    self.go_on(self.reader.text({text, static_cast<std::size_t>(size)}));
  }
}

void Parser::State::on_document_type(void* state, const char* /*name*/, const char* /*system*/,
                                     const char* /*public*/, int /*internal*/) noexcept {
  static_cast<State*>(state)->fail(base::ErrorKind::protocol,
                                   "the XML has a document type, which is not read");
}

base::Result<> Parser::State::parse(std::string_view bytes, bool last) noexcept {
  if (!failed && bytes.size() > limits.document - used) {
    failed =
        base::Error{base::ErrorKind::limit,
                    "an XML document is larger than " + std::to_string(limits.document) + " bytes",
                    {}};
  }
  if (!failed) {
    used += bytes.size();
    const auto status =
        XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
    if (status != XML_STATUS_OK && !failed) {
      failed = base::Error{
          base::ErrorKind::protocol, last ? "the XML ends in the middle" : "this is not XML", {}};
    }
  }
  return failed ? base::Result<>(std::unexpected(*failed)) : base::Result<>();
}

Parser::Parser(Reader& reader, Limits limits) : state_(std::make_unique<State>(reader, limits)) {
}

Parser::~Parser() = default;

base::Result<> Parser::feed(std::string_view bytes) noexcept {
  return state_->parse(bytes, false);
}

base::Result<> Parser::finish() noexcept {
  return state_->parse({}, true);
}

}  // namespace blindfold::xml
