package dev.renderworker.worker;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The messages that this worker holds, by message id. */
final class InFlight {
  private final ConcurrentHashMap<String, Held> held = new ConcurrentHashMap<>();

  /**
   * Takes a delivery in.
   *
   * <p>A message that is being let go is held no more: its next delivery is one of its own, else
   * nobody would see it until its visibility timeout.
   *
   * @return empty when this worker holds the message already: then only its receipt is renewed
   */
  Optional<Held> admit(Delivery delivery, long visibleUntilNanos) {
    Held fresh = new Held(delivery, visibleUntilNanos);
    Held known = held.putIfAbsent(delivery.messageId(), fresh);
    if (known != null && known.redelivered(delivery, visibleUntilNanos)) {
      return Optional.empty();
    }
    held.put(delivery.messageId(), fresh);
    return Optional.of(fresh);
  }

  /** Forgets the message; a later delivery of it that was admitted meanwhile stays. */
  void leave(Held gone) {
    held.remove(gone.delivery().messageId(), gone);
  }

  Collection<Held> all() {
    return held.values();
  }

  int size() {
    return held.size();
  }
}
