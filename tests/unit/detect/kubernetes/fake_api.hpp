#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/replies.hpp"
#include "detect/kubernetes/rights.hpp"
#include "fake_replies.hpp"
#include "platform/base/clock.hpp"
#include "unit/platform/http/scripted_server.hpp"

namespace blindfold::detect {

struct FakeSecret {
  std::string type = "Opaque";
  std::uint32_t keys = 1;
  bool immutable = false;
  bool deleting = false;
  std::uint64_t version = 0;
};

/// As much of an API server as the sources ask of one, with secrets that have no
/// values: rights, the ask-only policy, dry runs, Tables and their watches.
class FakeApi final {
 public:
  using Secret = FakeSecret;
  struct Asked {
    std::string method;
    std::string target;  ///< without "/api/v1/namespaces/"
    base::SteadyTime at;
  };
  enum class Mood : std::uint8_t { well, silent, resets };

  FakeApi(loop::Loop& loop, const base::Clock& clock);

  [[nodiscard]] std::string url() const { return server_.url(); }

  void put(const std::string& name, Secret secret = {}, const std::string& name_space = "app");
  void remove(const std::string& name, const std::string& name_space = "app");
  /// Something about the quota "blindfold" of "app" changes.
  void move_quota();
  void remove_quota();
  /// kubelet says something about a pod of "app".
  void tell_event(const std::string& message, const std::string& age = "1s");

  /// Sends the bookmarks and ends the watches whose time has come.
  void tick();
  /// Ends every watch, cleanly or not.
  void end_watches(bool cleanly);

  /// How many requests of that kind there were, or whose target has that in it.
  [[nodiscard]] std::size_t count(std::string_view method, std::string_view part = {}) const;
  /// To secrets, of any kind.
  [[nodiscard]] std::size_t questions() const;
  [[nodiscard]] std::size_t open_watches() const;

  std::map<std::string, Rights> rights;             ///< by namespace
  std::map<std::string, kubernetes::Rules> hidden;  ///< what the authorizer cannot list
  std::set<std::string> name_spaces{"app"};
  std::map<std::string, std::map<std::string, std::string>> config_maps;  ///< of "app"
  bool policy = true;
  bool quota_full = false;
  Mood mood = Mood::well;
  /// A whole reply to whatever is asked and has `trouble_with` in its target.
  std::optional<std::string> trouble;
  std::string trouble_with;
  std::vector<Asked> asked;

 private:
  struct Request {
    std::string method;
    std::string path;  ///< below "/api/v1/namespaces/", or the whole
    std::string query;
    std::string body;
    std::string name_space;
    std::string resource;
    std::string name;
  };
  struct Event {
    std::uint64_t version;
    std::string resource;
    std::string name_space;
    std::string name;
    std::string type;
    std::string cells;
  };
  struct Watch {
    http::test::ScriptedServer::Connection* connection;
    std::string resource;
    std::string name_space;
    std::string name;  ///< empty: all
    bool bookmarks;
    base::SteadyTime ends;
    base::SteadyTime bookmark;
  };
  using Connection = http::test::ScriptedServer::Connection;

  static Request read(const std::string& text);
  void serve(Connection& connection);
  void answer(Connection& to, const Request& request);
  [[nodiscard]] std::string rules_review(const Request& request) const;
  [[nodiscard]] std::string access_review(const Request& request) const;
  [[nodiscard]] std::string update(const Request& request) const;
  [[nodiscard]] std::string create(const Request& request) const;
  [[nodiscard]] std::string list(const Request& request) const;
  [[nodiscard]] std::string config_map(const Request& request) const;
  void watch(Connection& to, const Request& request);
  [[nodiscard]] bool allowed(const Request& request, const char* verb) const;
  void tell(Event event);
  static bool concerns(const Watch& watch, const Event& event);
  static void send(const Watch& watch, const Event& event);

  const base::Clock& clock_;
  std::map<std::pair<std::string, std::string>, Secret> secrets_;
  std::vector<Event> events_;
  std::vector<Watch> watches_;
  std::uint64_t version_ = 100;
  std::uint64_t quota_ = 0;
  http::test::ScriptedServer server_;
};

}  // namespace blindfold::detect
