package dev.renderworker.local.s3;

import dev.renderworker.local.identity.Caller;
import dev.renderworker.local.identity.Principal;
import dev.renderworker.local.identity.Sessions;
import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.AwsService;
import dev.renderworker.local.wire.Refusal;
import dev.renderworker.local.wire.Request;
import dev.renderworker.local.wire.Response;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

/** S3's REST interface for one role; nobody else gets in. */
public final class S3Service implements AwsService {
  private final Sessions sessions;
  private final String roleName;
  private final BucketListing listing;
  private final ObjectRequests objects;

  /** S3 for the sessions of that role. */
  public S3Service(ObjectStore store, Sessions sessions, String roleName, InstantSource clock) {
    this.sessions = sessions;
    this.roleName = roleName;
    this.listing = new BucketListing(store);
    this.objects = new ObjectRequests(store, clock, this::error);
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public String operation(Request request) {
    return switch (S3Address.of(request)) {
      case S3Address.Service() -> "ListBuckets";
      case S3Address.Bucket _ when request.method().equals("GET") -> "ListObjectsV2";
      case S3Address.Bucket _ -> capitalized(request.method()) + "Bucket";
      case S3Address.Key _ -> capitalized(request.method()) + "Object";
    };
  }

  private static String capitalized(String method) {
    return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
  }

  @Override
  public Response answer(Request request) {
    return switch (sessions.caller(request)) {
      case Caller.Known(var principal) when principal.roleName().equals(roleName) ->
          permitted(request);
      case Caller.Known _, Caller.Anonymous _ -> error(refusal(Refusal.ACCESS_DENIED));
      case Caller.Expired _ -> error(refusal(Refusal.EXPIRED_CREDENTIALS));
      case Caller.Unknown _ ->
          error(
              new AwsError(
                  403,
                  "InvalidAccessKeyId",
                  "The AWS Access Key Id you provided does not exist in our records."));
    };
  }

  private Response permitted(Request request) {
    boolean foreign =
        request
            .header("X-Amz-Expected-Bucket-Owner")
            .filter(owner -> !owner.equals(Principal.ACCOUNT))
            .isPresent();
    if (foreign) {
      return error(refusal(Refusal.ACCESS_DENIED));
    }
    Response response =
        switch (S3Address.of(request)) {
          case S3Address.Service() -> listing.buckets();
          case S3Address.Bucket(var bucket) when !objects.hasBucket(bucket) ->
              error(ObjectRequests.NO_SUCH_BUCKET);
          case S3Address.Bucket(var bucket) -> bucket(bucket, request);
          case S3Address.Key(var bucket, _) when !objects.hasBucket(bucket) ->
              error(ObjectRequests.NO_SUCH_BUCKET);
          case S3Address.Key(var bucket, var key) -> objects.answer(bucket, key, request);
        };
    return response.with("x-amz-request-id", UUID.randomUUID().toString());
  }

  private Response bucket(String bucket, Request request) {
    return switch (request.method()) {
      case "GET" -> listing.objects(bucket, request.query());
      case "HEAD" -> new Response(200, new byte[0]).with("x-amz-bucket-region", "us-east-1");
      default -> error(ObjectRequests.METHOD_NOT_ALLOWED);
    };
  }

  @Override
  public Response error(AwsError error) {
    String id = UUID.randomUUID().toString();
    return Response.xml(
            error.status(),
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId>\
            <HostId>local</HostId></Error>"""
                .formatted(error.code(), error.message(), id))
        .with("Content-Type", "application/xml")
        .with("x-amz-request-id", id);
  }

  @Override
  public AwsError refusal(Refusal refusal) {
    return switch (refusal) {
      case THROTTLED -> new AwsError(503, "SlowDown", "Please reduce your request rate.");
      case SERVER_ERROR ->
          new AwsError(500, "InternalError", "We encountered an internal error. Please try again.");
      case EXPIRED_CREDENTIALS ->
          new AwsError(400, "ExpiredToken", "The provided token has expired.");
      case ACCESS_DENIED -> new AwsError(403, "AccessDenied", "Access Denied");
    };
  }
}
