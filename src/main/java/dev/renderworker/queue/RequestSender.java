package dev.renderworker.queue;

import static dev.renderworker.queue.SqsCalls.call;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.job.JobId;
import dev.renderworker.worker.ServiceUnavailableException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Sends render requests, as a producer does. */
public final class RequestSender {
  private final SqsClient sqs;
  private final String queueUrl;

  /** Prepares to send to a queue. */
  public RequestSender(SqsClient sqs, URI queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl.toString();
  }

  /**
   * Sends the requests in order, as few calls as they fit in.
   *
   * @return an outcome for each request, in their order
   * @throws ServiceUnavailableException when SQS can't be reached or refuses a whole batch; those
   *     before it are in the queue
   */
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

  private static SendMessageBatchRequestEntry entry(String id, OutgoingRequest request) {
    var entry = SendMessageBatchRequestEntry.builder().id(id).messageBody(request.body());
    request
        .messageGroupId()
        .ifPresent(
            group ->
                entry
                    .messageGroupId(group)
                    .messageDeduplicationId(request.jobId().map(JobId::value).orElse(null)));
    return entry.build();
  }

  private List<SendOutcome> sendBatch(List<SendMessageBatchRequestEntry> batch) {
    SendMessageBatchResponse answer =
        call(
            "send to " + queueUrl,
            () -> sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(batch)));
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
