package dev.renderworker.queue;

import static dev.renderworker.queue.SqsCalls.call;

import dev.renderworker.queue.CallBatcher.Refusal;
import dev.renderworker.worker.Delivery;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/** The batch calls of SQS that work on receipts. Entries carry their place as id, "0" to "9". */
record ReceiptCalls(SqsClient sqs, String queueUrl) {

  /**
   * A message to be invisible from now on.
   *
   * @param seconds 0 makes it visible
   */
  record Hiding(Delivery delivery, int seconds) {}

  List<Refusal> delete(List<Delivery> deliveries) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(deliveries.size());
    for (Delivery delivery : deliveries) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(delivery.receipt().handle())
              .build());
    }
    return refusals(
        call(
                "delete messages",
                () -> sqs.deleteMessageBatch(batch -> batch.queueUrl(queueUrl).entries(entries)))
            .failed());
  }

  List<Refusal> hide(List<Hiding> hidings) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>(hidings.size());
    for (Hiding hiding : hidings) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(hiding.delivery().receipt().handle())
              .visibilityTimeout(hiding.seconds())
              .build());
    }
    return refusals(
        call(
                "change the visibility of messages",
                () ->
                    sqs.changeMessageVisibilityBatch(
                        batch -> batch.queueUrl(queueUrl).entries(entries)))
            .failed());
  }

  private static List<Refusal> refusals(List<BatchResultErrorEntry> failed) {
    return failed.stream()
        .map(
            entry ->
                new Refusal(
                    Integer.parseInt(entry.id()),
                    !Boolean.TRUE.equals(entry.senderFault()),
                    entry.code() + ": " + entry.message()))
        .toList();
  }
}
