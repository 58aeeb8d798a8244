// Any bytes as a page of a list and as a watch's events: whole and in pieces the
// same rows, each of the columns that were asked for. Aborts where it is not so.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/table_reader.hpp"
#include "platform/json/parser.hpp"

namespace {

namespace json = blindfold::json;
namespace kubernetes = blindfold::kubernetes;
using Shape = kubernetes::TableReader::Shape;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

constexpr std::size_t longest_cell = 1024;
const std::vector<std::string> columns = {"Name", "Data", "Type"};

struct Outcome {
  std::string rows;
  bool complete = false;
};

void take(kubernetes::TableReader& reader, Shape shape, std::string& rows) {
  std::vector<kubernetes::TableItem> items;
  const std::size_t taken = reader.take(items);
  for (std::size_t at = 0; at < taken; ++at) {
    const auto& row = items[at].row;
    require(row.cells.size() == columns.size());
    require(row.resource_version.empty() == (shape == Shape::page));
    for (const auto& cell : row.cells) {
      require(cell.size() <= longest_cell);
      rows += cell + "|";
    }
    rows += std::to_string(static_cast<int>(items[at].change)) + row.resource_version + "\n";
  }
}

/// In pieces of `size` bytes.
Outcome read(Shape shape, std::string_view text, std::size_t size) {
  kubernetes::TableReader reader(columns);
  reader.begin(shape);
  json::Parser parser(reader);
  Outcome outcome{.rows = {}, .complete = true};
  for (; outcome.complete && !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    outcome.complete = parser.feed(text.substr(0, size)).has_value();
    take(reader, shape, outcome.rows);
  }
  outcome.complete = outcome.complete && parser.finish().has_value();
  outcome.rows += reader.version() + reader.next();
  outcome.rows += reader.error() ? reader.error()->reason : "";
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  for (const Shape shape : {Shape::page, Shape::events}) {
    const Outcome whole = read(shape, text, std::max<std::size_t>(size, 1));
    const Outcome cut = read(shape, text, 3);
    require(cut.complete == whole.complete);
    require(!whole.complete || cut.rows == whole.rows);
  }
  return 0;
}
