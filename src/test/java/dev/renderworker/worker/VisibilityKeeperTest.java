package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VisibilityKeeperTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final TestTime time = new TestTime();
  private final Journal journal = new Journal();
  private final FakeQueue queue = new FakeQueue(time, journal, TIMEOUT);
  private final InFlight inFlight = new InFlight();
  private final List<WorkerEvent> events = new ArrayList<>();
  private final VisibilityKeeper keeper =
      new VisibilityKeeper(queue, inFlight, TIMEOUT, events::add);

  @Test
  void messageIsExtendedOnceLessThanHalfOfItsTimeIsLeft() {
    receive(1);
    tickAfter(59);
    assertEquals(List.of(), journal.of("queue extend"));
    tickAfter(2);
    tickAfter(1);
    assertEquals(List.of("queue extend m-0#1"), journal.of("queue extend"));
    assertEquals(TIMEOUT.minusSeconds(1), queue.hiddenFor("m-0"));
  }

  @Test
  void newestReceiptIsTheOneThatIsExtended() {
    receive(1);
    queue.deliverAgain("m-0");
    admitWhatIsVisible();
    tickAfter(61);
    assertEquals(List.of("queue extend m-0#2"), journal.of("queue extend"));
  }

  @Test
  void everyMessageIsExtendedHoweverManyThereAre() {
    receive(25);
    tickAfter(61);
    assertEquals(25, journal.of("queue extend").stream().distinct().count());
    assertEquals(0, keeper.failures());
  }

  @Test
  void failedExtensionIsTriedAgainAtEachTickBeforeTheDeadlineAndCounted() {
    receive(1);
    journal.refuse("queue extend", 3);
    tickAfter(61);
    tickAfter(1);
    tickAfter(1);
    assertEquals(3, keeper.failures());
    tickAfter(1);
    assertEquals(TIMEOUT, queue.hiddenFor("m-0"));
    assertEquals(3, keeper.failures());
  }

  @Test
  void extensionTellsTheSmallestMargin() {
    receive(2);
    journal.refuse("queue extend", 1);
    tickAfter(61);
    assertEquals(List.of(new WorkerEvent.Extended(1, 1, Duration.ofSeconds(59))), rounded(events));
  }

  private static List<WorkerEvent> rounded(List<WorkerEvent> events) {
    return events.stream()
        .map(WorkerEvent.Extended.class::cast)
        .<WorkerEvent>map(
            event ->
                new WorkerEvent.Extended(
                    event.kept(), event.failed(), event.margin().truncatedTo(ChronoUnit.SECONDS)))
        .toList();
  }

  @Test
  void callThatThrowsFailsItsWholeBatchAndUnlocksIt() {
    receive(3);
    queue.duringExtend(
        () -> {
          throw new IllegalStateException("a bug");
        });
    tickAfter(61);
    assertEquals(3, keeper.failures());
    queue.duringExtend(() -> {});
    tickAfter(1);
    assertEquals(TIMEOUT, queue.hiddenFor("m-2"));
  }

  @Test
  void messageThatIsVisibleByNowIsGivenUpInsteadOfAskingEverySecond() {
    receive(1);
    journal.refuse("queue extend", 100);
    tickAfter(119);
    tickAfter(1);
    tickAfter(1);
    assertEquals(1, keeper.failures());
  }

  @Test
  void messageThatBecameVisibleWhileTheWorkerWasFrozenIsNotHiddenFromOthers() {
    receive(1);
    tickAfter(121);
    assertEquals(List.of(), journal.of("queue extend"));
  }

  @Test
  void messageThatWasGivenUpIsKeptAgainOnceItHasComeAgain() {
    receive(1);
    tickAfter(121);
    admitWhatIsVisible();
    tickAfter(61);
    assertEquals(TIMEOUT, queue.hiddenFor("m-0"));
  }

  @Test
  void nothingIsExtendedOnceARetryDelayHasBeenSet() {
    receive(1);
    Held held = held("m-0");
    queue.hide(held.letGo(), Duration.ofMinutes(10));
    tickAfter(600 - 1);
    assertEquals(Duration.ofSeconds(1), queue.hiddenFor("m-0"));
    assertEquals(List.of(), journal.of("queue extend"));
  }

  @Test
  void hideWaitsForTheExtensionThatIsUnderWay() {
    receive(1);
    Held held = held("m-0");
    var extending = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    queue.duringExtend(
        () -> {
          extending.countDown();
          Until.opened(goOn);
        });
    Thread keeping = Thread.ofPlatform().start(() -> tickAfter(61));
    Until.opened(extending);
    Thread hiding =
        Thread.ofPlatform().start(() -> queue.hide(held.letGo(), Duration.ofMinutes(10)));
    Until.holds("it waits", () -> held.talking().hasQueuedThread(hiding));
    assertFalse(journal.has("queue hide m-0"));
    goOn.countDown();
    Until.holds("both have ended", () -> !keeping.isAlive() && !hiding.isAlive());
    assertEquals(
        List.of("queue extend m-0#1", "queue hide m-0"), journal.of("queue extend", "queue hide"));
    assertEquals(Duration.ofMinutes(10), queue.hiddenFor("m-0"));
  }

  @Test
  void messageSomeoneTalksAboutIsLeftForTheNextTick() {
    receive(2);
    Held held = held("m-0");
    var locked = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Thread talking =
        Thread.ofPlatform()
            .start(
                () -> {
                  held.talking().lock();
                  try {
                    locked.countDown();
                    Until.opened(goOn);
                  } finally {
                    held.talking().unlock();
                  }
                });
    Until.opened(locked);
    tickAfter(61);
    assertEquals(List.of("queue extend m-1#1"), journal.of("queue extend"));
    goOn.countDown();
    Until.holds("it has ended", () -> !talking.isAlive());
    tickAfter(1);
    assertEquals(TIMEOUT, queue.hiddenFor("m-0"));
  }

  private void receive(int messages) {
    for (int i = 0; i < messages; i++) {
      queue.send("m-" + i, "job-" + i);
    }
    admitWhatIsVisible();
  }

  private void admitWhatIsVisible() {
    List<Delivery> deliveries = queue.receive(100);
    deliveries.forEach(delivery -> inFlight.admit(delivery, nanos() + TIMEOUT.toNanos()));
  }

  private Held held(String id) {
    return inFlight.all().stream()
        .filter(held -> held.delivery().messageId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void tickAfter(long seconds) {
    time.advance(Duration.ofSeconds(seconds));
    keeper.extendDue(nanos());
  }

  private long nanos() {
    return Duration.between(TestTime.START, time.instant()).toNanos();
  }
}
