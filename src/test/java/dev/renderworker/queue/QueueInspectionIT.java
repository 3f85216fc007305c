package dev.renderworker.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.check.Finding;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.worker.ServiceUnavailableException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Timeout(60)
@ExtendWith(SharedAws.class)
class QueueInspectionIT {
  private final LocalAws aws;
  private final Queues queues;

  QueueInspectionIT(LocalAws aws) {
    this.aws = aws;
    this.queues = new Queues(aws);
  }

  @AfterEach
  void closeClients() {
    queues.close();
  }

  @Test
  void readyQueueNamesItsDeadLetterQueue() {
    URI deadLetters = queues.make("-dlq");
    String arn = arn(deadLetters);
    URI url =
        queues.make(
            "",
            Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"7\"}".formatted(arn)));

    QueueFacts facts = assertInstanceOf(QueueFinding.Ready.class, inspect(url)).facts();

    assertEquals(
        new QueueFacts.DeadLetters(deadLetters, arn, 7, Optional.empty()),
        facts.deadLetters().get());
    assertEquals(arn(url), facts.arn());
    assertEquals(Optional.empty(), facts.retention());
    assertFalse(facts.fifo());
  }

  @Test
  void queueWithoutDeadLetterQueueComesWithTheCommandsThatMakeOne() {
    URI url = queues.make(".fifo");

    var finding = assertInstanceOf(QueueFinding.NoDeadLetters.class, inspect(url));

    assertTrue(finding.facts().fifo());
    String advice = finding.why().advice();
    assertTrue(advice.contains("create-queue --queue-name " + queues.name() + "-dlq.fifo"), advice);
    assertTrue(advice.contains("FifoQueue=true"), advice);
    String target = arn(url).replace(".fifo", "-dlq.fifo");
    assertTrue(advice.contains("{\\\"deadLetterTargetArn\\\":\\\"" + target), advice);
  }

  @Test
  void missingQueueComesWithTheCommandThatMakesIt() {
    URI url = URI.create(queues.make("") + "-gone");

    var finding = assertInstanceOf(QueueFinding.Missing.class, inspect(url));

    assertTrue(
        finding.why().remedy().contains("create-queue --queue-name " + queues.name() + "-gone"));
  }

  @Test
  void unreachableSqsIsAnErrorOfItsOwn() {
    URI url = queues.make("");
    var lost = Fault.before(CallPattern.of("sqs", "GetQueueAttributes"), new Fault.Drop());
    var fault = aws.faults().inject(lost);
    try {
      var failure = assertThrows(ServiceUnavailableException.class, () -> inspect(url));
      String problem = "Could not look at queue " + url + ": ";
      assertTrue(failure.getMessage().startsWith(problem));
      var finding =
          assertInstanceOf(
              Finding.Broken.class,
              new QueueInspection(queues.client(), url).findings().getFirst());
      assertTrue(finding.problem().startsWith(problem));
    } finally {
      aws.faults().remove(fault);
    }
  }

  private QueueFinding inspect(URI url) {
    return new QueueInspection(queues.client(), url).inspect();
  }

  private String arn(URI url) {
    return queues.attribute(url, QueueAttributeName.QUEUE_ARN);
  }
}
