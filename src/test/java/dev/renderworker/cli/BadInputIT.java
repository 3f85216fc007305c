package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.text;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What can't be understood is rejected with its reason, and harms nothing else. */
@Timeout(120)
@ExtendWith(SharedAws.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
  private final Workplace place;
  private final RunningWorker worker;

  BadInputIT(LocalAws aws) {
    place = Workplace.standard(aws);
    worker = place.worker();
  }

  @AfterAll
  void stop() {
    worker.close();
  }

  private static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("no JSON", "render hello, please"),
        Arguments.of("half a JSON", "{\"composition\":\"hello\""),
        Arguments.of("two JSONs", "{\"composition\":\"hello\"} {\"composition\":\"hello\"}"),
        Arguments.of("an array", "[{\"composition\":\"hello\"}]"),
        Arguments.of("a string", "\"hello\""),
        Arguments.of("null", "null"),
        Arguments.of("nothing but a space", " "),
        Arguments.of("an empty object", "{}"),
        Arguments.of("wrong types", "{\"composition\":7,\"crf\":\"high\",\"inputProps\":[]}"),
        Arguments.of("an unknown field", "{\"composition\":\"hello\",\"compositon\":1}"),
        Arguments.of("a name twice", "{\"composition\":\"hello\",\"composition\":\"hello\"}"),
        Arguments.of("an unusable jobId", "{\"composition\":\"hello\",\"jobId\":\"../a b\"}"),
        Arguments.of("an empty jobId", "{\"composition\":\"hello\",\"jobId\":\"\"}"),
        Arguments.of("a number as jobId", "{\"composition\":\"hello\",\"jobId\":4711}"),
        Arguments.of(
            "a jobId of 2,000 characters",
            "{\"composition\":\"hello\",\"jobId\":\"" + "x".repeat(2_000) + "\"}"),
        Arguments.of("nesting of 10,000 levels", nested(10_000)),
        Arguments.of("a megabyte of x", "x".repeat(1024 * 1024 - 4096)),
        Arguments.of("a megabyte of brackets", "[".repeat(1024 * 1024 - 4096)),
        Arguments.of(
            "a number beyond all bounds", "{\"composition\":\"hello\",\"crf\":1e999999999}"),
        Arguments.of("half a character", "{\"composition\":\"\\ud83d\"}"),
        Arguments.of("other characters", "{\"composition\":\"hello\",\"Größe 😀\":1}"));
  }

  private static String nested(int levels) {
    return "{\"composition\":\"hello\",\"inputProps\":"
        + "{\"a\":".repeat(levels)
        + "1"
        + "}".repeat(levels + 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isRejectedUnderTheMessageIdAndDeadLetteredAsItIs(String name, String body) {
    String messageId = place.send(body);

    JobRecord record = place.awaitJob(messageId, "REJECTED");

    assertEquals("INVALID_MESSAGE", record.text("errorCode"), name);
    Message letter = place.deadLetter(messageId);
    assertTrue(body.equals(letter.body()), "another body");
    assertEquals("INVALID_MESSAGE", text(letter, "errorCode"));
    assertEquals(messageId, text(letter, "jobId"));
    place.awaitEmpty();
    assertTrue(worker.isAlive());
  }

  @Test
  void isRejectedUnderItsJobIdWhereThatCanBeUsed() {
    String id = newJobId();
    String body = "{\"jobId\":\"%s\",\"composition\":7}".formatted(id);
    String messageId = place.send(body);

    JobRecord record = place.awaitJob(id, "REJECTED");

    assertEquals("INVALID_MESSAGE", record.text("errorCode"));
    assertTrue(record.text("errorMessage").contains("/composition"), record.text("errorMessage"));
    Message letter = place.deadLetter(messageId);
    assertEquals(id, text(letter, "jobId"));
    assertEquals(body, letter.body());
    place.awaitEmpty();
  }

  @Test
  void aBadRequestUnderTheIdOfAGoodJobLeavesTheGoodJobAlone() {
    String id = newJobId();
    place.send(video(id, 1));
    JobRecord good = place.awaitJob(id, "SUCCEEDED");

    String messageId = place.send("{\"jobId\":\"%s\",\"composition\":7}".formatted(id));
    Message letter = place.deadLetter(messageId);

    assertEquals("INVALID_MESSAGE", text(letter, "errorCode"));
    place.awaitEmpty();
    assertEquals(good, place.job(id).orElseThrow());
  }

  @Test
  void bodyThatFillsItsMessageIsDeadLetteredAsItIsWithoutRoomForAReason() {
    String body = "x".repeat(1024 * 1024);
    String messageId = place.send(body);

    assertEquals("INVALID_MESSAGE", place.awaitJob(messageId, "REJECTED").text("errorCode"));
    Message letter = place.deadLetter("");
    assertTrue(body.equals(letter.body()), "another body");
    place.awaitEmpty();
  }

  @Test
  void goodRequestAmongBadOnesIsRendered() {
    String id = newJobId();
    place.send("[");
    place.send(video(id, 1));
    place.send("]");

    assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
    place.awaitEmpty();
  }

  @Test
  void correctedRequestUnderTheIdOfARejectedOneIsRendered() {
    String id = newJobId();
    place.send("{\"jobId\":\"%s\",\"composition\":7}".formatted(id));
    place.awaitJob(id, "REJECTED");
    place.awaitEmpty();

    place.send(video(id, 1));

    place.awaitJob(id, "SUCCEEDED");
    place.awaitEmpty();
  }

  @Test
  void whatSqsItselfRefusesNeverComesHere() {
    assertThrows(SqsException.class, () -> place.send("{\"composition\":\"\u0001\"}"));
    assertThrows(SqsException.class, () -> place.send("x".repeat(1024 * 1024 + 1)));
    assertTrue(worker.isAlive());
  }
}
