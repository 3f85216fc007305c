package dev.renderworker.cli;

import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobArchive;
import dev.renderworker.operations.Operations;
import dev.renderworker.operations.QueueState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows jobs as they move. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what waits, renders and has ended last, as it moves, until it is stopped (Ctrl-C).",
      "Without a terminal: a line whenever a job's status changes."
    },
    footer = {"", "Example: render-worker watch --limit 30"})
final class WatchCommand implements Callable<Integer> {
  private static final Set<JobStatus> MOVING =
      EnumSet.of(JobStatus.STARTING, JobStatus.RENDERING, JobStatus.RETRYING, JobStatus.QUEUED);

  @Spec private CommandSpec spec;
  @ParentCommand private RenderWorkerCommand program;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many jobs at most; default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "Time between two looks; default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Override
  public Integer call() {
    Surroundings surroundings = program.surroundings();
    program.atLeastOne(spec, "--limit", limit);
    program.atLeastOne(spec, "--interval", seconds);
    try (Session session = program.session()) {
      Operations operations = session.operations();
      var table =
          new LiveTable(spec.commandLine().getOut(), program.style(), surroundings.interactive());
      do {
        table.show(heading(operations.queue().state()), rows(operations.archive()));
      } while (!surroundings.stop().await(Duration.ofSeconds(seconds)));
      return ExitCode.DONE;
    }
  }

  /** What moves comes first; what has ended fills the rest. */
  private List<JobRow> rows(JobArchive archive) {
    List<JobRow> moving = rows(archive, MOVING, limit);
    return moving.size() == limit
        ? moving
        : Stream.concat(
                moving.stream(),
                rows(archive, EnumSet.complementOf(EnumSet.copyOf(MOVING)), limit - moving.size())
                    .stream())
            .toList();
  }

  private static List<JobRow> rows(JobArchive archive, Set<JobStatus> statuses, int limit) {
    return archive.list(statuses, limit, Optional.empty()).jobs().stream().map(JobRow::of).toList();
  }

  private static String heading(QueueState queue) {
    return "Queue: %d waiting, %d in flight"
        .formatted(queue.waiting() + queue.delayed(), queue.inFlight());
  }
}
