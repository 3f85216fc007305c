package dev.renderworker.cli;

import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lists jobs. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = "Lists jobs, newest first.",
    footer = {"", "Example: render-worker jobs --status failed --limit 20"})
final class JobsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Optional<JobStatus> status;

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
    try (Session session = Session.open()) {
      Set<JobStatus> wanted = status.map(Set::of).orElse(Set.of(JobStatus.values()));
      List<JobView> jobs = session.archive().list(wanted, limit, Optional.empty()).jobs();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        jobs.forEach(job -> out.println(JsonMapper.shared().writeValueAsString(job.attributes())));
      } else {
        table(out, jobs);
      }
      out.flush();
      return ExitCode.DONE;
    }
  }

  private static void table(PrintWriter out, List<JobView> jobs) {
    out.println(line("JOB", "STATUS", "DONE", "UPDATED", "COMPOSITION", "OUTPUT OR ERROR"));
    for (JobView job : jobs) {
      JobRow row = JobRow.of(job);
      String done = "%.0f %%".formatted(Math.floor(row.progress() * 100));
      String updated = String.valueOf(job.updatedAt());
      out.println(line(row.jobId(), row.status(), done, updated, row.composition(), row.note()));
    }
  }

  private static String line(
      String job, String status, String done, String updated, String composition, String note) {
    return "%-36s  %-9s  %5s  %-24s  %-16s  %s"
        .formatted(
            Terminal.plain(job, 36),
            status,
            done,
            updated,
            Terminal.plain(composition, 16),
            Terminal.plain(note, 120))
        .stripTrailing();
  }
}
