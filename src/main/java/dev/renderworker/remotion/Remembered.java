package dev.renderworker.remotion;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Values that are looked up once and then known for a while; one lookup at a time. */
final class Remembered<V> {
  private final Duration lifetime;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, Entry<V>> known = new ConcurrentHashMap<>();
  private final ReentrantLock lookingUp = new ReentrantLock();

  Remembered(Duration lifetime, InstantSource clock) {
    this.lifetime = lifetime;
    this.clock = clock;
  }

  V get(String key, Lookup<V> lookup) throws CallFailedException {
    Entry<V> entry = known.get(key);
    if (isFresh(entry)) {
      return entry.value();
    }
    lookingUp.lock();
    try {
      Entry<V> meanwhile = known.get(key);
      if (isFresh(meanwhile)) {
        return meanwhile.value();
      }
      V value = lookup.find();
      known.put(key, new Entry<>(value, clock.instant().plus(lifetime)));
      return value;
    } finally {
      lookingUp.unlock();
    }
  }

  private boolean isFresh(Entry<V> entry) {
    return entry != null && clock.instant().isBefore(entry.expiresAt());
  }

  /** Forgets a value that has proved wrong, unless another one is known by now. */
  void forget(String key, V stale) {
    known.computeIfPresent(key, (_, entry) -> entry.value().equals(stale) ? null : entry);
  }

  /** Finds a value that is not known. */
  @FunctionalInterface
  interface Lookup<V> {
    V find() throws CallFailedException;
  }

  private record Entry<V>(V value, Instant expiresAt) {}
}
