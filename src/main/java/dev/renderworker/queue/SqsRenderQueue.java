package dev.renderworker.queue;

import static dev.renderworker.queue.SqsCalls.call;

import dev.renderworker.queue.CallBatcher.Refusal;
import dev.renderworker.queue.ReceiptCalls.Hiding;
import dev.renderworker.worker.DeadLetter;
import dev.renderworker.worker.Delivery;
import dev.renderworker.worker.RenderQueue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The queue of render requests in SQS.
 *
 * <p>Deletes and hides of many threads share batch calls, so that a job's share of each is a tenth
 * of a call under load; a lone one waits a moment for company.
 */
public final class SqsRenderQueue implements RenderQueue, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SqsRenderQueue.class);
  private static final Duration LINGER = Duration.ofMillis(50);

  private final SqsClients clients;
  private final QueueSettings settings;
  private final Optional<URI> deadLetterQueue;
  private final InstantSource clock;
  private final String url;
  private final ReceiptCalls receipts;
  private final CallBatcher<Delivery> deletes;
  private final CallBatcher<Hiding> hides;

  /**
   * Opens the queue; nothing is called yet.
   *
   * @param clients stay open when this is closed
   * @param deadLetterQueue the URL of the dead-letter queue; without one, dead letters are dropped
   *     with a warning, and only the job's record keeps them
   */
  public SqsRenderQueue(
      SqsClients clients,
      QueueSettings settings,
      Optional<URI> deadLetterQueue,
      InstantSource clock) {
    this.clients = clients;
    this.settings = settings;
    this.deadLetterQueue = deadLetterQueue;
    this.clock = clock;
    this.url = settings.queueUrl().toString();
    this.receipts = new ReceiptCalls(clients.working(), url);
    this.deletes = new CallBatcher<>(receipts::delete, LINGER);
    this.hides = new CallBatcher<>(receipts::hide, LINGER);
  }

  @Override
  public List<Delivery> receive(int max) {
    ReceiveMessageResponse answer =
        call(
            "receive from " + url,
            () ->
                clients
                    .receiving()
                    .receiveMessage(
                        receive ->
                            receive
                                .queueUrl(url)
                                .maxNumberOfMessages(max)
                                .waitTimeSeconds((int) settings.receiveWait().toSeconds())
                                .visibilityTimeout((int) settings.visibilityTimeout().toSeconds())
                                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                                .messageAttributeNames(
                                    DeadLetterAttributes.JOB_ID,
                                    DeadLetterAttributes.SOURCE_MESSAGE_ID)));
    return Deliveries.of(answer.messages(), clock.instant());
  }

  @Override
  public List<Delivery> extend(Collection<Delivery> deliveries) {
    Instant now = clock.instant();
    List<Delivery> failed = new ArrayList<>();
    List<Hiding> batch = new ArrayList<>(CallBatcher.MAX_ENTRIES);
    for (Delivery delivery : deliveries) {
      int seconds = VisibilityLimit.seconds(delivery, settings.visibilityTimeout(), now);
      batch.add(new Hiding(delivery, seconds));
      if (batch.size() == CallBatcher.MAX_ENTRIES) {
        extend(batch, failed);
      }
    }
    extend(batch, failed);
    return failed;
  }

  /** Empties the batch. */
  private void extend(List<Hiding> batch, List<Delivery> failed) {
    if (!batch.isEmpty()) {
      for (Refusal refusal : receipts.hide(batch)) {
        failed.add(batch.get(refusal.index()).delivery());
      }
      batch.clear();
    }
  }

  @Override
  public void hide(Delivery delivery, Duration delay) {
    int seconds = VisibilityLimit.seconds(delivery, delay, clock.instant());
    hides
        .submit(new Hiding(delivery, seconds))
        .ifPresent(
            reason -> log.info("{} is not in flight any more: {}", delivery.messageId(), reason));
  }

  @Override
  public void delete(Delivery delivery) {
    deletes
        .submit(delivery)
        .ifPresent(
            reason ->
                log.info("{} comes back, its receipt is void: {}", delivery.messageId(), reason));
  }

  @Override
  public void deadLetter(Delivery delivery, DeadLetter letter) {
    if (deadLetterQueue.isEmpty()) {
      log.warn("No dead-letter queue: only the record keeps job {}", letter.jobId());
      return;
    }
    SendMessageRequest message = message(deadLetterQueue.get().toString(), delivery, letter);
    call("dead-letter " + delivery.messageId(), () -> clients.working().sendMessage(message));
  }

  private static SendMessageRequest message(String to, Delivery delivery, DeadLetter letter) {
    var message =
        SendMessageRequest.builder()
            .queueUrl(to)
            .messageBody(delivery.body())
            .messageAttributes(DeadLetterAttributes.of(delivery, letter));
    if (to.endsWith(".fifo")) {
      message
          .messageGroupId(delivery.trail().messageGroupId().orElse(delivery.messageId()))
          .messageDeduplicationId(delivery.messageId());
    }
    return message.build();
  }

  /** Sends the deletes and hides that wait for company; idempotent. */
  @Override
  public void close() {
    try (hides) {
      deletes.close();
    }
  }
}
