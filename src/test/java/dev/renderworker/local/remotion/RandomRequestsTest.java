package dev.renderworker.local.remotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.local.LocalNames;
import dev.renderworker.local.lambda.FunctionConfiguration;
import dev.renderworker.message.MessageParser;
import dev.renderworker.remotion.request.InputProps;
import dev.renderworker.remotion.request.Payloads;
import dev.renderworker.remotion.request.RenderTarget;
import dev.renderworker.remotion.request.RequestRules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever passes the contract is rendered; whatever breaks it is never sent. */
class RandomRequestsTest {
  private static final MessageParser PARSER = new MessageParser(RequestRules::violations);
  private static final RandomMessages MESSAGES = new RandomMessages();

  private static RemotionBench bench;

  @BeforeContainer
  static void open() throws IOException {
    bench = new RemotionBench();
  }

  @AfterContainer
  static void close() {
    bench.close();
  }

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void noValidMediaRequestGivesAPayloadThatTheFunctionRefuses(
      @ForAll("media") Map<String, Object> message) {
    JsonNode payload = payload(valid(message));

    assertTrue(payload.size() >= 55, "fields");
    assertEquals(Optional.empty(), checks().firstFailure(render(payload)));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void noValidStillRequestGivesAPayloadThatTheFunctionRefuses(
      @ForAll("stills") Map<String, Object> message) {
    JsonNode payload = payload(valid(message));

    assertEquals("still", payload.path("type").stringValue());
    assertEquals(Optional.empty(), checks().firstStillFailure(render(payload)));
  }

  /** An invalid message has no request, and without one nothing can be asked of Lambda. */
  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void noBrokenMessageBecomesARequest(@ForAll("broken") Map<String, Object> message) {
    ParsedMessage.Invalid invalid =
        assertInstanceOf(ParsedMessage.Invalid.class, PARSER.parse(RandomMessages.json(message)));

    assertTrue(!invalid.violations().isEmpty(), "says why");
  }

  private static RenderRequest valid(Map<String, Object> message) {
    ParsedMessage parsed = PARSER.parse(RandomMessages.json(message));
    Assume.that(parsed instanceof ParsedMessage.Valid);
    return ((ParsedMessage.Valid) parsed).request();
  }

  private static JsonNode payload(RenderRequest request) {
    RenderTarget target =
        new RenderTarget(
            LocalNames.REGION,
            LocalNames.FUNCTION,
            LocalNames.VERSION,
            Optional.of(LocalNames.BUCKET));
    return JsonMapper.shared()
        .readTree(
            new Payloads(Optional.empty(), true)
                .render(
                    request,
                    target,
                    InputProps.of(request.options()).inline(),
                    Map.of("jobId", "job", "attempt", "1")));
  }

  private static LaunchChecks checks() {
    return new LaunchChecks(bench.standIns().store(), List.of("hello"));
  }

  private static Render render(JsonNode payload) {
    FunctionConfiguration function = bench.standIns().function().configuration();
    return new Render(
        "render",
        StartRequest.of(payload, LocalNames.BUCKET, bench.standIns().store()),
        new Render.Deployment(function, LocalNames.VERSION),
        new Render.Span(Instant.EPOCH, Duration.ZERO),
        Simulation.NONE);
  }

  @Provide
  Arbitrary<Map<String, Object>> media() {
    return MESSAGES.ofType("media");
  }

  @Provide
  Arbitrary<Map<String, Object>> stills() {
    return MESSAGES.ofType("still");
  }

  /** One field is wrong, or one is not known. */
  @Provide
  Arbitrary<Map<String, Object>> broken() {
    Arbitrary<Map<String, Object>> messages = Arbitraries.oneOf(media(), stills());
    Arbitrary<Map.Entry<String, Object>> faults =
        Arbitraries.of(
            Map.entry("composition", ""),
            Map.entry("composition", 7),
            Map.entry("serveUrl", "src/index.ts"),
            Map.entry("inputProps", "{}"),
            Map.entry("type", "video"),
            Map.entry("outName", List.of()),
            Map.entry("privacy", "secret"),
            Map.entry("scale", 0),
            Map.entry("scale", "2"),
            Map.entry("jpegQuality", 101),
            Map.entry("timeoutInMilliseconds", 6999),
            Map.entry("envVariables", Map.of("A", 1)),
            Map.entry("chromiumOptions", Map.of("gl", "metal")),
            Map.entry("deleteAfter", "2-days"),
            Map.entry("outName", Map.of("bucketName", "b")),
            Map.entry("downloadBehavior", Map.of("type", "download")),
            Map.entry("storageClass", "COLD"),
            Map.entry("maxRetries", -1),
            Map.entry("logLevel", "loud"),
            Map.entry("colour", "red"));
    return Combinators.combine(messages, faults)
        .as(
            (message, fault) -> {
              Map<String, Object> spoiled = new LinkedHashMap<>(message);
              spoiled.put(fault.getKey(), fault.getValue());
              return spoiled;
            });
  }
}
