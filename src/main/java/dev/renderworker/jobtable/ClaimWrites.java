package dev.renderworker.jobtable;

import dev.renderworker.job.Job;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.WorkerId;
import dev.renderworker.jobtable.JobsTable.Update;
import dev.renderworker.worker.Claim;
import dev.renderworker.worker.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The writes that make a worker the owner of a job. */
final class ClaimWrites {
  static final String APPEND = "history = list_append(if_not_exists(history, :none), :event)";

  /** Fails also when the history is full; DynamoDB can append to a list, but not trim it too. */
  private static final String HISTORY_HAS_ROOM =
      "(attribute_not_exists(history) OR size(history) < :full)";

  /** A claim is followed by a few more entries before the next one looks again. */
  private static final int FULL = 44;

  private static final int KEPT = 40;

  private static final String CLAIM_SET =
      "SET #status = :status, #owner = :owner, attempt = :attempt, messageId = :messageId,"
          + " fingerprint = :fingerprint, composition = :composition, #type = :type,"
          + " #request = :request, startedAt = :at, updatedAt = :at,"
          + " createdAt = if_not_exists(createdAt, :at), "
          + APPEND;

  private static final Statement CLAIM_NEW =
      Statement.of(
          CLAIM_SET,
          "",
          "attribute_not_exists(jobId) OR (#status = :queued"
              + " AND (attribute_not_exists(attempt) OR attempt = :zero)"
              + " AND (attribute_not_exists(fingerprint) OR fingerprint = :fingerprint)"
              + " AND cancelRequested <> :true AND "
              + HISTORY_HAS_ROOM
              + ")");

  /** What a record that changes its owner also changes, so the owner need not match too. */
  private static final String AS_SEEN =
      "attempt = :seenAttempt AND updatedAt = :seenAt"
          + " AND (attribute_not_exists(#owner) OR #owner = :seenOwner)";

  private static final String FORGET_LAST_ATTEMPT =
      "REMOVE renderId, bucketName, functionName, #region, progress, takenOverAt, retryAt";

  private static final Statement CLAIM =
      Statement.of(
          CLAIM_SET + ", earlierAttempts = :earlier, unchargedAttempts = :uncharged",
          FORGET_LAST_ATTEMPT,
          "#status = :seenStatus AND " + AS_SEEN + " AND " + HISTORY_HAS_ROOM);

  private static final Statement CLAIM_FOR_NEW_ROUND =
      Statement.of(
          CLAIM.set(),
          FORGET_LAST_ATTEMPT + ", finishedAt, expiresAt, deadLetteredAt, cancelRequested",
          CLAIM.condition());

  private static final Statement TRIM =
      Statement.of("SET history = :history", "", "updatedAt = :at");

  private static final Statement TAKE_OVER =
      Statement.of(
          "SET #owner = :owner, messageId = :messageId, updatedAt = :at,"
              + " takenOverAt = if_not_exists(takenOverAt, :at), "
              + APPEND,
          "",
          "#status = :status AND " + AS_SEEN);

  private static final Statement CANCEL =
      Statement.of(
          "SET #status = :status, updatedAt = :at, finishedAt = :at, expiresAt = :expiresAt, "
              + APPEND,
          "REMOVE retryAt",
          "#status = :seenStatus AND " + AS_SEEN);

  private final JobsTable table;

  ClaimWrites(JobsTable table) {
    this.table = table;
  }

  Optional<Job> claimNew(Claim claim) {
    Values values =
        claimed(claim)
            .text(":queued", JobStatus.QUEUED.name())
            .number(":zero", 0)
            .flag(":true", true);
    Update update = claim(CLAIM_NEW, claim, values);
    return update.written() || isBy(claim, update.item())
        ? Optional.empty()
        : Optional.of(update.item().toJob());
  }

  boolean claim(Job seen, Claim claim) {
    Values values =
        seen(claimed(claim), seen)
            .text(":seenStatus", seen.status().name())
            .number(":earlier", claim.tries().earlier())
            .number(":uncharged", claim.tries().uncharged());
    Update update = claim(seen.status().isFinal() ? CLAIM_FOR_NEW_ROUND : CLAIM, claim, values);
    if (update.written() || isBy(claim, update.item())) {
      return true;
    }
    // As it was seen and still refused: then it was the history. Trim it, and claim again.
    return update.item().isStill(seen) && trimHistory(seen, update.item()) && claim(seen, claim);
  }

  private Update claim(Statement statement, Claim claim, Values values) {
    RenderRequest request = claim.request();
    RequestText text = RequestText.of(claim.delivery().body());
    Statement full = statement;
    values.text(":request", text.text());
    if (text.truncated()) {
      full = full.also("requestTruncated");
      values.flag(":requestTruncated", true);
    }
    Optional<String> serveUrl = request.text("serveUrl");
    if (serveUrl.isPresent()) {
      full = full.also("serveUrl");
      values.text(":serveUrl", serveUrl.get());
    }
    return table.update(claim.ownership().jobId(), full, values);
  }

  private static Values claimed(Claim claim) {
    Ownership own = claim.ownership();
    return new Values(claim.at())
        .status(JobStatus.STARTING, "attempt " + own.attempt() + " by " + own.owner())
        .text(":owner", own.owner().value())
        .number(":attempt", own.attempt())
        .text(":messageId", claim.delivery().messageId())
        .text(":fingerprint", claim.request().fingerprint())
        .text(":composition", claim.request().composition())
        .text(":type", claim.request().type().wireName())
        .number(":full", FULL);
  }

  private static Values seen(Values values, Job seen) {
    return values
        .number(":seenAttempt", seen.state().tries().attempt())
        .text(":seenAt", Timestamps.text(seen.state().times().updated()))
        .text(":seenOwner", seen.state().owner().map(WorkerId::value).orElse(""));
  }

  /** Whether the record shows this very claim: then only its answer was lost. */
  private static boolean isBy(Claim claim, JobItem item) {
    return item.isHeldBy(claim.ownership())
        && item.text("startedAt").equals(Optional.of(Timestamps.text(claim.at())));
  }

  private boolean trimHistory(Job seen, JobItem item) {
    List<AttributeValue> history = item.history();
    List<AttributeValue> last = history.subList(Math.max(0, history.size() - KEPT), history.size());
    return history.size() > KEPT
        && table
            .update(
                seen.id(), TRIM, new Values(seen.state().times().updated()).list(":history", last))
            .written();
  }

  boolean takeOver(Job seen, WorkerId newOwner, Delivery delivery, Instant at) {
    Values values =
        seen(new Values(at).status(seen.status(), "taken over by " + newOwner), seen)
            .text(":owner", newOwner.value())
            .text(":messageId", delivery.messageId());
    Update update = table.update(seen.id(), TAKE_OVER, values);
    return update.written()
        || (update
                .item()
                .isHeldBy(new Ownership(seen.id(), newOwner, seen.state().tries().attempt()))
            && update.item().text("updatedAt").equals(Optional.of(Timestamps.text(at))));
  }

  boolean cancel(Job seen, Instant at, long expiresAt) {
    Values values =
        seen(new Values(at).status(JobStatus.CANCELLED, "before a start"), seen)
            .text(":seenStatus", seen.status().name())
            .number(":expiresAt", expiresAt);
    Update update = table.update(seen.id(), CANCEL, values);
    return update.written()
        || (update.item().status().equals(Optional.of(JobStatus.CANCELLED))
            && update.item().text("updatedAt").equals(Optional.of(Timestamps.text(at))));
  }
}
