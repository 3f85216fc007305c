package dev.renderworker.cli;

import dev.renderworker.http.OwnProcess;
import dev.renderworker.http.WorkerCondition;
import dev.renderworker.job.WorkerId;
import dev.renderworker.metrics.Metrics;
import dev.renderworker.worker.StopSignal;
import dev.renderworker.worker.Worker;

/** The worker of this process, as the HTTP API shows it. */
record ThisWorker(WorkerId id, Worker worker, StopSignal stop, Metrics counted)
    implements OwnProcess {

  @Override
  public WorkerCondition condition() {
    return new WorkerCondition(
        id,
        worker.inFlight(),
        worker.free(),
        worker.vitals().receives() > 0,
        stop.stopped(),
        worker.pausedBy());
  }

  @Override
  public String metrics() {
    return counted.text();
  }
}
