package dev.renderworker.queue;

import static dev.renderworker.queue.SqsCalls.call;

import dev.renderworker.job.JobId;
import dev.renderworker.operations.DeadLetterQueue;
import dev.renderworker.operations.Letter;
import dev.renderworker.operations.NoDeadLetterQueueException;
import dev.renderworker.operations.QueueState;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** The dead-letter queue in SQS: the one that the queue's redrive policy names. */
public final class SqsDeadLetterQueue implements DeadLetterQueue {
  /** Long enough to look through some ten thousand letters. */
  private static final int HIDDEN_SECONDS = 300;

  /** With less, SQS asks only some of its servers, and an empty answer says nothing. */
  private static final int WAIT_SECONDS = 1;

  private final SqsClient sqs;
  private final URI queueUrl;

  /** Looked up once; twice does no harm. */
  private volatile Optional<QueueFacts.DeadLetters> found = Optional.empty();

  /** Prepares to work on the dead letters of a queue; nothing is called yet. */
  public SqsDeadLetterQueue(SqsClient sqs, URI queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public QueueState state() {
    return QueueStates.of(sqs, deadLetters().url());
  }

  @Override
  public List<Letter> take() {
    String url = url();
    return call(
        "receive from " + url,
        () ->
            sqs
                .receiveMessage(
                    receive ->
                        receive
                            .queueUrl(url)
                            .maxNumberOfMessages(CallBatcher.MAX_ENTRIES)
                            .waitTimeSeconds(WAIT_SECONDS)
                            .visibilityTimeout(HIDDEN_SECONDS)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                .messages()
                .stream()
                .map(SqsDeadLetterQueue::letter)
                .toList());
  }

  private static Letter letter(Message message) {
    Map<MessageSystemAttributeName, String> known = message.attributes();
    String sent = known.get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return new Letter(
        message.messageId(),
        message.body(),
        sent == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(sent)),
        message.messageAttributes().entrySet().stream()
            .filter(entry -> entry.getValue().stringValue() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stringValue())),
        new Letter.Handle(
            message.receiptHandle(),
            Optional.ofNullable(known.get(MessageSystemAttributeName.MESSAGE_GROUP_ID))));
  }

  @Override
  public void putBack(List<Letter> letters) {
    for (int from = 0; from < letters.size(); from += CallBatcher.MAX_ENTRIES) {
      show(letters.subList(from, Math.min(from + CallBatcher.MAX_ENTRIES, letters.size())));
    }
  }

  /** A letter that SQS refuses here is seen again by itself. */
  private void show(List<Letter> letters) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>(letters.size());
    for (Letter letter : letters) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(letter.handle().receipt())
              .visibilityTimeout(0)
              .build());
    }
    String url = url();
    call(
        "put back to " + url,
        () -> sqs.changeMessageVisibilityBatch(batch -> batch.queueUrl(url).entries(entries)));
  }

  @Override
  public void delete(Letter letter) {
    String url = url();
    call(
        "delete from " + url,
        () ->
            sqs.deleteMessage(
                delete -> delete.queueUrl(url).receiptHandle(letter.handle().receipt())));
  }

  @Override
  public void resend(Letter letter, JobId jobId) {
    var message =
        SendMessageRequest.builder()
            .queueUrl(queueUrl.toString())
            .messageBody(letter.body())
            .messageAttributes(DeadLetterAttributes.ofRepeated(jobId, letter.body()));
    letter.handle().messageGroupId().ifPresent(message::messageGroupId);
    if (queueUrl.getPath().endsWith(".fifo")) {
      message.messageDeduplicationId(UUID.randomUUID().toString());
    }
    call("send to " + queueUrl, () -> sqs.sendMessage(message.build()));
    delete(letter);
  }

  @Override
  public void moveAll(OptionalInt perSecond) {
    String arn = deadLetters().arn();
    call(
        "move the messages of " + arn,
        () ->
            sqs.startMessageMoveTask(
                start -> {
                  start.sourceArn(arn);
                  perSecond.ifPresent(start::maxNumberOfMessagesPerSecond);
                }));
  }

  @Override
  public void purge() {
    String url = url();
    call("purge " + url, () -> sqs.purgeQueue(purge -> purge.queueUrl(url)));
  }

  private String url() {
    return deadLetters().url().toString();
  }

  private QueueFacts.DeadLetters deadLetters() {
    if (found.isEmpty()) {
      found =
          switch (new QueueInspection(sqs, queueUrl).inspect()) {
            case QueueFinding.Ready(var facts) -> facts.deadLetters();
            case QueueFinding.NoDeadLetters(_, var why) ->
                throw new NoDeadLetterQueueException(why.advice());
            case QueueFinding.Missing(var why) ->
                throw new NoDeadLetterQueueException(why.advice());
          };
    }
    return found.orElseThrow();
  }
}
