#pragma once

#include <memory>
#include <string>

#include "clients/kubernetes/account.hpp"
#include "clients/kubernetes/token_source.hpp"
#include "platform/base/error.hpp"
#include "platform/http/client.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::kubernetes {

/// One API server as one account: the connections, the token, and the CA as it
/// rotates. It outlives its calls and watches.
class Connection final {
 public:
  /// `loop` and `helper` (null where the account has no plugin) outlive it.
  [[nodiscard]] static base::Result<std::unique_ptr<Connection>> make(loop::Loop& loop,
                                                                      Account account,
                                                                      helper::Helper* helper);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;

  /// The account's own, for what names none.
  [[nodiscard]] const std::string& name_space() const noexcept;
  /// For messages: "https://host:port".
  [[nodiscard]] const std::string& server() const noexcept;

 private:
  friend class Call;
  friend class TableWatch;
  struct Parts;
  explicit Connection(std::unique_ptr<Parts> parts) noexcept;
  std::unique_ptr<Parts> parts_;
};

}  // namespace blindfold::kubernetes
