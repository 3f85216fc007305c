package dev.renderworker.jobtable;

import dev.renderworker.job.JobStatus;
import dev.renderworker.job.RenderHandle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The values of one update, under the names that its {@link Statement} uses for them. */
final class Values {
  /** DynamoDB keeps no more digits of a number. */
  private static final MathContext DIGITS = new MathContext(38);

  private static final int MAX_NOTE_LENGTH = 300;

  private final Map<String, AttributeValue> values = new HashMap<>();
  private final String at;

  /**
   * Begins with the instant of the update.
   *
   * @param at becomes {@code :at}
   */
  Values(Instant at) {
    this.at = Timestamps.text(at);
    text(":at", this.at);
  }

  Values text(String name, String value) {
    values.put(name, AttributeValue.fromS(value));
    return this;
  }

  Values texts(String name, List<String> value) {
    return list(name, value.stream().map(AttributeValue::fromS).toList());
  }

  Values list(String name, List<AttributeValue> value) {
    values.put(name, AttributeValue.fromL(value));
    return this;
  }

  Values number(String name, long value) {
    values.put(name, AttributeValue.fromN(Long.toString(value)));
    return this;
  }

  Values number(String name, BigDecimal value) {
    values.put(
        name, AttributeValue.fromN(value.round(DIGITS).stripTrailingZeros().toPlainString()));
    return this;
  }

  Values flag(String name, boolean value) {
    values.put(name, AttributeValue.fromBool(value));
    return this;
  }

  /**
   * The status after the update as {@code :status}, and its entry for the history.
   *
   * @param note may be empty
   */
  Values status(JobStatus status, String note) {
    AttributeValue name = AttributeValue.fromS(status.name());
    values.put(":status", name);
    values.put(":none", AttributeValue.fromL(List.of()));
    return list(":event", List.of(event(name, note)));
  }

  /** Which render it is, as {@link OwnerWrites#RENDER} sets it. */
  Values render(RenderHandle render) {
    return text(":renderId", render.renderId())
        .text(":bucketName", render.bucketName())
        .text(":functionName", render.functionName())
        .text(":region", render.region());
  }

  private AttributeValue event(AttributeValue status, String note) {
    AttributeValue time = AttributeValue.fromS(at);
    if (note.isEmpty()) {
      return AttributeValue.fromM(Map.of("status", status, "at", time));
    }
    String kept = note.length() <= MAX_NOTE_LENGTH ? note : note.substring(0, MAX_NOTE_LENGTH);
    return AttributeValue.fromM(
        Map.of("status", status, "at", time, "note", AttributeValue.fromS(kept)));
  }

  Map<String, AttributeValue> asMap() {
    return values;
  }
}
