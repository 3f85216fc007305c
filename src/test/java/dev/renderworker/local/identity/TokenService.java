package dev.renderworker.local.identity;

import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.AwsService;
import dev.renderworker.local.wire.Refusal;
import dev.renderworker.local.wire.Request;
import dev.renderworker.local.wire.Response;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** STS: AssumeRole and GetCallerIdentity, by the query protocol. */
public final class TokenService implements AwsService {
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
  private static final int SHORTEST_SECONDS = 900;
  private static final int LONGEST_SECONDS = 43_200;
  // "Role chaining limits your session to a maximum of one hour": the instance's credentials are
  // those of a role, so what it assumes is a chain.
  private static final int LONGEST_CHAINED_SECONDS = 3_600;

  private final Sessions sessions;
  private final AssumableRole role;

  /** STS for the account of that one role. */
  public TokenService(Sessions sessions, AssumableRole role) {
    this.sessions = sessions;
    this.role = role;
  }

  @Override
  public String name() {
    return "sts";
  }

  @Override
  public String operation(Request request) {
    return request.form().getOrDefault("Action", "unknown");
  }

  @Override
  public Response answer(Request request) {
    return switch (sessions.caller(request)) {
      case Caller.Known(var principal) -> answer(principal, request.form());
      case Caller.Expired() -> error(refusal(Refusal.EXPIRED_CREDENTIALS));
      case Caller.Unknown() ->
          error(
              new AwsError(
                  403,
                  "InvalidClientTokenId",
                  "The security token included in the request is invalid."));
      case Caller.Anonymous() ->
          error(
              new AwsError(
                  403, "MissingAuthenticationToken", "Request is missing Authentication Token"));
    };
  }

  private Response answer(Principal caller, Map<String, String> form) {
    return switch (form.getOrDefault("Action", "")) {
      case "AssumeRole" -> assumeRole(caller, form);
      case "GetCallerIdentity" -> callerIdentity(caller);
      case String action ->
          error(new AwsError(400, "InvalidAction", "Could not find operation " + action));
    };
  }

  private Response assumeRole(Principal caller, Map<String, String> form) {
    String arn = form.getOrDefault("RoleArn", "");
    String sessionName = form.getOrDefault("RoleSessionName", "");
    int seconds = Integer.parseInt(form.getOrDefault("DurationSeconds", "3600"));
    if (!sessionName.matches("[\\w+=,.@-]{2,64}")) {
      return invalid(
          sessionName, "roleSessionName", "satisfy regular expression pattern: [\\w+=,.@-]*");
    }
    if (seconds < SHORTEST_SECONDS) {
      return invalid(
          seconds, "durationSeconds", "have value greater than or equal to " + SHORTEST_SECONDS);
    }
    if (seconds > LONGEST_SECONDS) {
      return invalid(
          seconds, "durationSeconds", "have value less than or equal to " + LONGEST_SECONDS);
    }
    if (!mayAssume(arn, form)) {
      return denied(caller, arn);
    }
    if (seconds > LONGEST_CHAINED_SECONDS) {
      return validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    return assumed(
        sessions.issue(new Principal(role.name(), sessionName), Duration.ofSeconds(seconds)));
  }

  private boolean mayAssume(String arn, Map<String, String> form) {
    return arn.equals(new Principal(role.name(), "any").roleArn())
        && role.externalId().map(id -> id.equals(form.get("ExternalId"))).orElse(true);
  }

  private Response denied(Principal caller, String roleArn) {
    return error(
        new AwsError(
            403,
            "AccessDenied",
            "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                .formatted(caller.arn(), roleArn)));
  }

  private Response invalid(Object value, String field, String constraint) {
    return validation(
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must %s"
            .formatted(value, field, constraint));
  }

  private Response validation(String message) {
    return error(new AwsError(400, "ValidationError", message));
  }

  private static Response assumed(Session session) {
    return result(
        "AssumeRole",
        """
        <AssumedRoleUser><AssumedRoleId>AROA3XFRBF535EXAMPLE:%s</AssumedRoleId><Arn>%s</Arn>\
        </AssumedRoleUser><Credentials><AccessKeyId>%s</AccessKeyId>\
        <SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken>\
        <Expiration>%s</Expiration></Credentials>"""
            .formatted(
                session.principal().sessionName(),
                session.principal().arn(),
                session.accessKeyId(),
                session.secretAccessKey(),
                session.token(),
                session.expiration()));
  }

  private static Response callerIdentity(Principal caller) {
    return result(
        "GetCallerIdentity",
        "<Arn>%s</Arn><UserId>AROA3XFRBF535EXAMPLE:%s</UserId><Account>%s</Account>"
            .formatted(caller.arn(), caller.sessionName(), Principal.ACCOUNT));
  }

  private static Response result(String action, String content) {
    return Response.xml(
        200,
        "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult>%4$s</%1$sResponse>"
            .formatted(action, NAMESPACE, content, metadata()));
  }

  private static String metadata() {
    return "<ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>"
        .formatted(UUID.randomUUID());
  }

  @Override
  public Response error(AwsError error) {
    return Response.xml(
        error.status(),
        """
        <ErrorResponse xmlns="%s"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message>\
        </Error><RequestId>%s</RequestId></ErrorResponse>"""
            .formatted(
                NAMESPACE,
                error.status() < 500 ? "Sender" : "Receiver",
                error.code(),
                error.message(),
                UUID.randomUUID()));
  }

  @Override
  public AwsError refusal(Refusal refusal) {
    return switch (refusal) {
      case THROTTLED -> new AwsError(400, "Throttling", "Rate exceeded");
      case SERVER_ERROR ->
          new AwsError(
              500,
              "InternalFailure",
              "The request processing has failed because of an unknown error, exception or"
                  + " failure.");
      case EXPIRED_CREDENTIALS ->
          new AwsError(
              403, "ExpiredToken", "The security token included in the request is expired");
      case ACCESS_DENIED ->
          new AwsError(
              403,
              "AccessDenied",
              "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                  .formatted(
                      new Principal("render-worker", InstanceMetadata.INSTANCE_ID).arn(),
                      new Principal(role.name(), "any").roleArn()));
    };
  }
}
