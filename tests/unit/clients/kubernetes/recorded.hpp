#pragma once

#include <string_view>

/// What kube-apiserver 1.34.4 answered to curl, byte for byte. The values in the
/// replies that nobody asks for are "hunter2".
namespace blindfold::kubernetes::recorded {

/// GET secrets?includeObject=None&limit=2.
inline constexpr std::string_view table_page =
    R"~({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"965","continue":"eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6OTY1LCJzdGFydCI6ImJvb3RzdHJhcFx1MDAwMCJ9","remainingItemCount":9},"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names","priority":0},{"name":"Type","type":"string","format":"","description":"Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types","priority":0},{"name":"Data","type":"string","format":"","description":"Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4","priority":0},{"name":"Age","type":"string","format":"","description":"CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata","priority":0}],"rows":[{"cells":["basic-auth","kubernetes.io/basic-auth",2,"20m"],"object":null},{"cells":["bootstrap","bootstrap.kubernetes.io/token",2,"20m"],"object":null}]}
)~";

/// GET configmaps?includeObject=None.
inline constexpr std::string_view config_map_table =
    R"~({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"965"},"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names","priority":0},{"name":"Data","type":"string","format":"","description":"Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the BinaryData field. The keys stored in Data must not overlap with the keys in the BinaryData field, this is enforced during validation process.","priority":0},{"name":"Age","type":"string","format":"","description":"CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata","priority":0}],"rows":[{"cells":["app-settings",3,"17m"],"object":null}]}
)~";

