package dev.renderworker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

import dev.renderworker.SharedAws;
import dev.renderworker.job.JobId;
import dev.renderworker.local.LocalAws;
import dev.renderworker.operations.OutgoingRequest;
import dev.renderworker.operations.SendOutcome;
import dev.renderworker.worker.Delivery;
import dev.renderworker.worker.ServiceUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

@Timeout(60)
@ExtendWith(SharedAws.class)
class SqsRenderQueueIT {
  private final Queues queues;
  private Instant now = Instant.parse("2026-11-20T10:00:00Z");

  SqsRenderQueueIT(LocalAws aws) {
    queues = new Queues(aws);
  }

  @AfterEach
  void closeClients() {
    queues.close();
  }

  @Test
  void messageArrivesWithItsTrail() {
    URI url = queues.make(".fifo");
    send(url, "{\"a\":1}", Optional.of("customer-7"));

    try (SqsRenderQueue queue = queue(url, Optional.empty())) {
      Delivery delivery = receiveOne(queue);

      assertEquals("{\"a\":1}", delivery.body());
      assertEquals(now, delivery.receipt().receivedAt());
      assertEquals(1, delivery.trail().receiveCount());
      assertEquals(Optional.of("customer-7"), delivery.trail().messageGroupId());
      assertEquals(Optional.empty(), delivery.trail().redrivenJob());
    }
  }

  @Test
  void messageHiddenForNoTimeComesBackAtOnceWithItsCount() {
    URI url = queues.make("");
    send(url, "{}", Optional.empty());

    try (SqsRenderQueue queue = queue(url, Optional.empty())) {
      queue.hide(receiveOne(queue), Duration.ZERO);

      assertEquals(2, receiveOne(queue).trail().receiveCount());
    }
  }

  @Test
  void hiddenMessageStaysAway() {
    URI url = queues.make("");
    send(url, "{}", Optional.empty());

    try (SqsRenderQueue queue = queue(url, Optional.empty())) {
      queue.hide(receiveOne(queue), Duration.ofMinutes(5));

      assertEquals(List.of(), queue.receive(10));
    }
  }

  @Test
  void extendedMessagesStayAwayAndFailuresAreNamed() {
    URI url = queues.make("");
    IntStream.range(0, 12).forEach(i -> send(url, "{}", Optional.empty()));

    try (SqsRenderQueue queue = queue(url, Optional.empty())) {
      List<Delivery> held = receiveAll(queue, 12);
      Delivery bogus =
          new Delivery(
              "bogus", "{}", new Delivery.Receipt("no such receipt", now), held.getFirst().trail());
      held.add(11, bogus);

      assertEquals(List.of(bogus), queue.extend(held));
      assertEquals(List.of(), queue.receive(10));
    }
  }

