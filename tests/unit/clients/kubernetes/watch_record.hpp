#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api_fixture.hpp"
#include "clients/kubernetes/table_watch.hpp"

namespace blindfold::kubernetes {

/// What a watch tells, one line each.
class WatchRecord final : public TableListener {
 public:
  void on_list_begin() noexcept override { add("begin"); }
  void on_listed(const TableRow& row) noexcept override { add("listed" + cells(row)); }
  void on_list_end() noexcept override { add("end"); }
  void on_change(Change change, const TableRow& row) noexcept override {
    const auto* word = change == Change::added      ? "added"
                       : change == Change::modified ? "modified"
                                                    : "deleted";
    add(word + cells(row) + " at " + row.resource_version);
  }
  void on_failure(const Failure& failure) noexcept override { add("failure " + words(failure)); }
  void on_alive() noexcept override { add("alive"); }

  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] std::string last() const { return lines_.empty() ? "" : lines_.back(); }
  void forget() { lines_.clear(); }
  void forget_last() { lines_.pop_back(); }

  /// Called after each.
  std::function<void(const std::string&)> on_line;

 private:
  static std::string cells(const TableRow& row) {
    std::string text;
    for (const auto& cell : row.cells) {
      text += " " + cell;
    }
    return text;
  }
  void add(std::string line) {
    lines_.push_back(std::move(line));
    if (on_line) {
      on_line(std::string(lines_.back()));
    }
  }

  std::vector<std::string> lines_;
};

inline constexpr std::string_view column_definitions =
    R"("columnDefinitions":[{"name":"Name"},{"name":"Type"},{"name":"Data"},{"name":"Age"}])";

/// A page of a list, whose version is `version`.
[[nodiscard]] inline std::string page(const std::vector<std::string>& names,
                                      std::string_view next = "",
                                      std::string_view version = "100") {
  std::string text = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{)"
                     R"("resourceVersion":")" +
                     std::string(version) + "\"";
  if (!next.empty()) {
    text += ",\"continue\":\"" + std::string(next) + "\"";
  }
  text += "}," + std::string(column_definitions) + ",\"rows\":[";
  for (const auto& name : names) {
    text += std::string(text.ends_with('[') ? "" : ",") + "{\"cells\":[\"" + name +
            "\",\"Opaque\",2,\"5s\"],\"object\":null}";
  }
  return text + "]}\n";
}

[[nodiscard]] inline std::string event(std::string_view type, std::string_view name,
                                       std::string_view version) {
  return "{\"type\":\"" + std::string(type) +
         R"(","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{)"
         R"("resourceVersion":")" +
         std::string(version) + "\"}," + std::string(column_definitions) +
         ",\"rows\":[{\"cells\":[\"" + std::string(name) +
         "\",\"Opaque\",2,\"5s\"],\"object\":null}]}}\n";
}

[[nodiscard]] inline std::string error_event(int code, std::string_view reason) {
  return R"({"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":")" +
         std::string(reason) + "\",\"code\":" + std::to_string(code) + "}}\n";
}

/// A watch of the secrets of one namespace, not started.
struct WatchFixture : ApiFixture {
  WatchFixture() { make({.collection = {"secrets", "app", ""}, .columns = {"Name", "Data"}}); }

  void make(TableWatch::Options options) {
    watch.emplace(loop(), *connection, record, std::move(options));
  }
  /// Whether so many lines are told.
  [[nodiscard]] bool told(std::size_t lines) {
    return run_until([this, lines] { return record.size() >= lines; });
  }
  /// Through list and versions, of one secret "a", to a watch that is alive.
  void come_alive() {
    expect("&limit=4000 ", answer(page({"a"})));
    expect_stream("&watch=1&resourceVersion=0&", event("ADDED", "a", "42"));
    expect_stream("&watch=1&resourceVersion=100&");
    watch->start();
    BOOST_REQUIRE(told(4));
    pass(std::chrono::seconds(1));
    BOOST_REQUIRE(told(5));
    BOOST_TEST(record.last() == "alive");
    record.forget();
  }

  /// A bookmark, and that it has been read: a row follows it.
  void bookmark(std::string_view version) {
    const std::size_t before = record.size();
    stream(event("BOOKMARK", "", version) + event("MODIFIED", "tick", version));
    BOOST_REQUIRE(told(before + 1));
    BOOST_TEST(record.last() == "modified tick 2 at " + std::string(version));
    record.forget_last();
  }

  WatchRecord record;
  std::optional<TableWatch> watch;
};

}  // namespace blindfold::kubernetes
