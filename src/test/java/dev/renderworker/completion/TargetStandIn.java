package dev.renderworker.completion;

import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.AwsService;
import dev.renderworker.local.wire.CallCounts;
import dev.renderworker.local.wire.Endpoint;
import dev.renderworker.local.wire.Faults;
import dev.renderworker.local.wire.Gate;
import dev.renderworker.local.wire.Refusal;
import dev.renderworker.local.wire.Request;
import dev.renderworker.local.wire.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * SNS and EventBridge in one, as far as a publisher sees them: Publish by the query protocol,
 * PutEvents by JSON. Keeps what it took.
 */
final class TargetStandIn implements AwsService, AutoCloseable {
  private static final String XML_NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";

  private final List<Map<String, String>> published = new CopyOnWriteArrayList<>();
  private final List<JsonNode> entries = new CopyOnWriteArrayList<>();
  private final Faults faults = new Faults();
  private final Endpoint endpoint;
  private volatile boolean refusesEntries;

  TargetStandIn() throws IOException {
    endpoint = Endpoint.bind(0);
    endpoint.serve(new Gate(this, new CallCounts(), faults, () -> {}));
  }

  URI uri() {
    return endpoint.uri();
  }

  Faults faults() {
    return faults;
  }

  /** What was published to topics, by parameter. */
  List<Map<String, String>> published() {
    return published;
  }

  /** What was put on buses. */
  List<JsonNode> entries() {
    return entries;
  }

  /** Answers calls, but takes no entry, as EventBridge does when it is throttled. */
  void refuseEntries() {
    refusesEntries = true;
  }

  @Override
  public String name() {
    return "target";
  }

  @Override
  public String operation(Request request) {
    return request
        .header("X-Amz-Target")
        .map(target -> target.substring(target.indexOf('.') + 1))
        .orElseGet(() -> request.form().getOrDefault("Action", "unknown"));
  }

  @Override
  public Response answer(Request request) {
    return switch (operation(request)) {
      case "Publish" -> publish(request.form());
      case "PutEvents" -> put(JsonMapper.shared().readTree(request.body()).path("Entries"));
      case String other -> error(new AwsError(400, "InvalidAction", "no operation " + other));
    };
  }

  private Response publish(Map<String, String> parameters) {
    published.add(parameters);
    return Response.xml(
        200,
        """
        <PublishResponse xmlns="%s"><PublishResult><MessageId>%s</MessageId></PublishResult>\
        <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata></PublishResponse>"""
            .formatted(XML_NAMESPACE, UUID.randomUUID(), UUID.randomUUID()));
  }

  private Response put(JsonNode wanted) {
    if (refusesEntries) {
      return json(
          """
          {"FailedEntryCount":1,"Entries":[{"ErrorCode":"ThrottlingException",\
          "ErrorMessage":"Rate exceeded"}]}""");
    }
    wanted.forEach(entries::add);
    return json(
        "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"%s\"}]}".formatted(UUID.randomUUID()));
  }

  private static Response json(String body) {
    return Response.json(200, body).with("Content-Type", "application/x-amz-json-1.1");
  }

  @Override
  public Response error(AwsError error) {
    return Response.xml(
        error.status(),
        """
        <ErrorResponse xmlns="%s"><Error><Type>Sender</Type><Code>%s</Code>\
        <Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"""
            .formatted(XML_NAMESPACE, error.code(), error.message(), UUID.randomUUID()));
  }

  @Override
  public AwsError refusal(Refusal refusal) {
    return switch (refusal) {
      case THROTTLED -> new AwsError(400, "Throttling", "Rate exceeded");
      case SERVER_ERROR -> new AwsError(500, "InternalError", "Internal error");
      case EXPIRED_CREDENTIALS -> new AwsError(403, "ExpiredToken", "The token is expired");
      case ACCESS_DENIED ->
          new AwsError(403, "AuthorizationError", "not authorized to perform: SNS:Publish");
    };
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
