package dev.renderworker.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.renderworker.SharedAws;
import dev.renderworker.job.JobId;
import dev.renderworker.local.LocalAws;
import dev.renderworker.operations.OutgoingRequest;
import dev.renderworker.operations.SendOutcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(SharedAws.class)
class RequestQueueIT {
  private final Queues queues;

  RequestQueueIT(LocalAws aws) {
    queues = new Queues(aws);
  }

  @AfterEach
  void closeClients() {
    queues.close();
  }

  @Test
  void requestsGoOutInBatchesOfTenAndInOrder() {
    URI url = queues.make(".fifo");
    List<OutgoingRequest> requests =
        IntStream.range(0, 25)
            .mapToObj(i -> request("{\"n\":" + i + "}", Optional.of("j" + i), Optional.of("g")))
            .toList();
    long before = queues.calls("SendMessageBatch");

    List<SendOutcome> outcomes = new SqsRequestQueue(queues.client(), url).send(requests);

    assertEquals(25, outcomes.size());
    outcomes.forEach(outcome -> assertInstanceOf(SendOutcome.Sent.class, outcome));
    assertEquals(3, queues.calls("SendMessageBatch") - before);
    assertEquals(requests.stream().map(OutgoingRequest::body).toList(), bodies(url, 25));
  }

  @Test
  void largeRequestsDoNotShareBatchBeyondItsLimit() {
    URI url = queues.make("");
    String large = "x".repeat(600 * 1024);
    long before = queues.calls("SendMessageBatch");

    List<SendOutcome> outcomes =
        new SqsRequestQueue(queues.client(), url)
            .send(
                List.of(
                    request(large, Optional.empty(), Optional.empty()),
                    request(large, Optional.empty(), Optional.empty()),
                    request("{}", Optional.empty(), Optional.empty())));

    outcomes.forEach(outcome -> assertInstanceOf(SendOutcome.Sent.class, outcome));
    assertEquals(2, queues.calls("SendMessageBatch") - before);
  }

  @Test
  void requestSentTwiceUnderOneJobIdIsInTheFifoQueueOnce() {
    URI url = queues.make(".fifo");
    OutgoingRequest request = request("{}", Optional.of("job-1"), Optional.of("g"));
    var sender = new SqsRequestQueue(queues.client(), url);

    sender.send(List.of(request));
    sender.send(List.of(request, request("{\"last\":1}", Optional.of("job-2"), Optional.of("g"))));

    assertEquals(List.of("{}", "{\"last\":1}"), bodies(url, 2));
  }

  @Test
  void refusedRequestDoesNotConcernTheOthers() {
    URI url = queues.make("");

    List<SendOutcome> outcomes =
        new SqsRequestQueue(queues.client(), url)
            .send(
                List.of(
                    request("{}", Optional.empty(), Optional.empty()),
                    request("\u0000", Optional.empty(), Optional.empty()),
                    request("{}", Optional.empty(), Optional.empty())));

    assertInstanceOf(SendOutcome.Sent.class, outcomes.get(0));
    assertInstanceOf(SendOutcome.Refused.class, outcomes.get(1));
    assertInstanceOf(SendOutcome.Sent.class, outcomes.get(2));
  }

  private static OutgoingRequest request(
      String body, Optional<String> jobId, Optional<String> group) {
    return new OutgoingRequest(body, jobId.map(JobId::new), group, false);
  }

  private List<String> bodies(URI url, int count) {
    List<String> bodies = new ArrayList<>();
    while (bodies.size() < count) {
      queues
          .client()
          .receiveMessage(receive -> receive.queueUrl(url.toString()).maxNumberOfMessages(10))
          .messages()
          .forEach(
              message -> {
                bodies.add(message.body());
                // A FIFO queue holds the rest of the group back until then.
                queues
                    .client()
                    .deleteMessage(
                        delete ->
                            delete.queueUrl(url.toString()).receiptHandle(message.receiptHandle()));
              });
    }
    return bodies;
  }
}
