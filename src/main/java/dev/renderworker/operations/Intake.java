package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests in: records each as QUEUED and sends it.
 *
 * <p>A job id that is taken gives its record as the answer, so a producer may repeat a request
 * without a second thought. Only one that is still QUEUED is sent again: its message may never have
 * been, and a second one does no harm.
 */
public final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final OperationPorts ports;
  private final InstantSource clock;

  Intake(OperationPorts ports, InstantSource clock) {
    this.ports = ports;
    this.clock = clock;
  }

  /**
   * Submits requests, in order. A table that refuses is no hindrance: the message is what counts,
   * and the worker that receives it makes the record.
   *
   * @return a receipt for each, in their order
   * @throws ServiceUnavailableException when the queue can't be reached or refuses; those that it
   *     took before are in it
   */
  public List<Receipt> submit(List<Submission> submissions) {
    Receipt[] receipts = new Receipt[submissions.size()];
    Map<Integer, OutgoingRequest> outgoing = new LinkedHashMap<>();
    var recording = new Recording();
    for (int i = 0; i < receipts.length; i++) {
      Submission submission = submissions.get(i);
      Optional<JobId> id = submission.request().jobId();
      Optional<JobView> taken = id.flatMap(known -> recording.inTheWay(known, submission));
      receipts[i] = taken.flatMap(job -> answer(job, submission.request())).orElse(null);
      if (receipts[i] == null) {
        outgoing.put(
            i, new OutgoingRequest(submission.body(), id, submission.messageGroupId(), false));
      }
    }
    List<SendOutcome> sent = new ArrayList<>(ports.queue().send(List.copyOf(outgoing.values())));
    outgoing
        .keySet()
        .forEach(i -> receipts[i] = receipt(sent.removeFirst(), submissions.get(i), recording));
    return List.of(receipts);
  }

  /** Empty where the request is to be sent. */
  private static Optional<Receipt> answer(JobView job, RenderRequest request) {
    Optional<String> fingerprint = job.text("fingerprint");
    if (fingerprint.isPresent() && !fingerprint.get().equals(request.fingerprint())) {
      return Optional.of(new Receipt.Conflict(job));
    }
    // A rejected message had no request; the corrected one may have its id.
    boolean send = job.status() == JobStatus.QUEUED || job.status() == JobStatus.REJECTED;
    return send ? Optional.empty() : Optional.of(new Receipt.Known(job));
  }

  private static Receipt receipt(SendOutcome outcome, Submission submission, Recording recording) {
    return switch (outcome) {
      case SendOutcome.Sent(var messageId) ->
          new Receipt.Accepted(
              submission
                  .request()
                  .jobId()
                  .orElseGet(() -> recording.underMessageId(messageId, submission)));
      case SendOutcome.Refused(var reason) -> new Receipt.Refused(reason);
    };
  }

  /** The records of one call: after a refusal, the table is not asked to write any more. */
  private final class Recording {
    private boolean refused;

    /** The record that has the id already. */
    Optional<JobView> inTheWay(JobId id, Submission submission) {
      try {
        return refused ? ports.archive().find(id) : record(id, submission);
      } catch (ServiceUnavailableException e) {
        if (refused) {
          return Optional.empty();
        }
        refuse(e);
        return inTheWay(id, submission);
      }
    }

    /** A job without an id of its producer's goes by its message's; a worker can be faster. */
    JobId underMessageId(String messageId, Submission submission) {
      JobId id = new JobId(messageId);
      try {
        if (!refused) {
          record(id, submission);
        }
      } catch (ServiceUnavailableException e) {
        refuse(e);
      }
      return id;
    }

    private Optional<JobView> record(JobId id, Submission submission) {
      return ports
          .orders()
          .queued(new QueuedJob(id, submission.request(), submission.body(), clock.instant()));
    }

    private void refuse(ServiceUnavailableException e) {
      refused = true;
      log.warn("Not recorded as QUEUED, which the worker makes up for: {}", e.getMessage());
    }
  }
}
