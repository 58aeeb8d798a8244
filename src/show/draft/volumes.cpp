#include "show/draft/volumes.hpp"

#include <cstddef>
#include <utility>

#include "show/report/words.hpp"

namespace blindfold::draft {
namespace {

/// One volume of a pod.
class Volume final {
 public:
  Volume(const Owner& owner, TreeNode volume, Findings& findings)
      : owner_(owner),
        volume_(volume),
        findings_(findings),
        where_(owner.words + ", volume " + report::quoted(text_at(volume, "name"))) {}

  void look() {
    if (const auto secret = find(volume_, "secret")) {
      add_files(*secret, "secretName");
    }
    each(find(volume_, "projected"), "sources", [this](TreeNode source) {
      if (const auto secret = find(source, "secret")) {
        add_files(*secret, "name");
      }
    });
    if (const auto azure = find(volume_, "azureFile")) {
      add(*azure, text_at(azure, "secretName"));
    }
    look_at_csi();
    look_for_references();
  }

 private:
  /// `keys` are asked for where `items` says so.
  void add_files(TreeNode secret, std::string_view name_key) {
    SecretUse use = used(text_at(secret, name_key));
    use.optional = is_true(secret, "optional");
    each(secret, "items", [&use](TreeNode item) { use.keys.emplace_back(text_at(item, "key")); });
    findings_.add(std::move(use), secret);
  }

  void look_at_csi() {
    const auto csi = find(volume_, "csi");
    const std::string_view provider = text_at(find(csi, "volumeAttributes"), "secretProviderClass");
    if (!provider.empty()) {
      findings_.note(where_ + ": what SecretProviderClass " + report::quoted(provider) +
                     " brings from outside of the cluster");
    }
    if (const auto reference = find(csi, "nodePublishSecretRef")) {
      add(*reference, text_at(reference, "name"));
    }
  }

  /// Most drivers that are part of Kubernetes name theirs alike.
  void look_for_references() {
    for (std::size_t i = 0; i < volume_.pairs(); ++i) {
      if (const auto reference = find(volume_.value(i), "secretRef")) {
        add(*reference, text_at(reference, "name"));
      }
    }
  }

  void add(TreeNode at, std::string_view name) { findings_.add(used(name), at); }

  [[nodiscard]] SecretUse used(std::string_view name) const {
    return {.name_space = owner_.name_space, .name = std::string(name), .where = where_};
  }

  const Owner& owner_;
  TreeNode volume_;
  Findings& findings_;
  std::string where_;
};

}  // namespace

void find_in_volumes(const Owner& owner, TreeNode pod_spec, Findings& findings) {
  each(pod_spec, "volumes",
       [&owner, &findings](TreeNode volume) { Volume(owner, volume, findings).look(); });
}

}  // namespace blindfold::draft
