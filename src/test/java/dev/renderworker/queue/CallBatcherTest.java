package dev.renderworker.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.queue.CallBatcher.Refusal;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallBatcherTest {
  private static final Duration FOR_EVER = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<List<Integer>> calls = new CopyOnWriteArrayList<>();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void fullBatchGoesOutWithoutWaiting() throws Exception {
    var batcher = new CallBatcher<>(this::accept, FOR_EVER);

    submitAll(batcher, 40).forEach(CallBatcherTest::join);

    assertEquals(4, calls.size());
    assertEquals(
        IntStream.range(0, 40).boxed().toList(),
        calls.stream().flatMap(List::stream).sorted().toList());
  }

  @Test
  void loneEntryGoesOutAfterTheLinger() {
    var batcher = new CallBatcher<>(this::accept, SHORT);

    assertEquals(Optional.empty(), batcher.submit(7));
    assertEquals(List.of(List.of(7)), calls);
  }

  @Test
  void onlyTheRefusedEntryIsTriedAgain() {
    var batcher =
        new CallBatcher<Integer>(
            entries -> {
              accept(entries);
              return calls.size() == 1
                  ? List.of(new Refusal(entries.indexOf(3), true, "busy"))
                  : List.of();
            },
            FOR_EVER);

    List<Future<Optional<String>>> answers = submitAll(batcher, 10);
    Future<Optional<String>> refused = answers.remove(3);
    answers.forEach(CallBatcherTest::join);
    batcher.close();
    join(refused);

    assertEquals(10, calls.getFirst().size());
    assertEquals(List.of(List.of(3)), calls.subList(1, calls.size()));
  }

  @Test
  void entryRefusedEveryTimeFails() {
    var batcher =
        new CallBatcher<Integer>(
            entries -> {
              accept(entries);
              return List.of(new Refusal(0, true, "busy"));
            },
            SHORT);

    var failure = assertThrows(ServiceUnavailableException.class, () -> batcher.submit(1));
    assertTrue(failure.getMessage().contains("busy"), failure.getMessage());
    assertEquals(4, calls.size());
  }

  @Test
  void refusalBeyondMendingIsTheAnswer() {
    var batcher = new CallBatcher<Integer>(_ -> List.of(new Refusal(0, false, "expired")), SHORT);

    assertEquals(Optional.of("expired"), batcher.submit(1));
  }

  @Test
  void failedCallFailsEveryEntryOfItsBatch() throws Exception {
    var batcher =
        new CallBatcher<Integer>(
            _ -> {
              throw new ServiceUnavailableException("no network", null);
            },
            FOR_EVER);

    for (Future<Optional<String>> answer : submitAll(batcher, 10)) {
      var failure = assertThrows(ExecutionException.class, answer::get).getCause();
      assertEquals(ServiceUnavailableException.class, failure.getClass());
      assertEquals("no network", failure.getMessage());
    }
  }

  @Test
  void errorInTheCallLeavesNobodyWaiting() throws Exception {
    var batcher =
        new CallBatcher<Integer>(
            _ -> {
              throw new AssertionError("broken");
            },
            FOR_EVER);

    for (Future<Optional<String>> answer : submitAll(batcher, 10)) {
      assertThrows(ExecutionException.class, answer::get);
    }
  }

  @Test
  void closeSendsWhatWaits() throws Exception {
    var batcher = new CallBatcher<>(this::accept, FOR_EVER);
    var answer = new CompletableFuture<Optional<String>>();
    Thread waiting = Thread.startVirtualThread(() -> answer.complete(batcher.submit(1)));
    awaitParked(waiting);

    batcher.close();
    batcher.close();

    assertEquals(Optional.empty(), answer.get());
    assertEquals(List.of(List.of(1)), calls);
  }

  @Test
  void entryAfterCloseGoesOutAtOnce() {
    var batcher = new CallBatcher<>(this::accept, FOR_EVER);
    batcher.close();

    batcher.submit(1);

    assertEquals(List.of(List.of(1)), calls);
  }

  @Test
  void interruptOfTheSenderDoesNotFailTheOthers() throws Exception {
    var batcher =
        new CallBatcher<Integer>(
            entries -> {
              if (Thread.currentThread().isInterrupted()) {
                throw new ServiceUnavailableException("aborted", null);
              }
              return accept(entries);
            },
            FOR_EVER);
    var interruptKept = new CompletableFuture<Boolean>();
    Thread sender =
        Thread.startVirtualThread(
            () -> {
              batcher.submit(1);
              interruptKept.complete(Thread.currentThread().isInterrupted());
            });
    awaitParked(sender);
    Thread other = Thread.startVirtualThread(() -> batcher.submit(2));
    awaitParked(other);

    sender.interrupt();

    assertTrue(interruptKept.get());
    other.join();
    assertEquals(List.of(List.of(1, 2)), calls);
  }

  private List<Refusal> accept(List<Integer> entries) {
    calls.add(List.copyOf(entries));
    return List.of();
  }

  private List<Future<Optional<String>>> submitAll(CallBatcher<Integer> batcher, int count) {
    List<Future<Optional<String>>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entry = i;
      answers.add(threads.submit(() -> batcher.submit(entry)));
    }
    return answers;
  }

  private static void join(Future<Optional<String>> answer) {
    try {
      assertEquals(Optional.empty(), answer.get());
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
