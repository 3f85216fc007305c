package dev.renderworker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.remotion.RealFunction;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders in earnest. Needs Node.js, Chromium and npm's registry, so only on request: {@code mvn
 * verify -Dremotion.real=true -Dit.test=RealFunctionIT}.
 */
@EnabledIfSystemProperty(named = "remotion.real", matches = "true")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RealFunctionIT {
  private static final Path GOLDENS = Path.of("src/test/resources/goldens");
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path folder;
  private static LocalAws aws;
  private static RealFunction real;

  @BeforeAll
  static void start() throws Exception {
    aws = LocalAws.start();
    real = aws.useRealFunction();
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  void mediaRequestEndsInAnMp4() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    aws.store()
        .onPut(
            (_, key) -> {
              if (key.endsWith("/out.mp4")) {
                written.countDown();
              }
            });
    JsonNode started = invoke(request("lifecycles/success/start.request.json"));
    assertEquals("success", started.path("type").stringValue(), started.toString());
    assertTrue(written.await(2, TimeUnit.MINUTES), () -> progress(started).toString());
    String key = "renders/" + started.path("renderId").stringValue() + "/out.mp4";
    assertEquals("codec_name=h264,width=320,height=180,nb_read_packets=45", probe(key));
  }

  @Test
  void stillRequestEndsInAPicture() throws Exception {
    ObjectNode request = request("function-answers/still-streamed.request.json");
    JsonNode still = invoke(request.put("streamed", false));
    assertEquals("success", still.path("type").stringValue(), still.toString());
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(object(still.path("outKey").stringValue())));
    assertEquals(320, picture.getWidth());
    assertEquals(180, picture.getHeight());
  }

  @Test
  void whatTheFunctionThrowsIsAFunctionError() throws IOException {
    var answer =
        aws.lambda()
            .invoke(
                invoke ->
                    invoke
                        .functionName(LocalNames.FUNCTION)
                        .payload(SdkBytes.fromUtf8String("{\"type\":\"dance\"}")));
    assertEquals("Unhandled", answer.functionError());
    assertTrue(answer.payload().asUtf8String().contains("Command not found"));
  }

  private static ObjectNode request(String golden) throws IOException {
    ObjectNode request = (ObjectNode) JSON.readTree(Files.readString(GOLDENS.resolve(golden)));
    return request.put("serveUrl", real.serveUrl()).put("bucketName", LocalNames.BUCKET);
  }

  private static JsonNode invoke(JsonNode request) {
    var answer =
        aws.lambda()
            .invoke(
                invoke ->
                    invoke
                        .functionName(LocalNames.FUNCTION)
                        .payload(SdkBytes.fromUtf8String(request.toString())));
    return JSON.readTree(answer.payload().asUtf8String());
  }

  private static JsonNode progress(JsonNode started) {
    String key = "renders/" + started.path("renderId").stringValue() + "/progress.json";
    return JSON.readTree(object(key));
  }

  private static byte[] object(String key) {
    return aws.store().find(LocalNames.BUCKET, key).orElseThrow().bytes();
  }

  /** What ffprobe says about the video stream of an object. */
  private String probe(String key) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("output"), object(key));
    Process process =
        real.ffprobe(
                "-v",
                "error",
                "-select_streams",
                "v",
                "-count_packets",
                "-show_entries",
                "stream=codec_name,width,height,nb_read_packets",
                "-of",
                "compact=print_section=0:item_sep=,",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = process.inputReader().readAllAsString().strip();
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
