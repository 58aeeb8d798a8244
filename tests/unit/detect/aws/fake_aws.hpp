#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "unit/platform/http/scripted_server.hpp"

namespace blindfold::detect {

/// As much of Secrets Manager and Parameter Store as the sources ask of them, in
/// several regions at one address, with secrets that have no values.
class FakeAws final {
 public:
  struct Secret {
    std::string version = "v1";
    bool holds_value = true;
    bool pending_deletion = false;
  };
  struct Parameter {
    std::string type = "SecureString";
    int version = 1;
  };
  struct Region {
    enum class Mood : std::uint8_t { well, silent, resets, throttles };
    std::map<std::string, Secret> secrets;
    std::map<std::string, Parameter> parameters;
    Mood mood = Mood::well;
  };
  struct Asked {
    std::string region;
    std::string operation;
    std::string body;
    base::SteadyTime at;
  };

  FakeAws(loop::Loop& loop, const base::Clock& clock);

  [[nodiscard]] std::string url() const { return server_.url(); }
  [[nodiscard]] std::size_t count(std::string_view operation, std::string_view region = {}) const;

  std::map<std::string, Region> regions;
  std::set<std::string> denied;  ///< operations
  std::size_t secrets_a_page = 100;
  std::size_t parameters_a_page = 50;  ///< that are gone through
  std::vector<Asked> asked;

 private:
  using Connection = http::test::ScriptedServer::Connection;

  void serve(Connection& connection);
  [[nodiscard]] std::string answer(const Asked& request) const;
  [[nodiscard]] std::string describe_secret(const Asked& request) const;
  [[nodiscard]] std::string list_versions(const Asked& request) const;
  [[nodiscard]] std::string list_secrets(const Asked& request) const;
  [[nodiscard]] std::string describe_parameters(const Asked& request) const;

  const base::Clock& clock_;
  http::test::ScriptedServer server_;
};

}  // namespace blindfold::detect