  @Test
  void deletesOfManyThreadsShareTheirCalls() throws Exception {
    URI url = queues.make("");
    int count = 200;
    new SqsRequestQueue(queues.client(), url).send(requests(count));

    try (SqsRenderQueue queue = queue(url, Optional.empty());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Delivery> held = receiveAll(queue, count);
      long before = queues.calls("DeleteMessageBatch");
      List<Future<?>> deletes = new ArrayList<>();
      held.forEach(delivery -> deletes.add(threads.submit(() -> queue.delete(delivery))));
      for (Future<?> delete : deletes) {
        delete.get();
      }

      long calls = queues.calls("DeleteMessageBatch") - before;
      assertTrue(calls >= count / 10 && calls <= count / 10 + 10, "calls: " + calls);
    }
    assertEquals("0", queues.attribute(url, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    assertEquals("0", queues.attribute(url, APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  @Test
  void deleteOfLostReceiptIsNoError() {
    URI url = queues.make("");
    send(url, "{}", Optional.empty());

    try (SqsRenderQueue queue = queue(url, Optional.empty())) {
      Delivery delivery = receiveOne(queue);
      queue.delete(delivery);
      queue.delete(delivery);
      queue.hide(delivery, Duration.ZERO);

      assertEquals(List.of(), queue.receive(10));
    }
  }

  @Test
  void deadLetterKeepsTheBodyByteForByte() {
    URI url = queues.make("");
    URI deadLetters = queues.make("-dlq");
    String body = " {\"title\": \"Grüße 😀\",\r\n\t\"x\":1}  ";
    send(url, body, Optional.empty());

    try (SqsRenderQueue queue = queue(url, Optional.of(deadLetters))) {
      Delivery delivery = receiveOne(queue);
      queue.deadLetter(delivery, Messages.letter("went \u0000wrong"));

      Message letter = receiveRaw(deadLetters);
      assertEquals(body, letter.body());
      assertEquals(8, letter.messageAttributes().size());
      assertEquals("went \uFFFDwrong", text(letter, "errorMessage"));
      assertEquals(delivery.messageId(), text(letter, "sourceMessageId"));
    }
  }

  @Test
  void largestBodyIsDeadLetteredByteForByte() {
    URI url = queues.make("");
    URI deadLetters = queues.make("-dlq");
    String body = "\"" + "ü".repeat(1024 * 512 - 1) + "\"";
    assertEquals(1024 * 1024, body.getBytes(UTF_8).length);
    send(url, body, Optional.empty());

    try (SqsRenderQueue queue = queue(url, Optional.of(deadLetters))) {
      queue.deadLetter(receiveOne(queue), Messages.letter("x".repeat(100_000)));

      assertTrue(body.equals(receiveRaw(deadLetters).body()), "another body");
    }
  }

  @Test
  void deadLetterOfFifoQueueStaysInItsGroup() {
    URI url = queues.make(".fifo");
    URI deadLetters = queues.make("-dlq.fifo");
    send(url, "{}", Optional.of("customer-7"));

    try (SqsRenderQueue queue = queue(url, Optional.of(deadLetters))) {
      Delivery delivery = receiveOne(queue);
      queue.deadLetter(delivery, Messages.letter("failed"));
      queue.deadLetter(delivery, Messages.letter("failed"));

      Message letter = receiveRaw(deadLetters);
      assertEquals(
          "customer-7", letter.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
      assertEquals("1", queues.attribute(deadLetters, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
      assertEquals("0", queues.attribute(deadLetters, APPROXIMATE_NUMBER_OF_MESSAGES));
    }
  }

  @Test
  void redrivenMessageNamesItsJob() {
    URI url = queues.make("");
    queues
        .client()
        .sendMessage(
            send ->
                send.queueUrl(url.toString())
                    .messageBody("{}")
                    .messageAttributes(
                        Map.of("jobId", string("job-1"), "sourceMessageId", string("m0"))));

    try (SqsRenderQueue queue = queue(url, Optional.empty())) {
      assertEquals(Optional.of(new JobId("job-1")), receiveOne(queue).trail().redrivenJob());
    }
  }

  @Test
  void withoutDeadLetterQueueNothingIsSentAnywhere() {
    URI url = queues.make("");
    send(url, "{}", Optional.empty());

    try (SqsRenderQueue queue = queue(url, Optional.empty())) {
      long before = queues.calls("SendMessage");
      queue.deadLetter(receiveOne(queue), Messages.letter("failed"));

      assertEquals(before, queues.calls("SendMessage"));
    }
  }

  @Test
  void missingQueueSaysSoByName() {
    URI url = URI.create(queues.make("") + "-gone");

    try (SqsRenderQueue queue = queue(url, Optional.empty())) {
      Delivery delivery = Messages.delivery("{}");
      var receive = assertThrows(ServiceUnavailableException.class, () -> queue.receive(1));
      assertTrue(receive.getMessage().startsWith("Could not receive from " + url + ": "));
      assertThrows(ServiceUnavailableException.class, () -> queue.delete(delivery));
      assertThrows(ServiceUnavailableException.class, () -> queue.hide(delivery, Duration.ZERO));
      assertThrows(ServiceUnavailableException.class, () -> queue.extend(List.of(delivery)));
    }
  }

  private SqsRenderQueue queue(URI url, Optional<URI> deadLetters) {
    return new SqsRenderQueue(
        queues.clients(),
        new QueueSettings(url, Duration.ZERO, Duration.ofMinutes(5)),
        deadLetters,
        () -> now);
  }

  private Delivery receiveOne(SqsRenderQueue queue) {
    return receiveAll(queue, 1).getFirst();
  }

  private List<Delivery> receiveAll(SqsRenderQueue queue, int count) {
    List<Delivery> all = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    while (all.size() < count) {
      List<Delivery> batch = queue.receive(10);
      assertTrue(batch.size() <= 10, "a batch of " + batch.size());
      all.addAll(batch);
      ids.addAll(batch.stream().map(Delivery::messageId).collect(Collectors.toSet()));
    }
    assertEquals(count, ids.size());
    return all;
  }

  private static List<OutgoingRequest> requests(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new OutgoingRequest("{}", Optional.empty(), Optional.empty(), false))
        .toList();
  }

  private void send(URI url, String body, Optional<String> group) {
    var outcomes =
        new SqsRequestQueue(queues.client(), url)
            .send(
                List.of(
                    new OutgoingRequest(
                        body, Optional.of(new JobId(UUID.randomUUID().toString())), group, false)));
    assertTrue(outcomes.getFirst() instanceof SendOutcome.Sent, outcomes.toString());
  }

  private Message receiveRaw(URI url) {
    return queues
        .client()
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(url.toString())
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages()
        .getFirst();
  }

  private static String text(Message message, String attribute) {
    return message.messageAttributes().get(attribute).stringValue();
  }

  private static MessageAttributeValue string(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
