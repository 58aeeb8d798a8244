#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "clients/aws/account.hpp"
#include "clients/aws/operations.hpp"
#include "platform/base/error.hpp"
#include "platform/helper/helper.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::aws {

/// AWS as one identity: its credentials, two connections at most to each service
/// and region that is called, and how far this machine's clock is off. It outlives
/// its calls.
class Session final {
 public:
  /// `loop`, `account` and `helper` (null where no source is a Process) outlive
  /// it. The one of `account.sources` that `source` counts to is used, and no
  /// other; where there is none, each call fails, with the reasons that the chain
  /// has none. Fails (`configuration`) where the region, a certificate or an address
  /// cannot be used. The first one is made before there are other threads
  /// (http::Client::make).
  [[nodiscard]] static base::Result<std::unique_ptr<Session>> make(loop::Loop& loop,
                                                                   const Account& account,
                                                                   std::size_t source,
                                                                   helper::Helper* helper);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  Session(Session&&) = delete;
  Session& operator=(Session&&) = delete;

  /// For what names no region; empty: nothing says one.
  [[nodiscard]] const std::string& region() const noexcept;
  /// For messages: the host that a call goes to, with its port where it has one.
  [[nodiscard]] std::string server(Service service, const std::string& region) const;

 private:
  friend class Call;
  struct Parts;
  explicit Session(std::unique_ptr<Parts> parts) noexcept;
  std::unique_ptr<Parts> parts_;
};

}  // namespace blindfold::aws
