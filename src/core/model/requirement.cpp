#include "core/model/requirement.hpp"

namespace blindfold::model {

std::string_view to_string(Provider provider) noexcept {
  switch (provider) {
    case Provider::customer:
      return "customer";
    case Provider::vendor:
      return "vendor";
    case Provider::generated:
      return "generated";
  }
  return {};
}

}  // namespace blindfold::model
