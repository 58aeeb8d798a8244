#include "show/draft/objects.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "platform/base/printable.hpp"
#include "show/draft/containers.hpp"
#include "show/draft/volumes.hpp"
#include "show/report/words.hpp"

namespace blindfold::draft {
namespace {

using Node = std::optional<TreeNode>;

/// The object that is looked at.
class Object final {
 public:
  Object(TreeNode object, Findings& findings)
      : object_(object),
        spec_(find(object, "spec")),
        kind_(text_at(object, "kind")),
        group_(text_at(object, "apiVersion")),
        findings_(findings),
        owner_{base::printable(kind_) + " " +
                   report::quoted(text_at(find(object, "metadata"), "name")),
               std::string(text_at(find(object, "metadata"), "namespace"))} {
    group_ = group_.substr(0, group_.find('/'));
  }

  void look() {
    findings_.count_object();
    look_at_pods();
    if (kind_ == "Secret") {
      findings_.add(CreatedSecret{owner_.name_space, own_name()});
    } else if (kind_ == "ServiceAccount") {
      look_at_account();
    } else if (kind_ == "Ingress") {
      look_at_ingress();
    } else if (kind_ == "Gateway" && group_ == "gateway.networking.k8s.io") {
      look_at_gateway();
    } else if (kind_ == "ExternalSecret" && group_ == "external-secrets.io") {
      look_at_external_secret();
    } else if (kind_ == "SealedSecret" && group_ == "bitnami.com") {
      look_at_sealed_secret();
    } else if (kind_ == "Certificate" && group_ == "cert-manager.io") {
      add(spec_, text_at(spec_, "secretName"), ", which writes it", tls_type);
    }
  }

 private:
  void look_at_pods() {
    const Node of_template = find(find(spec_, "template"), "spec");
    const Node of_cron_job =
        find(find(find(find(spec_, "jobTemplate"), "spec"), "template"), "spec");
    const Node of_pod_template = find(find(object_, "template"), "spec");
    for (const Node& pod :
         {kind_ == "Pod" ? spec_ : Node(), of_template, of_cron_job, of_pod_template}) {
      if (pod) {
        find_in_containers(owner_, *pod, findings_);
        find_in_volumes(owner_, *pod, findings_);
        look_at_pull_secrets(*pod);
      }
    }
  }

  void look_at_pull_secrets(TreeNode map) {
    each(map, "imagePullSecrets", [this](TreeNode reference) {
      add(reference, text_at(reference, "name"), ", to pull images", docker_type);
    });
  }

  void look_at_account() {
    look_at_pull_secrets(object_);
    each(object_, "secrets",
         [this](TreeNode reference) { add(reference, text_at(reference, "name"), "", {}); });
  }

  void look_at_ingress() {
    each(spec_, "tls", [this](TreeNode tls) {
      // Without one the controller takes its own certificate.
      if (const auto name = find(tls, "secretName"); name && !name->text().empty()) {
        add(*name, name->text(), ", TLS", tls_type);
      }
    });
  }

  void look_at_gateway() {
    each(spec_, "listeners", [this](TreeNode listener) {
      each(find(listener, "tls"), "certificateRefs", [this](TreeNode reference) {
        const std::string_view kind = text_at(reference, "kind");
        if (kind.empty() || kind == "Secret") {
          add(reference, text_at(reference, "name"), ", TLS", tls_type,
              text_at(reference, "namespace"));
        }
      });
    });
  }

  void look_at_external_secret() {
    const Node target = find(spec_, "target");
    const Node made = find(target, "template");
    SecretUse use = used(text_at(target, "name"), ", which writes it", text_at(made, "type"));
    const Node made_keys = find(made, "data");
    if (made_keys) {
      add_keys(use, *made_keys);
    } else if (!find(spec_, "dataFrom")) {
      each(spec_, "data",
           [&use](TreeNode item) { use.keys.emplace_back(text_at(item, "secretKey")); });
    }
    if (use.name.empty()) {
      use.name = own_name();
    }
    findings_.add(std::move(use), object_);
  }

  void look_at_sealed_secret() {
    const Node made = find(spec_, "template");
    SecretUse use = used(text_at(find(made, "metadata"), "name"), ", whose controller writes it",
                         text_at(made, "type"));
    if (use.name.empty()) {
      use.name = own_name();
    }
    if (const Node sealed = find(spec_, "encryptedData")) {
      add_keys(use, *sealed);
    }
    findings_.add(std::move(use), object_);
  }

  static void add_keys(SecretUse& use, TreeNode map) {
    for (std::size_t i = 0; i < map.pairs(); ++i) {
      use.keys.emplace_back(map.key(i).text());
    }
  }

  void add(Node at, std::string_view name, std::string_view how, std::string_view type,
           std::string_view name_space = {}) {
    SecretUse use = used(name, how, type);
    if (!name_space.empty()) {
      use.name_space = name_space;
    }
    findings_.add(std::move(use), at.value_or(object_));
  }

  [[nodiscard]] SecretUse used(std::string_view name, std::string_view how,
                               std::string_view type) const {
    return {.name_space = owner_.name_space,
            .name = std::string(name),
            .type = std::string(type),
            .where = owner_.words + std::string(how)};
  }

  [[nodiscard]] std::string own_name() const {
    return std::string(text_at(find(object_, "metadata"), "name"));
  }

  TreeNode object_;
  Node spec_;
  std::string_view kind_;
  std::string_view group_;
  Findings& findings_;
  Owner owner_;
};

}  // namespace

void find_in_object(TreeNode object, Findings& findings) {
  const std::string_view kind = text_at(object, "kind");
  if (kind.ends_with("List") && find(object, "items")) {
    each(object, "items", [&findings](TreeNode item) { find_in_object(item, findings); });
  } else if (!kind.empty()) {
    Object(object, findings).look();
  }
}

}  // namespace blindfold::draft
