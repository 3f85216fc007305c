package dev.renderworker.local.crash;

import com.google.errorprone.annotations.Immutable;
import dev.renderworker.local.wire.CallPattern;

/** A call of the worker, by which it is recognized, and by what as that of a job. */
@Immutable
sealed interface Call {
  Call CLAIM = write(1);

  /**
   * Claim, rendering and retrying come first, and then the claim as a new job, which is refused.
   */
  Call SECOND_CLAIM = write(5);

  Call START = new OfJob("lambda", "Invoke", 0);

  /** The test's own send comes first. */
  Call DEAD_LETTER = new OfJob("sqs", "SendMessage", 1);

  Call UPLOAD = new OfJob("s3", "PutObject", 0);

  Call LOOK = new OfRender();
  Call CANCEL_FILE = new AfterCancel("s3", "PutObject", "cancel.json");
  Call CANCELLED_WRITE = new AfterCancel("dynamodb", "UpdateItem", "CANCELLED");

  Call HIDE = new OfQueue("ChangeMessageVisibilityBatch");
  Call DELETE = new OfQueue("DeleteMessageBatch");

  /** The nth write to the job's record, from when its hold is set. */
  static Call write(int nth) {
    return new OfJob("dynamodb", "UpdateItem", nth - 1);
  }

  /** It carries the job's id; so many such calls come before it. */
  record OfJob(String service, String operation, int earlier) implements Call {
    CallPattern pattern(String jobId) {
      return CallPattern.of(service, operation).containing(jobId).skip(earlier);
    }
  }

  /** It carries the render's id, which is known once the job is rendering. */
  record OfRender() implements Call {
    CallPattern pattern(String renderId) {
      return CallPattern.of("s3", "GetObject").containing(renderId);
    }
  }

  /** It comes after someone has asked for the job's end, and carries this. */
  record AfterCancel(String service, String operation, String text) implements Call {
    CallPattern pattern() {
      return CallPattern.of(service, operation).containing(text).times(1);
    }
  }

  /** It carries only a receipt, so it is known by its queue. */
  record OfQueue(String operation) implements Call {
    CallPattern pattern(String queue) {
      return CallPattern.of("sqs", operation).containing(queue);
    }
  }
}
