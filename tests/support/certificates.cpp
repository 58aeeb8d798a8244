#include "support/certificates.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "support/run_program.hpp"

namespace blindfold::support {
namespace {

constexpr const char* signs = "ca\ncert_signing_key\n";
constexpr const char* serves =
    "dns_name = \"localhost\"\ndns_name = \"kubernetes.test\"\nip_address = \"127.0.0.1\"\n"
    "tls_www_server\nsigning_key\n";
constexpr const char* asks = "tls_www_client\nsigning_key\n";
constexpr const char* valid = "expiration_days = 30\n";
constexpr const char* over =
    "activation_date = \"2020-01-01 00:00:00 UTC\"\nexpiration_date = \"2021-01-01 00:00:00 "
    "UTC\"\n";
constexpr const char* to_come =
    "activation_date = \"2090-01-01 00:00:00 UTC\"\nexpiration_date = \"2091-01-01 00:00:00 "
    "UTC\"\n";

void certtool(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "certtool");
  const Outcome outcome = run_program(arguments);
  BOOST_REQUIRE_MESSAGE(outcome.status == 0, "certtool: " << outcome.err);
}

}  // namespace

Certificates::Certificates() {
  const std::string long_lived = valid;
  authority = make("authority", signs + long_lived, nullptr);
  other_authority = make("other authority", signs + long_lived, nullptr);
  server = make("server", serves + long_lived, &authority);
  expired = make("expired", std::string(serves) + over, &authority);
  not_yet_valid = make("not yet valid", std::string(serves) + to_come, &authority);
  elsewhere =
      make("elsewhere", "dns_name = \"elsewhere.test\"\ntls_www_server\n" + long_lived, &authority);
  client = make("client", asks + long_lived, &authority);
  other_client = make("other client", asks + long_lived, &other_authority);
}

const Certificates& Certificates::get() {
  static const Certificates certificates;
  return certificates;
}

Identity Certificates::make(const std::string& name, const std::string& lines,
                            const Identity* issuer) const {
  Identity made{folder_ / (name + ".crt"), folder_ / (name + ".key"), {}, {}};
  const std::string form = folder_.write(name + ".form", "cn = \"" + name + "\"\n" + lines);
  certtool({"--generate-privkey", "--key-type", "ecdsa", "--curve", "secp256r1", "--outfile",
            made.key_file});
  std::vector<std::string> arguments{"--load-privkey", made.key_file,        "--template", form,
                                     "--outfile",      made.certificate_file};
  if (issuer == nullptr) {
    arguments.emplace_back("--generate-self-signed");
  } else {
    arguments.insert(arguments.end(),
                     {"--generate-certificate", "--load-ca-certificate", issuer->certificate_file,
                      "--load-ca-privkey", issuer->key_file});
  }
  certtool(arguments);
  made.certificate = contents_of(made.certificate_file);
  made.key = contents_of(made.key_file);
  return made;
}

}  // namespace blindfold::support
