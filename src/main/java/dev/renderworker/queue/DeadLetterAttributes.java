package dev.renderworker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.job.JobId;
import dev.renderworker.worker.DeadLetter;
import dev.renderworker.worker.Delivery;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * What a dead letter tells of its failure, as message attributes. SQS counts them with the body
 * towards the size of a message, so beside a very large body only the first of them find room.
 */
final class DeadLetterAttributes {
  static final String JOB_ID = "jobId";
  static final String SOURCE_MESSAGE_ID = "sourceMessageId";

  /** SQS's limit for body and attributes together, in bytes. */
  static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  private static final int MAX_TEXT_LENGTH = 1024;
  private static final String TEXT = "String";
  private static final String NUMBER = "Number";

  private final Map<String, MessageAttributeValue> attributes = new HashMap<>();
  private int room;

  private DeadLetterAttributes(int room) {
    this.room = room;
  }

  /** The attributes of the letter, the most important ones first to get room. */
  static Map<String, MessageAttributeValue> of(Delivery delivery, DeadLetter letter) {
    DeadLetter.Reason reason = letter.reason();
    var fitting =
        new DeadLetterAttributes(MAX_MESSAGE_BYTES - delivery.body().getBytes(UTF_8).length);
    fitting.add(JOB_ID, TEXT, letter.jobId().value());
    fitting.add(SOURCE_MESSAGE_ID, TEXT, delivery.messageId());
    fitting.add("errorCode", TEXT, reason.code().name());
    fitting.add("attempts", NUMBER, Integer.toString(letter.attempts()));
    fitting.add("failedAt", TEXT, reason.failedAt().truncatedTo(ChronoUnit.MILLIS).toString());
    letter.renderId().ifPresent(id -> fitting.add("renderId", TEXT, id));
    fitting.add("workerId", TEXT, reason.worker().value());
    fitting.add("errorMessage", TEXT, acceptable(reason.message()));
    return fitting.attributes;
  }

  /** What makes a message one of the job's, whatever its body says, where there is room. */
  static Map<String, MessageAttributeValue> ofRepeated(JobId jobId, String body) {
    var fitting = new DeadLetterAttributes(MAX_MESSAGE_BYTES - body.getBytes(UTF_8).length);
    fitting.add(JOB_ID, TEXT, jobId.value());
    fitting.add(SOURCE_MESSAGE_ID, TEXT, jobId.value());
    return fitting.attributes;
  }

  private void add(String name, String type, String value) {
    int size = name.length() + type.length() + value.getBytes(UTF_8).length;
    // SQS takes no empty attribute.
    if (!value.isEmpty() && size <= room) {
      room -= size;
      attributes.put(
          name, MessageAttributeValue.builder().dataType(type).stringValue(value).build());
    }
  }

  /** Trims, and replaces what SQS refuses: see SendMessage, "valid Unicode characters". */
  private static String acceptable(String text) {
    return text.codePoints()
        .limit(MAX_TEXT_LENGTH)
        .map(c -> isAcceptable(c) ? c : '\uFFFD')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isAcceptable(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
