#pragma once

#include <string_view>

/// Replies of STS, as its API reference and moto have them. The secrets in them
/// are "hunter2" and such.
namespace blindfold::aws::sts_replies {

inline constexpr std::string_view web_identity =
    R"(<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <SubjectFromWebIdentityToken>system:serviceaccount:app:agent</SubjectFromWebIdentityToken>
    <Audience>sts.amazonaws.com</Audience>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::123456789012:assumed-role/agent/blindfold</Arn>
      <AssumedRoleId>AROACLKWSDQRAOEXAMPLE:blindfold</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <SessionToken>hunter2/t0ken+&amp;==</SessionToken>
      <SecretAccessKey>hunter2/s3cret&#43;</SecretAccessKey>
      <Expiration>2030-01-01T01:00:00Z</Expiration>
      <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
    </Credentials>
    <Provider>arn:aws:iam::123456789012:oidc-provider/example.com</Provider>
  </AssumeRoleWithWebIdentityResult>
  <ResponseMetadata>
    <RequestId>ad4156e9-bce1-11e2-82e6-6b6efEXAMPLE</RequestId>
  </ResponseMetadata>
</AssumeRoleWithWebIdentityResponse>
)";

inline constexpr std::string_view assume_role =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <Credentials>
      <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
      <SecretAccessKey>hunter2/s3cret+</SecretAccessKey>
      <SessionToken>hunter2/t0ken+&amp;==</SessionToken>
      <Expiration>2030-01-01T01:00:00.123Z</Expiration>
    </Credentials>
    <AssumedRoleUser>
      <AssumedRoleId>AROACLKWSDQRAOEXAMPLE:blindfold</AssumedRoleId>
      <Arn>arn:aws:sts::123456789012:assumed-role/agent/blindfold</Arn>
    </AssumedRoleUser>
    <PackedPolicySize>6</PackedPolicySize>
  </AssumeRoleResult>
  <ResponseMetadata>
    <RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId>
  </ResponseMetadata>
</AssumeRoleResponse>
)";

inline constexpr std::string_view refusal =
    R"(<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>AccessDenied</Code>
    <Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message>
  </Error>
  <RequestId>b4ca4d6e-1a3d-4a9a-9f0e-6d5a5d2a2c11</RequestId>
</ErrorResponse>
)";

}  // namespace blindfold::aws::sts_replies
