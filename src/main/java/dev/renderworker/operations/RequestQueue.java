package dev.renderworker.operations;

import dev.renderworker.worker.ServiceUnavailableException;
import java.util.List;

/**
 * The queue of render requests, as producers and operators use it.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the queue can't be reached or
 * refuses.
 */
public interface RequestQueue {
  /**
   * Sends the requests in order, in as few calls as they fit in. When the queue refuses a whole
   * call, the requests before it have been sent.
   *
   * @return an outcome for each request, in their order
   */
  List<SendOutcome> send(List<OutgoingRequest> requests);

  /** How full the queue is. */
  QueueState state();
}