/// GET secrets?includeObject=None&watch=1&resourceVersion=0&timeoutSeconds=1.
inline constexpr std::string_view watch_from_zero =
    R"~({"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"73"},"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names","priority":0},{"name":"Type","type":"string","format":"","description":"Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types","priority":0},{"name":"Data","type":"string","format":"","description":"Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4","priority":0},{"name":"Age","type":"string","format":"","description":"CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata","priority":0}],"rows":[{"cells":["basic-auth","kubernetes.io/basic-auth",2,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"75"},"columnDefinitions":null,"rows":[{"cells":["bootstrap","bootstrap.kubernetes.io/token",2,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"68"},"columnDefinitions":null,"rows":[{"cells":["db","Opaque",2,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"72"},"columnDefinitions":null,"rows":[{"cells":["dockercfg","kubernetes.io/dockercfg",1,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"71"},"columnDefinitions":null,"rows":[{"cells":["dockerconfigjson","kubernetes.io/dockerconfigjson",1,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"69"},"columnDefinitions":null,"rows":[{"cells":["frozen","Opaque",1,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"223"},"columnDefinitions":null,"rows":[{"cells":["held","Opaque",1,"19m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"78"},"columnDefinitions":null,"rows":[{"cells":["helm","helm.sh/release.v1",1,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"77"},"columnDefinitions":null,"rows":[{"cells":["sa-token","kubernetes.io/service-account-token",0,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"74"},"columnDefinitions":null,"rows":[{"cells":["ssh-auth","kubernetes.io/ssh-auth",1,"20m"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"70"},"columnDefinitions":null,"rows":[{"cells":["tls","kubernetes.io/tls",2,"20m"],"object":null}]}}
)~";

/// The same from a version, with bookmarks: created, deleted, created with a finalizer, deletion
/// begun, two bookmarks.
inline constexpr std::string_view watch_events =
    R"~({"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"220"},"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names","priority":0},{"name":"Type","type":"string","format":"","description":"Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types","priority":0},{"name":"Data","type":"string","format":"","description":"Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4","priority":0},{"name":"Age","type":"string","format":"","description":"CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata","priority":0}],"rows":[{"cells":["new","Opaque",1,"0s"],"object":null}]}}
{"type":"DELETED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"221"},"columnDefinitions":null,"rows":[{"cells":["new","Opaque",1,"0s"],"object":null}]}}
{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"222"},"columnDefinitions":null,"rows":[{"cells":["held","Opaque",1,"0s"],"object":null}]}}
{"type":"MODIFIED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"223"},"columnDefinitions":null,"rows":[{"cells":["held","Opaque",1,"0s"],"object":null}]}}
{"type":"BOOKMARK","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"223"},"columnDefinitions":null,"rows":[{"cells":["","",0,"\u003cunknown\u003e"],"object":null}]}}
{"type":"BOOKMARK","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"223"},"columnDefinitions":null,"rows":[{"cells":["","",0,"\u003cunknown\u003e"],"object":null}]}}
)~";

/// A watch from a version that etcd has compacted.
inline constexpr std::string_view watch_expired =
    R"~({"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 70 (247)","reason":"Expired","code":410}}
)~";

/// A watch from 0 with bookmarks, on etcd 3.4.
inline constexpr std::string_view watch_no_bookmarks =
    R"~({"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"a watch stream was requested by the client but the required storage feature RequestWatchProgress is disabled","reason":"InternalError","code":500}}
)~";

/// GET secrets?continue= of a list that etcd has compacted.
inline constexpr std::string_view continue_expired = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {
    "continue": "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoiYmFzaWMtYXV0aFx1MDAwMCJ9"
  },
  "status": "Failure",
  "message": "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
  "reason": "Expired",
  "code": 410
})~";

/// PUT secrets/db?dryRun=All, as PartialObjectMetadata.
inline constexpr std::string_view probe_present =
    R"~({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"db","namespace":"app","uid":"5641fe75-d5d4-4868-9efc-1f1f127aa11a","resourceVersion":"68","creationTimestamp":"2026-11-24T12:16:56Z","managedFields":[{"manager":"curl","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:16:56Z","fieldsType":"FieldsV1","fieldsV1":{"f:type":{}}}]}}
)~";

/// The same of one that a finalizer holds.
inline constexpr std::string_view probe_being_deleted =
    R"~({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"held","namespace":"app","uid":"93e04eff-02ac-40c4-b5e2-9f510f80e8a4","resourceVersion":"223","creationTimestamp":"2026-11-24T12:18:00Z","deletionTimestamp":"2026-11-24T12:18:00Z","deletionGracePeriodSeconds":0,"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:18:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:type":{}}}]}}
)~";

/// POST secrets?dryRun=All of a name that is free.
inline constexpr std::string_view probe_created =
    R"~({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"nothing","namespace":"app","uid":"2913df45-c769-447b-ae82-8e1788b2e693","creationTimestamp":"2026-11-24T12:37:52Z","managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:37:52Z","fieldsType":"FieldsV1","fieldsV1":{"f:type":{}}}]}}
)~";

/// PUT of an immutable one.
inline constexpr std::string_view probe_immutable = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "Secret \"frozen\" is invalid: [immutable: Forbidden: field is immutable when `immutable` is set, data: Forbidden: field is immutable when `immutable` is set]",
  "reason": "Invalid",
  "details": {
    "name": "frozen",
    "kind": "Secret",
    "causes": [
      {
        "reason": "FieldValueForbidden",
        "message": "Forbidden: field is immutable when `immutable` is set",
        "field": "immutable"
      },
      {
        "reason": "FieldValueForbidden",
        "message": "Forbidden: field is immutable when `immutable` is set",
        "field": "data"
      }
    ]
  },
  "code": 422
})~";

/// PUT with another type.
inline constexpr std::string_view probe_wrong_type = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "Secret \"tls\" is invalid: type: Invalid value: \"Opaque\": field is immutable",
  "reason": "Invalid",
  "details": {
    "name": "tls",
    "kind": "Secret",
    "causes": [
      {
        "reason": "FieldValueInvalid",
        "message": "Invalid value: \"Opaque\": field is immutable",
        "field": "type"
      }
    ]
  },
  "code": 422
})~";

/// PUT of type tls without its keys.
inline constexpr std::string_view probe_wants_keys = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "Secret \"tls\" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]",
  "reason": "Invalid",
  "details": {
    "name": "tls",
    "kind": "Secret",
    "causes": [
      {
        "reason": "FieldValueRequired",
        "message": "Required value",
        "field": "data[tls.crt]"
      },
      {
        "reason": "FieldValueRequired",
        "message": "Required value",
        "field": "data[tls.key]"
      }
    ]
  },
  "code": 422
})~";

