package dev.renderworker.queue;

import static dev.renderworker.queue.SqsCalls.call;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.job.JobId;
import dev.renderworker.operations.OutgoingRequest;
import dev.renderworker.operations.QueueState;
import dev.renderworker.operations.RequestQueue;
import dev.renderworker.operations.SendOutcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** The queue of render requests in SQS, as producers and operators use it. */
public final class SqsRequestQueue implements RequestQueue {
  /** Of requests that a FIFO queue can't tell apart by a job id. */
  private static final String DEFAULT_GROUP = "render-worker";

  private final SqsClient sqs;
  private final URI queueUrl;

  /** Prepares to work on a queue; nothing is called yet. */
  public SqsRequestQueue(SqsClient sqs, URI queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public QueueState state() {
    return QueueStates.of(sqs, queueUrl);
  }

  @Override
  public List<SendOutcome> send(List<OutgoingRequest> requests) {
    List<SendOutcome> outcomes = new ArrayList<>(requests.size());
    List<SendMessageBatchRequestEntry> batch = new ArrayList<>(CallBatcher.MAX_ENTRIES);
    int bytes = 0;
    for (OutgoingRequest request : requests) {
      int size = request.body().getBytes(UTF_8).length;
      // The limit of one message is also that of a whole batch.
      if (batch.size() == CallBatcher.MAX_ENTRIES
          || (!batch.isEmpty() && bytes + size > DeadLetterAttributes.MAX_MESSAGE_BYTES)) {
        outcomes.addAll(sendBatch(batch));
        batch.clear();
        bytes = 0;
      }
      bytes += size;
      batch.add(entry(Integer.toString(batch.size()), request));
    }
    if (!batch.isEmpty()) {
      outcomes.addAll(sendBatch(batch));
    }
    return outcomes;
  }

  private SendMessageBatchRequestEntry entry(String id, OutgoingRequest request) {
    var entry = SendMessageBatchRequestEntry.builder().id(id).messageBody(request.body());
    group(request).ifPresent(entry::messageGroupId);
    if (fifo()) {
      entry.messageDeduplicationId(deduplicationId(request));
    }
    if (request.again()) {
      entry.messageAttributes(
          DeadLetterAttributes.ofRepeated(request.jobId().orElseThrow(), request.body()));
    }
    return entry.build();
  }

  /** Standard queues take a group too, and share their capacity fairly among groups. */
  private Optional<String> group(OutgoingRequest request) {
    return fifo()
        ? request
            .messageGroupId()
            .or(() -> request.jobId().map(JobId::value))
            .or(() -> Optional.of(DEFAULT_GROUP))
        : request.messageGroupId();
  }

  /** None for a request without an id, which the queue then tells by its content. */
  private static String deduplicationId(OutgoingRequest request) {
    return request.again()
        ? UUID.randomUUID().toString()
        : request.jobId().map(JobId::value).orElse(null);
  }

  private boolean fifo() {
    return queueUrl.getPath().endsWith(".fifo");
  }

  private List<SendOutcome> sendBatch(List<SendMessageBatchRequestEntry> batch) {
    SendMessageBatchResponse answer =
        call(
            "send to " + queueUrl,
            () ->
                sqs.sendMessageBatch(
                    request -> request.queueUrl(queueUrl.toString()).entries(batch)));
    SendOutcome[] outcomes = new SendOutcome[batch.size()];
    answer
        .successful()
        .forEach(
            sent -> outcomes[Integer.parseInt(sent.id())] = new SendOutcome.Sent(sent.messageId()));
    answer
        .failed()
        .forEach(
            refused ->
                outcomes[Integer.parseInt(refused.id())] =
                    new SendOutcome.Refused(refused.code() + ": " + refused.message()));
    return Arrays.asList(outcomes);
  }
}
