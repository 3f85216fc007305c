package dev.renderworker.local.lambda;

import dev.renderworker.local.identity.Caller;
import dev.renderworker.local.identity.Principal;
import dev.renderworker.local.identity.Sessions;
import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.AwsService;
import dev.renderworker.local.wire.Refusal;
import dev.renderworker.local.wire.Request;
import dev.renderworker.local.wire.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lambda's REST interface for one role; nobody else gets in. */
public final class LambdaService implements AwsService {
  private static final String PATH = "/2015-03-31/functions/";
  private static final Pattern INVOCATION = Pattern.compile(PATH + "(.+)/invocations");
  private static final Pattern CONFIGURATION = Pattern.compile(PATH + "(.+)/configuration");

  private static final String ACCOUNT_SETTINGS = "/2016-08-19/account-settings";

  private final Sessions sessions;
  private final String roleName;
  private final Functions functions;
  private final Invocations invocations;

  /** Lambda for the sessions of that role. */
  public LambdaService(Functions functions, Sessions sessions, String roleName) {
    this.functions = functions;
    this.sessions = sessions;
    this.roleName = roleName;
    this.invocations = new Invocations(this::error);
  }

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public String operation(Request request) {
    String path = request.path();
    if (INVOCATION.matcher(path).matches()) {
      return "Invoke";
    }
    if (path.startsWith(ACCOUNT_SETTINGS)) {
      return "GetAccountSettings";
    }
    return CONFIGURATION.matcher(path).matches() ? "GetFunctionConfiguration" : "ListFunctions";
  }

  @Override
  public Response answer(Request request) throws InterruptedException {
    Response response =
        switch (sessions.caller(request)) {
          case Caller.Known(var principal) when principal.roleName().equals(roleName) ->
              permitted(request);
          case Caller.Known(var principal) -> error(accessDenied(principal));
          case Caller.Expired _ -> error(refusal(Refusal.EXPIRED_CREDENTIALS));
          case Caller.Unknown _ ->
              error(
                  new AwsError(
                      403,
                      "UnrecognizedClientException",
                      "The security token included in the request is invalid."));
          case Caller.Anonymous _ ->
              error(
                  new AwsError(
                      403, "MissingAuthenticationTokenException", "Missing Authentication Token"));
        };
    return response.with("x-amzn-RequestId", UUID.randomUUID().toString());
  }

  private Response permitted(Request request) throws InterruptedException {
    Matcher invocation = INVOCATION.matcher(request.path());
    if (invocation.matches()) {
      Optional<LambdaFunction> function = functions.find(invocation.group(1));
      return function.isPresent()
          ? invocations.invoke(function.get(), request)
          : error(notFound(invocation.group(1)));
    }
    Matcher configuration = CONFIGURATION.matcher(request.path());
    if (configuration.matches()) {
      return functions
          .find(configuration.group(1))
          .map(function -> Response.json(200, function.configuration().json()))
          .orElseGet(() -> error(notFound(configuration.group(1))));
    }
    return Response.json(
        200,
        request.path().startsWith(ACCOUNT_SETTINGS)
            ? functions.accountSettings()
            : functions.page(request.query()));
  }

  private AwsError notFound(String name) {
    return new AwsError(
        404, "ResourceNotFoundException", "Function not found: " + functions.arn(name));
  }

  private static AwsError accessDenied(Principal caller) {
    return new AwsError(
        403,
        "AccessDeniedException",
        ("User: %s is not authorized to perform: lambda:InvokeFunction because no identity-based"
                + " policy allows the lambda:InvokeFunction action")
            .formatted(caller.arn()));
  }

  @Override
  public Response error(AwsError error) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (error.status() == 403) {
      body.put("message", error.message());
    } else if (error.status() == 429) {
      body.put("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded")
          .put("Type", "User")
          .put("message", error.message());
    } else {
      body.put("Type", error.status() < 500 ? "User" : "Service").put("Message", error.message());
    }
    return Response.json(error.status(), body.toString()).with("x-amzn-ErrorType", error.code());
  }

  @Override
  public AwsError refusal(Refusal refusal) {
    return switch (refusal) {
      case THROTTLED -> new AwsError(429, "TooManyRequestsException", "Rate Exceeded.");
      case SERVER_ERROR ->
          new AwsError(
              500, "ServiceException", "An error occurred and the request cannot be processed.");
      case EXPIRED_CREDENTIALS ->
          new AwsError(
              403,
              "ExpiredTokenException",
              "The security token included in the request is expired");
      case ACCESS_DENIED -> accessDenied(new Principal(roleName, "render-worker"));
    };
  }
}