/// PUT of a service account token.
inline constexpr std::string_view probe_wants_annotation = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "Secret \"sa-token\" is invalid: metadata.annotations[kubernetes.io/service-account.name]: Required value",
  "reason": "Invalid",
  "details": {
    "name": "sa-token",
    "kind": "Secret",
    "causes": [
      {
        "reason": "FieldValueRequired",
        "message": "Required value",
        "field": "metadata.annotations[kubernetes.io/service-account.name]"
      }
    ]
  },
  "code": 422
})~";

/// PUT of a name that is free.
inline constexpr std::string_view probe_missing = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "secrets \"nothing\" not found",
  "reason": "NotFound",
  "details": {
    "name": "nothing",
    "kind": "secrets"
  },
  "code": 404
})~";

/// POST of a name that is taken.
inline constexpr std::string_view probe_exists = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "secrets \"db\" already exists",
  "reason": "AlreadyExists",
  "details": {
    "name": "db",
    "kind": "secrets"
  },
  "code": 409
})~";

/// POST in a namespace that does not exist.
inline constexpr std::string_view namespace_missing = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "namespaces \"nons\" not found",
  "reason": "NotFound",
  "details": {
    "name": "nons",
    "kind": "namespaces"
  },
  "code": 404
})~";

/// POST with a value, under the ask-only policy.
inline constexpr std::string_view policy_denied = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "secrets \"guess\" is forbidden: ValidatingAdmissionPolicy 'blindfold-ask-only' with binding 'blindfold-ask-only' denied request: this account sends no values",
  "reason": "Invalid",
  "details": {
    "name": "guess",
    "kind": "secrets",
    "causes": [
      {
        "message": "ValidatingAdmissionPolicy 'blindfold-ask-only' with binding 'blindfold-ask-only' denied request: this account sends no values"
      }
    ]
  },
  "code": 422
})~";

/// PUT without the right.
inline constexpr std::string_view forbidden = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "secrets \"db\" is forbidden: User \"limited\" cannot update resource \"secrets\" in API group \"\" in the namespace \"app\"",
  "reason": "Forbidden",
  "details": {
    "name": "db",
    "kind": "secrets"
  },
  "code": 403
})~";

/// A token that nobody knows.
inline constexpr std::string_view unauthorized = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "Unauthorized",
  "reason": "Unauthorized",
  "code": 401
})~";

/// An Accept that the server does not know.
inline constexpr std::string_view not_acceptable = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf",
  "reason": "NotAcceptable",
  "code": 406
})~";

/// POST where a quota is full.
inline constexpr std::string_view quota_exceeded = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "secrets \"nothing\" is forbidden: exceeded quota: secrets-quota, requested: count/secrets=1, used: count/secrets=1, limited: count/secrets=1",
  "reason": "Forbidden",
  "details": {
    "name": "nothing",
    "kind": "secrets"
  },
  "code": 403
})~";

/// A watch of that quota.
inline constexpr std::string_view quota_table =
    R"~({"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"967"},"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names","priority":0},{"name":"Request","type":"string","format":"","description":"Request represents a minimum amount of cpu/memory that a container may consume.","priority":0},{"name":"Limit","type":"string","format":"","description":"Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node.","priority":0},{"name":"Age","type":"string","format":"","description":"CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata","priority":0}],"rows":[{"cells":["secrets-quota","count/secrets: 1/1","","1s"],"object":null}]}}
)~";

/// POST where a webhook denies.
inline constexpr std::string_view webhook_denied = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "admission webhook \"deny.example.com\" denied the request: labels.team is required",
  "code": 403
})~";

/// POST where a webhook does not answer.
inline constexpr std::string_view webhook_not_called = R"~({
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "Internal error occurred: failed calling webhook \"gone.example.com\": failed to call webhook: Post \"https://127.0.0.1:29444/?timeout=2s\": dial tcp 127.0.0.1:29444: connect: connection refused",
  "reason": "InternalError",
  "details": {
    "causes": [
      {
        "message": "failed calling webhook \"gone.example.com\": failed to call webhook: Post \"https://127.0.0.1:29444/?timeout=2s\": dial tcp 127.0.0.1:29444: connect: connection refused"
      }
    ]
  },
  "code": 500
})~";

