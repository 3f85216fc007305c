package dev.renderworker.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.renderworker.local.identity.Principal;
import java.time.Duration;

/**
 * How a function was deployed.
 *
 * @param name its name
 * @param region where
 * @param memoryMb its memory
 * @param diskMb its {@code /tmp}
 * @param timeout the longest that one invocation may take
 */
public record FunctionConfiguration(
    String name, String region, int memoryMb, int diskMb, Duration timeout) {
  public FunctionConfiguration {
    requireNonNull(name, "name");
    requireNonNull(region, "region");
    requireNonNull(timeout, "timeout");
  }

  /** Its ARN. */
  public String arn() {
    return "arn:aws:lambda:" + region + ":" + Principal.ACCOUNT + ":function:" + name;
  }

  String json() {
    return """
        {"FunctionName":"%s","FunctionArn":"%s","Runtime":"nodejs24.x","Role":"%s",\
        "Handler":"index.handler","CodeSize":1,"Timeout":%d,"MemorySize":%d,\
        "LastModified":"2026-11-01T00:00:00.000+0000","Version":"$LATEST","State":"Active",\
        "LastUpdateStatus":"Successful","PackageType":"Zip","Architectures":["arm64"],\
        "EphemeralStorage":{"Size":%d}}"""
        .formatted(
            name,
            arn(),
            new Principal("remotion-lambda-role", "any").roleArn(),
            timeout.toSeconds(),
            memoryMb,
            diskMb);
  }
}
