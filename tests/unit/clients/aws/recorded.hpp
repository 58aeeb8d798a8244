#pragma once

#include <string_view>

/// What moto 5.2.5 answered, byte for byte. The values in the replies that nobody
/// asks for are "hunter2".
namespace blindfold::aws::recorded {

/// DescribeSecret of one with two versions and a tag.
inline constexpr std::string_view secret =
    R"~({"ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-dTdGJh", "Name": "app/db", "LastChangedDate": 1795536464, "LastAccessedDate": null, "NextRotationDate": null, "DeletedDate": null, "CreatedDate": 1795536464, "KmsKeyId": null, "Tags": [{"Key": "team", "Value": "hunter2"}], "Description": "the \"db\"", "VersionIdsToStages": {"b74e013a-b722-4873-89a0-123cea751dd7": ["AWSPREVIOUS"], "1b68bfb3-bf22-47d2-95c8-8c2337a888cd": ["AWSCURRENT"]}, "SecretVersionsToStages": {"b74e013a-b722-4873-89a0-123cea751dd7": ["AWSPREVIOUS"], "1b68bfb3-bf22-47d2-95c8-8c2337a888cd": ["AWSCURRENT"]}})~";

/// The same of one that no version was put into.
inline constexpr std::string_view empty_secret =
    R"~({"ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/empty-PclkvJ", "Name": "app/empty", "LastChangedDate": 1795536464, "LastAccessedDate": null, "NextRotationDate": null, "DeletedDate": null, "CreatedDate": 1795536464, "KmsKeyId": null})~";

/// The same of one that was deleted with a recovery window.
inline constexpr std::string_view deleted_secret =
    R"~({"ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/gone-QSqsCD", "Name": "app/gone", "LastChangedDate": 1795536464, "LastAccessedDate": null, "NextRotationDate": null, "DeletedDate": 1796141264.459724, "CreatedDate": 1795536464, "KmsKeyId": null, "VersionIdsToStages": {"3bbe0727-0ea6-46a7-a7c5-338ba871a96b": ["AWSCURRENT"]}, "SecretVersionsToStages": {"3bbe0727-0ea6-46a7-a7c5-338ba871a96b": ["AWSCURRENT"]}})~";

/// The same of one that is not there (404).
inline constexpr std::string_view no_secret =
    R"~({"__type": "ResourceNotFoundException", "message": "Secrets Manager can't find the specified secret."})~";

/// ListSecrets, the first page.
inline constexpr std::string_view secret_list =
    R"~({"SecretList": [{"ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-dTdGJh", "Name": "app/db", "LastChangedDate": 1795536464, "LastAccessedDate": null, "NextRotationDate": null, "DeletedDate": null, "CreatedDate": 1795536464, "KmsKeyId": null, "Tags": [{"Key": "team", "Value": "hunter2"}], "Description": "the \"db\"", "VersionIdsToStages": {"b74e013a-b722-4873-89a0-123cea751dd7": ["AWSPREVIOUS"], "1b68bfb3-bf22-47d2-95c8-8c2337a888cd": ["AWSCURRENT"]}, "SecretVersionsToStages": {"b74e013a-b722-4873-89a0-123cea751dd7": ["AWSPREVIOUS"], "1b68bfb3-bf22-47d2-95c8-8c2337a888cd": ["AWSCURRENT"]}}, {"ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/empty-PclkvJ", "Name": "app/empty", "LastChangedDate": 1795536464, "LastAccessedDate": null, "NextRotationDate": null, "DeletedDate": null, "CreatedDate": 1795536464, "KmsKeyId": null}, {"ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/gone-QSqsCD", "Name": "app/gone", "LastChangedDate": 1795536464, "LastAccessedDate": null, "NextRotationDate": null, "DeletedDate": 1796141264.459724, "CreatedDate": 1795536464, "KmsKeyId": null, "VersionIdsToStages": {"3bbe0727-0ea6-46a7-a7c5-338ba871a96b": ["AWSCURRENT"]}, "SecretVersionsToStages": {"3bbe0727-0ea6-46a7-a7c5-338ba871a96b": ["AWSCURRENT"]}}], "NextToken": "3"})~";

/// ListSecretVersionIds.
inline constexpr std::string_view version_list =
    R"~({"ARN": "app/db", "Name": "app/db", "NextToken": "", "Versions": [{"CreatedDate": 1795536465, "LastAccessedDate": 1795536465, "VersionId": "b74e013a-b722-4873-89a0-123cea751dd7", "VersionStages": ["AWSPREVIOUS"]}, {"CreatedDate": 1795536465, "LastAccessedDate": 1795536465, "VersionId": "1b68bfb3-bf22-47d2-95c8-8c2337a888cd", "VersionStages": ["AWSCURRENT"]}]})~";

/// The same of one that has none.
inline constexpr std::string_view empty_version_list =
    R"~({"ARN": "app/empty", "Name": "app/empty", "NextToken": "", "Versions": []})~";

/// GetSecretValue.
inline constexpr std::string_view secret_value =
    R"~({"ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-dTdGJh", "Name": "app/db", "VersionId": "1b68bfb3-bf22-47d2-95c8-8c2337a888cd", "VersionStages": ["AWSCURRENT"], "CreatedDate": 1795536464, "SecretString": "hunter2b"})~";

/// BatchGetSecretValue.
inline constexpr std::string_view secret_values =
    R"~({"SecretValues": [{"ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-dTdGJh", "Name": "app/db", "VersionId": "1b68bfb3-bf22-47d2-95c8-8c2337a888cd", "VersionStages": ["AWSCURRENT"], "CreatedDate": 1795536464, "SecretString": "hunter2b"}], "Errors": [], "NextToken": null})~";

/// DescribeParameters.
inline constexpr std::string_view parameter_list =
    R"~({"Parameters": [{"Name": "/app/db", "Type": "SecureString", "KeyId": "alias/aws/ssm", "LastModifiedDate": 1795536465.162, "LastModifiedUser": "N/A", "Description": "a", "Version": 1, "Tier": "Standard", "DataType": "text"}, {"Name": "/app/host", "Type": "String", "LastModifiedDate": 1795536465.283, "LastModifiedUser": "N/A", "Version": 2, "Tier": "Standard", "DataType": "text"}]})~";

/// The same, with nothing found.
inline constexpr std::string_view empty_parameter_list = R"~({"Parameters": []})~";

/// GetParameter.
inline constexpr std::string_view parameter_value =
    R"~({"Parameter": {"Name": "/app/db", "Type": "SecureString", "Value": "kms:alias/aws/ssm:hunter2", "Version": 1, "LastModifiedDate": 1795536465.162, "ARN": "arn:aws:ssm:eu-west-1:123456789012:parameter/app/db", "DataType": "text"}})~";

/// GetParameters.
inline constexpr std::string_view parameter_values =
    R"~({"Parameters": [{"Name": "/app/db", "Type": "SecureString", "Value": "kms:alias/aws/ssm:hunter2", "Version": 1, "LastModifiedDate": 1795536465.162, "ARN": "arn:aws:ssm:eu-west-1:123456789012:parameter/app/db", "DataType": "text"}], "InvalidParameters": []})~";

/// GetParameter of one that is not there (400).
inline constexpr std::string_view no_parameter =
    R"~({"__type": "ParameterNotFound", "message": "Parameter /app/none not found.", "Message": "Parameter /app/none not found."})~";

}  // namespace blindfold::aws::recorded
