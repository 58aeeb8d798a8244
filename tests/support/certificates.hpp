#pragma once

#include <string>

#include "support/scratch_folder.hpp"

namespace blindfold::support {

/// A certificate and its key, in files and as text.
struct Identity {
  std::string certificate_file;
  std::string key_file;
  std::string certificate;
  std::string key;
};

/// Certificates for tests, made by certtool. Names of servers: 127.0.0.1,
/// localhost and kubernetes.test.
class Certificates final {
 public:
  Certificates();

  /// Made once for the test program.
  [[nodiscard]] static const Certificates& get();

  Identity authority;
  Identity other_authority;
  Identity server;
  Identity expired;
  Identity not_yet_valid;
  Identity elsewhere;  ///< for another name
  Identity client;     ///< "CN=client"
  Identity other_client;

 private:
  [[nodiscard]] Identity make(const std::string& name, const std::string& lines,
                              const Identity* issuer) const;

  ScratchFolder folder_;
};

}  // namespace blindfold::support
