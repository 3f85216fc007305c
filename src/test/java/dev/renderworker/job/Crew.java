package dev.renderworker.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model's workers and their heartbeats. */
final class Crew {
  private final Duration staleAfter;
  private final Map<WorkerId, Instant> beats = new HashMap<>();
  private final List<Desk> desks = new ArrayList<>();
  private int hired;

  /** A worker: who it is, whether it stands still, and what it has in hand. */
  static final class Desk {
    private WorkerId id;
    private boolean frozen;
    private Optional<Hold> hold = Optional.empty();

    private Desk(WorkerId id) {
      this.id = id;
    }

    WorkerId id() {
      return id;
    }

    boolean frozen() {
      return frozen;
    }

    Optional<Hold> hold() {
      return hold;
    }

    void take(Hold next) {
      hold = Optional.of(next);
    }

    void drop() {
      hold = Optional.empty();
    }
  }

  Crew(int size, Duration staleAfter, Instant now) {
    this.staleAfter = staleAfter;
    for (int i = 0; i < size; i++) {
      desks.add(new Desk(hire(now)));
    }
  }

  private WorkerId hire(Instant now) {
    WorkerId id = new WorkerId("worker-" + ++hired);
    beats.put(id, now);
    return id;
  }

  Desk desk(int which) {
    return desks.get(which);
  }

  List<Desk> desks() {
    return desks;
  }

  /** The process ends without a word, and another one takes its place. */
  void replace(Desk desk, Instant now) {
    desk.id = hire(now);
    desk.frozen = false;
    desk.drop();
  }

  /** The process leaves in order. */
  void leave(Desk desk, Instant now) {
    beats.remove(desk.id);
    replace(desk, now);
  }

  void freeze(Desk desk, boolean frozen, Instant now) {
    desk.frozen = frozen;
    beat(now);
  }

  /** Whoever is not frozen gives a sign of life. */
  void beat(Instant now) {
    desks.stream().filter(desk -> !desk.frozen).forEach(desk -> beats.put(desk.id, now));
  }

  boolean alive(WorkerId worker, Instant now) {
    Instant stale = now.minus(staleAfter);
    return beats.getOrDefault(worker, Instant.MIN).isAfter(stale);
  }
}
