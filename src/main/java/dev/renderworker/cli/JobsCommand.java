package dev.renderworker.cli;

import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobView;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists jobs. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = {
      "Lists jobs, newest first.",
      "LOST is a job that has not ended though no worker has it and no message of it can come any"
          + " more, as after a purge of the queue: retry it, or cancel it."
    },
    footer = {"", "Example: render-worker jobs --status failed --limit 20"})
final class JobsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private RenderWorkerCommand program;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only these: ${COMPLETION-CANDIDATES}. Can be given more than once.")
  private Set<JobStatus> statuses = EnumSet.allOf(JobStatus.class);

  @Option(names = "--stale", description = "Only those that are lost, of all.")
  private boolean stale;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many at most; default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "One JSON object a line, with every attribute.")
  private boolean json;

  @Override
  public Integer call() {
    program.atLeastOne(spec, "--limit", limit);
    try (Session session = program.session()) {
      List<JobView> jobs = stale ? session.operations().lostJobs().all() : listed(session);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        jobs.forEach(job -> out.println(Json.line(job.attributes())));
      } else {
        table(jobs).print(out, program.style());
      }
      out.flush();
      return ExitCode.DONE;
    }
  }

  private List<JobView> listed(Session session) {
    return session.flagged(session.archive().list(statuses, limit, Optional.empty()).jobs());
  }

  private static TextTable table(List<JobView> jobs) {
    var table =
        new TextTable(
            new TextTable.Column("JOB", 128),
            new TextTable.Column("STATUS", 16),
            new TextTable.Column("DONE", 5),
            new TextTable.Column("UPDATED", 11),
            new TextTable.Column("COMPOSITION", 16),
            new TextTable.Column("OUTPUT OR ERROR", 120));
    Instant now = Instant.now();
    for (JobView job : jobs) {
      JobRow row = JobRow.of(job);
      table.row(
          row.jobId(),
          row.shownStatus(),
          row.percent(),
          Ago.text(job.updatedAt(), now),
          row.composition(),
          row.note());
    }
    return table;
  }
}
