package dev.renderworker.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A job's record as the table has it. */
record JobRecord(Map<String, AttributeValue> item) {

  String status() {
    return text("status");
  }

  boolean has(String attribute) {
    return item.containsKey(attribute);
  }

  String text(String attribute) {
    return value(attribute).s();
  }

  int number(String attribute) {
    return Integer.parseInt(value(attribute).n());
  }

  Instant instant(String attribute) {
    return Instant.parse(text(attribute));
  }

  /** The statuses that the job went through. */
  List<String> history() {
    return value("history").l().stream().map(event -> event.m().get("status").s()).toList();
  }

  private AttributeValue value(String attribute) {
    AttributeValue value = item.get(attribute);
    if (value == null) {
      throw new AssertionError("no " + attribute + " in " + item);
    }
    return value;
  }
}