/// POST selfsubjectrulesreviews.
inline constexpr std::string_view rules =
    R"~({"kind":"SelfSubjectRulesReview","apiVersion":"authorization.k8s.io/v1","metadata":{},"spec":{},"status":{"resourceRules":[{"verbs":["create"],"apiGroups":["authorization.k8s.io"],"resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"]},{"verbs":["create"],"apiGroups":["authentication.k8s.io"],"resources":["selfsubjectreviews"]},{"verbs":["create","update"],"apiGroups":[""],"resources":["secrets"]}],"nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/.well-known/openid-configuration","/.well-known/openid-configuration/","/openid/v1/jwks","/openid/v1/jwks/"]},{"verbs":["get"],"nonResourceURLs":["/healthz","/livez","/readyz","/version","/version/"]},{"verbs":["get"],"nonResourceURLs":["/api","/api/*","/apis","/apis/*","/healthz","/livez","/openapi","/openapi/*","/readyz","/version","/version/"]}],"incomplete":false}}
)~";

/// POST selfsubjectaccessreviews, get secrets.
inline constexpr std::string_view access_denied =
    R"~({"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"authorization.k8s.io/v1","time":"2026-11-24T12:38:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:resourceAttributes":{".":{},"f:namespace":{},"f:resource":{},"f:verb":{}}}}}]},"spec":{"resourceAttributes":{"namespace":"app","verb":"get","resource":"secrets"}},"status":{"allowed":false}}
)~";

/// POST selfsubjectaccessreviews, create secrets.
inline constexpr std::string_view access_allowed =
    R"~({"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"authorization.k8s.io/v1","time":"2026-11-24T12:38:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:resourceAttributes":{".":{},"f:namespace":{},"f:resource":{},"f:verb":{}}}}}]},"spec":{"resourceAttributes":{"namespace":"app","verb":"create","resource":"secrets"}},"status":{"allowed":true,"reason":"RBAC: allowed by ClusterRoleBinding \"askers\" of ClusterRole \"askers\" to ServiceAccount \"blindfold/agent-ns\""}}
)~";

/// GET configmaps/app-settings.
inline constexpr std::string_view config_map =
    R"~({"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"app-settings","namespace":"app","uid":"609a78c1-229b-46f0-96a6-cd648b312abf","resourceVersion":"257","creationTimestamp":"2026-11-24T12:20:38Z","annotations":{"a":"b"},"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:20:38Z","fieldsType":"FieldsV1","fieldsV1":{"f:binaryData":{".":{},"f:b":{}},"f:data":{".":{},"f:app.conf":{},"f:domain":{}},"f:metadata":{"f:annotations":{".":{},"f:a":{}}}}}]},"data":{"app.conf":"x=1\n","domain":"app.example.com"},"binaryData":{"b":"AA=="}}
)~";

/// GET secrets/applied: never asked for.
inline constexpr std::string_view whole_secret =
    R"~({"kind":"Secret","apiVersion":"v1","metadata":{"name":"applied","namespace":"app","uid":"28d772da-bc2b-4e62-880d-bc546bf59b96","resourceVersion":"974","creationTimestamp":"2026-11-24T12:38:00Z","labels":{"app":"x"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"data\":{\"password\":\"aHVudGVyMg==\"},\"kind\":\"Secret\"}\n"},"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:38:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:password":{}},"f:metadata":{"f:annotations":{".":{},"f:kubectl.kubernetes.io/last-applied-configuration":{}},"f:labels":{".":{},"f:app":{}}},"f:type":{}}}]},"data":{"password":"aHVudGVyMg=="},"type":"Opaque"}
)~";

/// GET secrets/applied as PartialObjectMetadata: never asked for, an annotation holds the value.
inline constexpr std::string_view whole_metadata =
    R"~({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"applied","namespace":"app","uid":"28d772da-bc2b-4e62-880d-bc546bf59b96","resourceVersion":"974","creationTimestamp":"2026-11-24T12:38:00Z","labels":{"app":"x"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"data\":{\"password\":\"aHVudGVyMg==\"},\"kind\":\"Secret\"}\n"},"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:38:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:password":{}},"f:metadata":{"f:annotations":{".":{},"f:kubectl.kubernetes.io/last-applied-configuration":{}},"f:labels":{".":{},"f:app":{}}},"f:type":{}}}]}}
)~";

/// GET secrets?limit=2 as a Table with its objects: never asked for.
inline constexpr std::string_view whole_rows =
    R"~({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"974","continue":"eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6OTc0LCJzdGFydCI6ImJhc2ljLWF1dGhcdTAwMDAifQ","remainingItemCount":10},"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names","priority":0},{"name":"Type","type":"string","format":"","description":"Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types","priority":0},{"name":"Data","type":"string","format":"","description":"Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4","priority":0},{"name":"Age","type":"string","format":"","description":"CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata","priority":0}],"rows":[{"cells":["applied","Opaque",1,"0s"],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"applied","namespace":"app","uid":"28d772da-bc2b-4e62-880d-bc546bf59b96","resourceVersion":"974","creationTimestamp":"2026-11-24T12:38:00Z","labels":{"app":"x"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"data\":{\"password\":\"aHVudGVyMg==\"},\"kind\":\"Secret\"}\n"},"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:38:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:password":{}},"f:metadata":{"f:annotations":{".":{},"f:kubectl.kubernetes.io/last-applied-configuration":{}},"f:labels":{".":{},"f:app":{}}},"f:type":{}}}]}}},{"cells":["basic-auth","kubernetes.io/basic-auth",2,"21m"],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"basic-auth","namespace":"app","uid":"778e990e-1028-4436-8958-7f7e063b9ecb","resourceVersion":"73","creationTimestamp":"2026-11-24T12:16:56Z","managedFields":[{"manager":"curl","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:16:56Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:password":{},"f:username":{}},"f:type":{}}}]}}}]}
)~";

/// A watch of whole objects: never asked for.
inline constexpr std::string_view whole_watch =
    R"~({"type":"ADDED","object":{"kind":"Secret","apiVersion":"v1","metadata":{"name":"applied","namespace":"app","uid":"28d772da-bc2b-4e62-880d-bc546bf59b96","resourceVersion":"974","creationTimestamp":"2026-11-24T12:38:00Z","labels":{"app":"x"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"data\":{\"password\":\"aHVudGVyMg==\"},\"kind\":\"Secret\"}\n"},"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:38:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:password":{}},"f:metadata":{"f:annotations":{".":{},"f:kubectl.kubernetes.io/last-applied-configuration":{}},"f:labels":{".":{},"f:app":{}}},"f:type":{}}}]},"data":{"password":"aHVudGVyMg=="},"type":"Opaque"}}
)~";

/// GET secrets: never asked for.
inline constexpr std::string_view whole_list =
    R"~({"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"974","continue":"eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6OTc0LCJzdGFydCI6ImFwcGxpZWRcdTAwMDAifQ","remainingItemCount":11},"items":[{"metadata":{"name":"applied","namespace":"app","uid":"28d772da-bc2b-4e62-880d-bc546bf59b96","resourceVersion":"974","creationTimestamp":"2026-11-24T12:38:00Z","labels":{"app":"x"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"data\":{\"password\":\"aHVudGVyMg==\"},\"kind\":\"Secret\"}\n"},"managedFields":[{"manager":"blindfold","operation":"Update","apiVersion":"v1","time":"2026-11-24T12:38:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:password":{}},"f:metadata":{"f:annotations":{".":{},"f:kubectl.kubernetes.io/last-applied-configuration":{}},"f:labels":{".":{},"f:app":{}}},"f:type":{}}}]},"data":{"password":"aHVudGVyMg=="},"type":"Opaque"}]}
)~";

/// 429 of the server's own flow control, text/plain.
inline constexpr std::string_view too_many_requests = R"~(Too many requests, please try again later.
)~";

}  // namespace blindfold::kubernetes::recorded
