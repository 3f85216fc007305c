package dev.renderworker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class DeadLetterAttributesTest {

  @Test
  void tellWhatIsKnownOfTheFailure() {
    Map<String, String> text = new HashMap<>();
    attributes("{}", "threw").forEach((name, value) -> text.put(name, value.stringValue()));

    assertEquals(
        Map.of(
            "jobId", "job-1",
            "errorCode", "COMPOSITION_ERROR",
            "errorMessage", "threw",
            "attempts", "3",
            "renderId", "render1234",
            "sourceMessageId", "b4ae3f8a-0000-4000-8000-000000000001",
            "failedAt", "2026-11-20T10:05:00.123Z",
            "workerId", "host-42-abcd"),
        text);
    assertEquals("Number", attributes("{}", "threw").get("attempts").dataType());
  }

  @Test
  void charactersThatSqsRefusesAreReplaced() {
    String refused = "a\u0000b\u001bc\uFFFEd\uD800e";

    assertEquals("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe", message("{}", refused));
    assertEquals("tab\tline\r\n😀", message("{}", "tab\tline\r\n😀"));
  }

  @Test
  void longMessageIsTrimmedBetweenCharacters() {
    assertEquals("😀".repeat(1024), message("{}", "😀".repeat(5000)));
  }

  @Test
  void emptyMessageIsLeftOut() {
    assertFalse(attributes("{}", "").containsKey("errorMessage"));
  }

  @Test
  void besideTheLargestBodyThereIsNoRoom() {
    assertEquals(
        Set.of(), attributes("x".repeat(DeadLetterAttributes.MAX_MESSAGE_BYTES), "threw").keySet());
  }

  @Test
  void besideVeryLargeBodyTheMostImportantOnesFit() {
    String body = "é".repeat((DeadLetterAttributes.MAX_MESSAGE_BYTES - 100) / 2);

    var attributes = attributes(body, "threw ".repeat(100));

    assertTrue(attributes.keySet().containsAll(Set.of("jobId", "sourceMessageId")));
    assertFalse(attributes.containsKey("errorMessage"));
    int size = body.getBytes(UTF_8).length;
    for (var attribute : attributes.entrySet()) {
      size += attribute.getKey().length() + attribute.getValue().dataType().length();
      size += attribute.getValue().stringValue().getBytes(UTF_8).length;
    }
    assertTrue(size <= DeadLetterAttributes.MAX_MESSAGE_BYTES, "bytes: " + size);
  }

  private static String message(String body, String message) {
    return attributes(body, message).get("errorMessage").stringValue();
  }

  private static Map<String, MessageAttributeValue> attributes(String body, String message) {
    return DeadLetterAttributes.of(Messages.delivery(body), Messages.letter(message));
  }
}
