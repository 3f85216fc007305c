package dev.renderworker.local.s3;

import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.Request;
import dev.renderworker.local.wire.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/** Get, head, put and delete of one object. */
final class ObjectRequests {
  static final AwsError NO_SUCH_BUCKET =
      new AwsError(404, "NoSuchBucket", "The specified bucket does not exist");
  static final AwsError METHOD_NOT_ALLOWED =
      new AwsError(
          405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
  private static final AwsError NO_SUCH_KEY =
      new AwsError(404, "NoSuchKey", "The specified key does not exist.");
  private static final AwsError PRECONDITION_FAILED =
      new AwsError(
          412,
          "PreconditionFailed",
          "At least one of the pre-conditions you specified did not hold");

  private final ObjectStore store;
  private final InstantSource clock;
  private final Function<AwsError, Response> error;

  ObjectRequests(ObjectStore store, InstantSource clock, Function<AwsError, Response> error) {
    this.store = store;
    this.clock = clock;
    this.error = error;
  }

  boolean hasBucket(String bucket) {
    return store.hasBucket(bucket);
  }

  Response answer(String bucket, String key, Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> read(store.find(bucket, key));
      case "PUT" -> put(bucket, key, request);
      case "DELETE" -> {
        store.delete(bucket, key);
        yield new Response(204, new byte[0]);
      }
      default -> error.apply(METHOD_NOT_ALLOWED);
    };
  }

  private Response read(Optional<S3Object> found) {
    if (found.isEmpty()) {
      return error.apply(NO_SUCH_KEY);
    }
    S3Object object = found.get();
    byte[] bytes = object.bytes();
    return new Response(200, bytes)
        .with("Content-Type", object.contentType())
        .with("ETag", etag(bytes))
        .with(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                object.lastModified().atOffset(ZoneOffset.UTC)));
  }

  private Response put(String bucket, String key, Request request) {
    byte[] content = AwsChunked.content(request);
    String type = request.header("Content-Type").orElse("binary/octet-stream");
    S3Object object = new StoredObject(content, type, clock.instant());
    if (request.header("If-None-Match").isEmpty()) {
      store.put(bucket, key, object);
    } else if (!store.putIfAbsent(bucket, key, object)) {
      return error.apply(PRECONDITION_FAILED);
    }
    return new Response(200, new byte[0]).with("ETag", etag(content));
  }

  static String etag(byte[] content) {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
      return '"' + HexFormat.of().formatHex(md5) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }
}
