package dev.renderworker.local.identity;

import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.AwsService;
import dev.renderworker.local.wire.Refusal;
import dev.renderworker.local.wire.Request;
import dev.renderworker.local.wire.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The EC2 instance metadata service, version 2: a token first, then the instance role's
 * credentials.
 *
 * <p>Amazon EC2 User Guide, "Use the Instance Metadata Service to access instance metadata".
 */
public final class InstanceMetadata implements AwsService {
  /** The id of the instance, which is the session's name too. */
  public static final String INSTANCE_ID = "i-0123456789abcdef0";

  private static final String CREDENTIALS = "/latest/meta-data/iam/security-credentials/";
  private static final Duration LIFE = Duration.ofHours(6);

  private final Sessions sessions;
  private final InstantSource clock;
  private final Principal principal;
  private final String region;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private Session session; // guarded by this

  /** The metadata of an instance with this role. */
  public InstanceMetadata(Sessions sessions, InstantSource clock, String roleName, String region) {
    this.sessions = sessions;
    this.clock = clock;
    this.principal = new Principal(roleName, INSTANCE_ID);
    this.region = region;
  }

  @Override
  public String name() {
    return "imds";
  }

  @Override
  public String operation(Request request) {
    return request.method() + " " + request.path();
  }

  @Override
  public Response answer(Request request) {
    if (request.path().equals("/latest/api/token")) {
      return token(request);
    }
    boolean authorized =
        request.header("X-aws-ec2-metadata-token").filter(tokens::contains).isPresent();
    if (!authorized) {
      return Response.text(401, "Unauthorized");
    }
    return switch (request.path()) {
      case CREDENTIALS, "/latest/meta-data/iam/security-credentials" ->
          Response.text(200, principal.roleName());
      case "/latest/meta-data/instance-id" -> Response.text(200, INSTANCE_ID);
      case "/latest/meta-data/placement/region" -> Response.text(200, region);
      case "/latest/dynamic/instance-identity/document" -> Response.json(200, identityDocument());
      case String path when path.equals(CREDENTIALS + principal.roleName()) ->
          Response.json(200, credentials());
      default -> Response.text(404, "Not Found");
    };
  }

  private Response token(Request request) {
    String seconds = request.header("X-aws-ec2-metadata-token-ttl-seconds").orElse("");
    if (!request.method().equals("PUT") || !seconds.matches("\\d{1,5}")) {
      return Response.text(400, "Bad Request");
    }
    String token = UUID.randomUUID().toString();
    tokens.add(token);
    return Response.text(200, token).with("X-aws-ec2-metadata-token-ttl-seconds", seconds);
  }

  private synchronized String credentials() {
    if (session == null || !sessions.inForce(session)) {
      session = sessions.issue(principal, LIFE);
    }
    return """
        {"Code":"Success","LastUpdated":"%s","Type":"AWS-HMAC","AccessKeyId":"%s",\
        "SecretAccessKey":"%s","Token":"%s","Expiration":"%s"}"""
        .formatted(
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            session.accessKeyId(),
            session.secretAccessKey(),
            session.token(),
            session.expiration());
  }

  private String identityDocument() {
    return """
        {"accountId":"%s","architecture":"x86_64","availabilityZone":"%sa","imageId":"ami-0",\
        "instanceId":"%s","instanceType":"t3.micro","region":"%s","version":"2017-09-30"}"""
        .formatted(Principal.ACCOUNT, region, INSTANCE_ID, region);
  }

  @Override
  public Response error(AwsError error) {
    return Response.text(error.status(), error.message());
  }

  @Override
  public AwsError refusal(Refusal refusal) {
    return switch (refusal) {
      case THROTTLED -> new AwsError(503, "ServiceUnavailable", "Service Unavailable");
      case SERVER_ERROR -> new AwsError(500, "InternalServerError", "Internal Server Error");
      case EXPIRED_CREDENTIALS -> new AwsError(401, "Unauthorized", "Unauthorized");
      case ACCESS_DENIED -> new AwsError(403, "Forbidden", "Forbidden");
    };
  }
}
