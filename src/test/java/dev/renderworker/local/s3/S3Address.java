package dev.renderworker.local.s3;

import dev.renderworker.local.wire.Request;

/** What a path-style request is about. */
sealed interface S3Address {
  /** The service itself. */
  record Service() implements S3Address {}

  /** A bucket. */
  record Bucket(String name) implements S3Address {}

  /** An object, there or not. */
  record Key(String bucket, String key) implements S3Address {}

  /** The address that a request's path gives. */
  static S3Address of(Request request) {
    String path = request.path().substring(1);
    int slash = path.indexOf('/');
    if (path.isEmpty()) {
      return new Service();
    }
    if (slash < 0 || slash == path.length() - 1) {
      return new Bucket(slash < 0 ? path : path.substring(0, slash));
    }
    return new Key(path.substring(0, slash), path.substring(slash + 1));
  }
}
