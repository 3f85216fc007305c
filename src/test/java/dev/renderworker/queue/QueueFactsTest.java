package dev.renderworker.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.check.Finding;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueFactsTest {
  private static final String PLACE = "https://sqs.us-east-1.amazonaws.com/123456789012/";
  private static final String ARN = "arn:aws:sqs:us-east-1:123456789012:";

  private static QueueFacts facts(QueueFacts.DeadLetters letters) {
    return new QueueFacts(
        URI.create(PLACE + "renders.fifo"),
        ARN + "renders.fifo",
        true,
        Optional.of(Duration.ofDays(4)),
        Optional.ofNullable(letters));
  }

  private static QueueFacts.DeadLetters letters(int receives, Duration retention) {
    return new QueueFacts.DeadLetters(
        URI.create(PLACE + "renders-dlq.fifo"),
        ARN + "renders-dlq.fifo",
        receives,
        Optional.of(retention));
  }

  private static Finding ofLetters(QueueFacts facts) {
    return facts.findings().getLast();
  }

  @Test
  void queueAsItShouldBePasses() {
    assertEquals(
        List.of(
            new Finding.Passed("queue", "renders.fifo, FIFO, keeps requests 4 days"),
            new Finding.Passed("dead letters", "renders-dlq.fifo after 20 receives, kept 14 days")),
        facts(letters(20, Duration.ofDays(14))).findings());
  }

  @Test
  void fewReceivesComeWithTheCommandThatAllowsMore() {
    var weak =
        assertInstanceOf(Finding.Weak.class, ofLetters(facts(letters(19, Duration.ofDays(14)))));

    assertTrue(weak.problem().contains("maxReceiveCount 19"), weak.problem());
    assertTrue(
        weak.remedy().contains("set-queue-attributes --queue-url " + PLACE + "renders.fifo "),
        weak.remedy());
    assertTrue(weak.remedy().contains("\\\"maxReceiveCount\\\":\\\"20\\\""), weak.remedy());
  }

  @Test
  void deadLettersMustBeKeptLongerThanRequests() {
    var weak =
        assertInstanceOf(Finding.Weak.class, ofLetters(facts(letters(20, Duration.ofDays(4)))));

    assertTrue(weak.problem().startsWith("Dead letters are kept 4 days, requests 4 days"));
    assertTrue(
        weak.remedy()
            .contains(
                "--queue-url %srenders-dlq.fifo --attributes MessageRetentionPeriod=1209600"
                    .formatted(PLACE)),
        weak.remedy());
  }

  @Test
  void missingDeadLettersAreBroken() {
    assertInstanceOf(Finding.Broken.class, ofLetters(facts(null)));
  }

  @Test
  void retentionThatIsNotToldIsNotJudged() {
    var facts =
        new QueueFacts(
            URI.create(PLACE + "renders"),
            ARN + "renders",
            false,
            Optional.empty(),
            Optional.of(letters(20, Duration.ofMinutes(1))));

    assertInstanceOf(Finding.Passed.class, ofLetters(facts));
  }
}
