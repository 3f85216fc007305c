package dev.renderworker.remotion.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.remotion.Goldens;
import dev.renderworker.remotion.Requests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PayloadsTest {
  private static final Payloads PAYLOADS = new Payloads(Optional.empty(), false);

  private static Stream<String> recordedStarts() {
    return recorded("renderMediaOnLambda").map(entry -> entry.get("name").stringValue());
  }

  private static Stream<String> recordedStatuses() {
    return recorded("getRenderProgress").map(entry -> entry.get("name").stringValue());
  }

  private static Stream<JsonNode> recorded(String call) {
    return Goldens.json("client-requests/index.json")
        .valueStream()
        .filter(entry -> entry.get("call").stringValue().equals(call));
  }

  private static JsonNode entry(String call, String name) {
    return recorded(call)
        .filter(entry -> entry.get("name").stringValue().equals(name))
        .findAny()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("recordedStarts")
  void startEqualsWhatTheOfficialClientSent(String name) {
    Map<String, Object> options = options(entry("renderMediaOnLambda", name));
    JsonNode expected = Goldens.json("client-requests/" + name + ".payload.json");

    JsonNode props = expected.get("inputProps");
    InputProps inputProps = InputProps.of(options);
    boolean large = inputProps.areLargeFor(RenderType.MEDIA);
    assertEquals(props.get("type").stringValue().equals("bucket-url"), large, "uploaded");
    String payload =
        PAYLOADS.render(
            Requests.media(options),
            target(options),
            large
                ? InputProps.uploaded(props.get("hash").stringValue(), Requests.BUCKET)
                : inputProps.inline(),
            Map.of());

    assertEquals(expected, Goldens.parse(payload));
  }

  /** The large ones are described, not written out. */
  private static Map<String, Object> options(JsonNode entry) {
    JsonNode note = entry.get("options").get("note");
    if (note == null) {
      return Goldens.plain(entry.get("options"));
    }
    int length = Integer.parseInt(note.stringValue().replaceAll("\\D", ""));
    ObjectNode options =
        entry("renderMediaOnLambda", "with-bucket-and-props").get("options").deepCopy().asObject();
    options.putObject("inputProps").put("t", "x".repeat(length));
    return Goldens.plain(options);
  }

  private static RenderTarget target(Map<String, Object> options) {
    return new RenderTarget(
        "us-east-1",
        Requests.FUNCTION,
        Requests.VERSION,
        Optional.ofNullable((String) options.get("forceBucketName")));
  }

  @ParameterizedTest
  @MethodSource("recordedStatuses")
  void statusEqualsWhatTheOfficialClientSent(String name) {
    Map<String, Object> options = Goldens.plain(entry("getRenderProgress", name).get("options"));
    RenderHandle render =
        new RenderHandle("abcdefghij", Requests.BUCKET, Requests.FUNCTION, "us-east-1");

    assertEquals(
        Goldens.json("client-requests/" + name + ".payload.json"),
        Goldens.parse(Payloads.status(render, Requests.VERSION, options)));
  }

  @Test
  void infoEqualsWhatTheOfficialClientSent() {
    String sent = entry("getFunctions", "get-functions").at("/exchanges/1/body").stringValue();

    assertEquals(Goldens.parse(sent), Goldens.parse(Payloads.info()));
  }

  @Test
  void stillEqualsWhatTheOfficialClientSentExceptThatItIsNotStreamed() {
    ObjectNode expected = Goldens.json("function-answers/still-streamed.request.json").asObject();
    expected.put("streamed", false);
    Map<String, Object> options =
        Map.of(
            "serveUrl",
            "http://127.0.0.1:14571/sites/local-site/index.html",
            "inputProps",
            Map.of("title", "still"),
            "forceBucketName",
            Requests.BUCKET,
            "frame",
            3);

    assertEquals(expected, Goldens.parse(render(Requests.still(options), Map.of())));
  }

  @Test
  void startAlwaysHasAllFields() {
    assertEquals(55, Goldens.parse(render(Requests.h264(), Map.of())).size());
    assertEquals(
        Goldens.json("client-requests/minimal.payload.json").propertyStream().count(),
        Payloads.fieldNames(RenderType.MEDIA).stream()
            .filter(name -> !List.of("attempt", "streamed").contains(name))
            .count());
  }

  @Test
  void explicitNullMeansTheDefault() {
    RenderRequest request = Requests.h264("scale", null, "privacy", null, "envVariables", null);

    assertEquals(render(Requests.h264(), Map.of()), render(request, Map.of()));
  }

  @Test
  void correlationIsMergedOverTheMetadataOfTheRequest() {
    RenderRequest request = Requests.h264("metadata", Map.of("Author", "Jane", "attempt", "9"));

    JsonNode payload = Goldens.parse(render(request, Map.of("jobId", "job-1", "attempt", "2")));

    assertEquals(
        Goldens.parse("{\"Author\":\"Jane\",\"attempt\":\"2\",\"jobId\":\"job-1\"}"),
        payload.get("metadata"));
  }

  @Test
  void extraFieldsAreAddedAsTheyAre() {
    RenderRequest request =
        Requests.h264("extraStartFields", Map.of("output", Map.of("type", "media")));

    assertEquals(
        "media", Goldens.parse(render(request, Map.of())).at("/output/type").stringValue());
  }

  @Test
  void settingsFillWhatTheMessageLeavesOut() {
    Payloads payloads = new Payloads(Optional.of("my-site"), true);

    JsonNode filled = Goldens.parse(render(payloads, Requests.media(Map.of()), Map.of()));
    JsonNode given =
        Goldens.parse(render(payloads, Requests.h264("enableCancellation", false), Map.of()));

    assertEquals("my-site", filled.get("serveUrl").stringValue());
    assertTrue(filled.get("enableCancellation").booleanValue());
    assertEquals("https://example.com/site/index.html", given.get("serveUrl").stringValue());
    assertFalse(given.get("enableCancellation").booleanValue());
  }

  private static String render(RenderRequest request, Map<String, String> correlation) {
    return render(PAYLOADS, request, correlation);
  }

  private static String render(
      Payloads payloads, RenderRequest request, Map<String, String> correlation) {
    return payloads.render(
        request, target(request.options()), InputProps.of(request.options()).inline(), correlation);
  }
}
