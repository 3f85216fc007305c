package dev.renderworker.queue;

import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many threads share one batch call. Each blocks until its own entry is done.
 *
 * <p>There is no thread behind it: the one whose entry fills a batch sends it; where none does, the
 * one that opened the batch sends it after the linger.
 */
final class CallBatcher<E> implements AutoCloseable {
  /** Most entries that SQS takes in one batch call. */
  static final int MAX_ENTRIES = 10;

  private static final int TRIES = 4;

  /** The call that takes a whole batch. */
  @FunctionalInterface
  interface Call<E> {
    /** Sends 1 to 10 entries and returns those that SQS refused. */
    List<Refusal> send(List<E> entries);
  }

  /**
   * An entry that SQS refused.
   *
   * @param index its place in the batch
   * @param again whether another try can help
   */
  record Refusal(int index, boolean again, String reason) {}

  private final Call<E> call;
  private final Duration linger;
  private final ReentrantLock lock = new ReentrantLock();

  /** The batch that takes entries; guarded by the lock, as is the next field. */
  private Batch<E> open = new Batch<>();

  private boolean closed;

  CallBatcher(Call<E> call, Duration linger) {
    this.call = call;
    this.linger = linger;
  }

  /**
   * Returns when SQS has taken the entry.
   *
   * @return why it was refused, where another try can't help
   * @throws ServiceUnavailableException when the call failed, or the entry was refused every time
   */
  Optional<String> submit(E entry) {
    Refusal refusal = null;
    for (int tries = 0; tries < TRIES; tries++) {
      refusal = join(entry);
      if (refusal == null || !refusal.again()) {
        return Optional.ofNullable(refusal).map(Refusal::reason);
      }
    }
    throw new ServiceUnavailableException("SQS refused repeatedly: " + refusal.reason(), null);
  }

  /** Sends the entry with others; null when SQS took it. */
  private Refusal join(E entry) {
    Batch<E> batch;
    int index;
    boolean full;
    lock.lock();
    try {
      batch = open;
      index = batch.add(entry);
      full = closed || batch.size() == MAX_ENTRIES;
      if (full) {
        open = new Batch<>();
      }
    } finally {
      lock.unlock();
    }
    if (full || (index == 0 && lingered(batch))) {
      send(batch);
    }
    return batch.refusalOf(index);
  }

  /** Whether the batch is still to be sent after the linger, by this thread. */
  private boolean lingered(Batch<E> batch) {
    boolean interrupted = false;
    try {
      if (batch.taken.await(linger.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException _) {
      // The other threads' entries must not wait for nobody: send now, and pass the interrupt on.
      interrupted = true;
    }
    boolean mine = take(batch);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return mine;
  }

  private boolean take(Batch<E> batch) {
    lock.lock();
    try {
      boolean mine = open == batch;
      if (mine) {
        open = new Batch<>();
      }
      return mine;
    } finally {
      lock.unlock();
    }
  }

  /** An interrupt of this thread must not fail the other threads' entries. */
  private void send(Batch<E> batch) {
    boolean interrupted = Thread.interrupted();
    batch.taken.countDown();
    try {
      batch.done.complete(byIndex(call.send(batch.entries)));
    } catch (RuntimeException e) {
      batch.done.completeExceptionally(e);
    } finally {
      // Has an effect only where an error came between: nobody may wait for ever.
      batch.done.completeExceptionally(new IllegalStateException("the call ended in an error"));
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Map<Integer, Refusal> byIndex(List<Refusal> refusals) {
    Map<Integer, Refusal> byIndex = new HashMap<>();
    refusals.forEach(refusal -> byIndex.put(refusal.index(), refusal));
    return byIndex;
  }

  /** Sends what waits; entries that come later are sent at once, each by itself. */
  @Override
  public void close() {
    Batch<E> last;
    lock.lock();
    try {
      closed = true;
      last = open;
      open = new Batch<>();
    } finally {
      lock.unlock();
    }
    if (last.size() > 0) {
      send(last);
    }
  }

  private static final class Batch<E> {
    /** Written under the batcher's lock, read by the one thread that took the batch. */
    private final List<E> entries = new ArrayList<>(MAX_ENTRIES);

    private final CountDownLatch taken = new CountDownLatch(1);
    private final CompletableFuture<Map<Integer, Refusal>> done = new CompletableFuture<>();

    int add(E entry) {
      entries.add(entry);
      return entries.size() - 1;
    }

    int size() {
      return entries.size();
    }

    Refusal refusalOf(int index) {
      try {
        return done.get().get(index);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServiceUnavailableException("Interrupted while waiting for SQS", e);
      } catch (ExecutionException e) {
        throw new ServiceUnavailableException(e.getCause().getMessage(), e.getCause());
      }
    }
  }
}
