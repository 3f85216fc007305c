package dev.renderworker.worker;

import dev.renderworker.job.JobId;

/** A completion target that only notes what it is told. */
record FakeNotices(Journal journal) implements CompletionNotices {

  @Override
  public void send(JobId job) {
    journal.note("notices send", job);
  }
}
