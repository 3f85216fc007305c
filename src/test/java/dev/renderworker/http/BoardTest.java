package dev.renderworker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoardTest {
  private final AtomicInteger drawn = new AtomicInteger();
  private final Board board = new Board(() -> "picture " + drawn.incrementAndGet());
  private final List<Watcher> watchers = new ArrayList<>();

  @AfterEach
  void close() {
    board.close();
    watchers.forEach(watcher -> watcher.over.join());
  }

  /** Someone whose connection breaks when so many pictures have come. */
  private final class Watcher extends OutputStream {
    private final StringBuilder seen = new StringBuilder();
    private final CountDownLatch first = new CountDownLatch(1);
    private final int patience;
    private final CompletableFuture<Void> over;
    private int pictures;

    Watcher(int patience) {
      this.patience = patience;
      this.over = CompletableFuture.runAsync(this::watch, Thread::startVirtualThread);
      watchers.add(this);
    }

    private void watch() {
      try {
        ((Reply.Stream) board.reply()).source().writeTo(this);
      } catch (IOException _) {
        // The connection is broken.
      }
    }

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      String text = new String(bytes, UTF_8);
      seen.append(text);
      if (text.startsWith("data: ")) {
        first.countDown();
        pictures++;
      }
      if (pictures == patience) {
        throw new IOException("gone");
      }
    }

    void awaitFirst() {
      try {
        first.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void nobodyWatchingDrawsNothing() {
    assertEquals(0, drawn.get());
  }

  @Test
  void allWatchersShareOnePicture() {
    Watcher one = new Watcher(99);
    one.awaitFirst();
    Watcher other = new Watcher(99);
    other.awaitFirst();

    assertTrue(one.seen.toString().startsWith("retry: 2000\n\ndata: picture 1\n\n"));
    assertTrue(drawn.get() <= 2, "drawn " + drawn);
  }

  @Test
  void watcherWhoIsGoneEndsTheDrawing() {
    new Watcher(1).over.join();
    int then = drawn.get();

    Watcher next = new Watcher(1);
    next.over.join();

    assertEquals(then + 1, drawn.get());
    assertTrue(next.seen.toString().contains("picture " + (then + 1)), next.seen.toString());
  }

  @Test
  void tooManyWatchersAreRefused() {
    for (int i = 0; i < 32; i++) {
      new Watcher(99).awaitFirst();
    }

    assertEquals(
        Status.SERVICE_UNAVAILABLE,
        assertThrows(ProblemException.class, board::reply).problem().status());
  }

  @Test
  void closingEndsTheStreams() {
    Watcher watcher = new Watcher(99);
    watcher.awaitFirst();

    board.close();

    watcher.over.join();
    assertThrows(ProblemException.class, board::reply);
  }
}
