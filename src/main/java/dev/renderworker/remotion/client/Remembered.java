package dev.renderworker.remotion.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Values that are looked up once and then known for a while; one lookup of a key at a time. */
final class Remembered<V> {
  private static final int STRIPES = 64;

  private final Duration lifetime;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, Entry<V>> known = new ConcurrentHashMap<>();

  /** Striped: a lookup that takes long holds up few others, whatever keys messages think of. */
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

  Remembered(Duration lifetime, InstantSource clock) {
    this.lifetime = lifetime;
    this.clock = clock;
  }

  V get(String key, Lookup<V> lookup) throws RemotionException {
    Entry<V> entry = known.get(key);
    if (isFresh(entry)) {
      return entry.value();
    }
    ReentrantLock lookingUp = locks.get(Math.floorMod(key.hashCode(), STRIPES));
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

  /** Looks the value up, known or not. */
  V renew(String key, Lookup<V> lookup) throws RemotionException {
    V value = lookup.find();
    known.put(key, new Entry<>(value, clock.instant().plus(lifetime)));
    return value;
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
    V find() throws RemotionException;
  }

  private record Entry<V>(V value, Instant expiresAt) {}
}
