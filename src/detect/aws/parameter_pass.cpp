#include "detect/aws/parameter_pass.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::detect {

void ParameterPass::begin(std::vector<std::string> names) {
  names_ = std::move(names);
  found_.clear();
  next_.clear();
  pages_ = 0;
}

aws::Operation ParameterPass::question() const {
  return aws::describe_parameters(names_, next_);
}

void ParameterPass::on_parameter(const aws::ParameterFacts& facts) {
  if (std::ranges::find(names_, facts.name) == names_.end()) {
    return;
  }
  const auto known = std::ranges::find(found_, facts.name, &aws::ParameterFacts::name);
  if (known == found_.end()) {
    found_.push_back(facts);
  } else {
    *known = facts;
  }
}

ParameterPass::Page ParameterPass::on_page(const std::string& next) noexcept {
  ++pages_;
  if (next.empty() || found_.size() == names_.size()) {
    return Page::last;
  }
  next_ = next;
  return pages_ >= most_pages ? Page::endless : Page::more;
}

const aws::ParameterFacts* ParameterPass::find(const std::string& name) const noexcept {
  const auto found = std::ranges::find(found_, name, &aws::ParameterFacts::name);
  return found == found_.end() ? nullptr : &*found;
}

}  // namespace blindfold::detect
