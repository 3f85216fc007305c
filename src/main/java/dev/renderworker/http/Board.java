package dev.renderworker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows one picture to everyone who watches, by server-sent events. It is drawn for all of them at
 * once, and not at all while nobody watches. A watcher who is slow skips pictures.
 */
final class Board implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Board.class);
  private static final int MAX_WATCHERS = 32;
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** A proxy drops a connection on which nothing comes; and a write finds out who is gone. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final Supplier<String> picture;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What follows is guarded by the lock. */
  private int watchers;

  private boolean drawing;
  private boolean closed;
  private long version;
  private String latest = "";

  /** What a watcher gets next: empty for a mere sign of life. */
  private record Shown(long version, Optional<String> picture) {}

  Board(Supplier<String> picture) {
    this.picture = picture;
  }

  /** A stream of pictures, unless there are too many watchers. */
  Reply reply() {
    lock.lock();
    try {
      if (watchers >= MAX_WATCHERS || closed) {
        throw new ProblemException(
            Problem.of(
                Status.SERVICE_UNAVAILABLE,
                "TOO_MANY_WATCHERS",
                "Too many watch the job page",
                "close one of the %d open pages".formatted(MAX_WATCHERS)));
      }
    } finally {
      lock.unlock();
    }
    return new Reply.Stream(
        Map.of("Content-Type", "text/event-stream; charset=utf-8", "X-Accel-Buffering", "no"),
        this::show);
  }

  private void show(OutputStream out) throws IOException {
    long end = System.nanoTime() + Limits.STREAM_TIME.toNanos();
    enter();
    try {
      long seen = 0;
      write(out, "retry: 2000\n\n");
      while (!isClosed() && System.nanoTime() - end < 0) {
        Shown shown = next(seen);
        seen = shown.version();
        write(out, shown.picture().map(json -> "data: " + json + "\n\n").orElse(": alive\n\n"));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      leave();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  private void enter() {
    lock.lock();
    try {
      watchers++;
      if (!drawing) {
        drawing = true;
        // What was drawn for the watchers before may be old.
        version++;
        latest = "";
        Thread.ofVirtual().name("board").start(this::draw);
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      watchers--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private Shown next(long seen) throws InterruptedException {
    lock.lock();
    try {
      long left = SIGN_OF_LIFE.toNanos();
      while (!closed && left > 0 && (version == seen || latest.isEmpty())) {
        left = changed.awaitNanos(left);
      }
      boolean fresh = version != seen && !latest.isEmpty();
      return new Shown(fresh ? version : seen, fresh ? Optional.of(latest) : Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  private void draw() {
    while (goesOn()) {
      try {
        publish(picture.get());
      } catch (RuntimeException e) {
        log.error("The job page could not be drawn; it is tried again", e);
        publish("{\"trouble\":\"a fault of Render Worker; see its log\"}");
      }
    }
  }

  /** Waits for the next time; false when nobody watches any more. */
  private boolean goesOn() {
    lock.lock();
    try {
      long left = latest.isEmpty() ? 0 : INTERVAL.toNanos();
      while (left > 0 && watchers > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      drawing = watchers > 0 && !closed;
      return drawing;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      drawing = false;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void publish(String drawn) {
    lock.lock();
    try {
      version++;
      latest = drawn;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all streams. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
