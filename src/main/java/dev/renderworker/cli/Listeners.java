package dev.renderworker.cli;

import dev.renderworker.completion.CompletionSender;
import dev.renderworker.metrics.Metrics;
import dev.renderworker.worker.Audience;
import java.util.Optional;

/** Those who hear of what the worker does; the completion target's client ends with this. */
record Listeners(Metrics metrics, Optional<CompletionSender> target) implements AutoCloseable {

  Audience audience() {
    return new Audience(metrics.worker(), target.map(sender -> sender));
  }

  @Override
  public void close() {
    target.ifPresent(CompletionSender::close);
  }
}
