package dev.renderworker.jobtable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PlainValuesTest {

  @Test
  void attributesBecomePlainValues() {
    assertEquals(
        Map.of(
            "jobId",
            "job-1",
            "attempt",
            2L,
            "costUsd",
            new BigDecimal("0.00310"),
            "cancelRequested",
            true,
            "history",
            List.of(Map.of("status", "QUEUED", "at", "now"))),
        PlainValues.of(
            Map.of(
                "jobId", AttributeValue.fromS("job-1"),
                "attempt", AttributeValue.fromN("2"),
                "costUsd", AttributeValue.fromN("0.00310"),
                "cancelRequested", AttributeValue.fromBool(true),
                "history",
                    AttributeValue.fromL(
                        List.of(
                            AttributeValue.fromM(
                                Map.of(
                                    "status", AttributeValue.fromS("QUEUED"),
                                    "at", AttributeValue.fromS("now"))))))));
  }

  @Test
  void whatPeopleLookForComesFirstAndWhatIsLongComesLast() {
    AttributeValue any = AttributeValue.fromS("x");

    assertEquals(
        List.of("jobId", "status", "bucketName", "messageId", "history", "request"),
        List.copyOf(
            PlainValues.of(
                    Map.of(
                        "request", any,
                        "messageId", any,
                        "status", any,
                        "history", any,
                        "bucketName", any,
                        "jobId", any))
                .keySet()));
  }
}
