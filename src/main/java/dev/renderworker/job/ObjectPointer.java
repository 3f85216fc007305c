package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in S3 something lies that a message does not hold itself. */
public record ObjectPointer(String bucket, String key) {
  private static final Pattern URL = Pattern.compile("s3://([^/]+)/(.+)", Pattern.DOTALL);

  /** Rejects null. */
  public ObjectPointer {
    requireNonNull(bucket, "bucket");
    requireNonNull(key, "key");
  }

  /** Reads {@code s3://bucket/key}; empty for anything else. */
  public static Optional<ObjectPointer> parse(String url) {
    Matcher matcher = URL.matcher(url);
    return matcher.matches()
        ? Optional.of(new ObjectPointer(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** As {@code s3://bucket/key}. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
