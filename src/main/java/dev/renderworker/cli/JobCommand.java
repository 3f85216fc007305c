package dev.renderworker.cli;

import dev.renderworker.job.JobId;
import dev.renderworker.operations.JobView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Shows one job. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    description = "Shows everything that is known of a job, with its timeline.",
    footer = {"", "Example: render-worker job invoice-2026-0042"})
final class JobCommand implements Callable<Integer> {
  private static final int VALUE_WIDTH = 2000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB_ID", description = "The job's id.")
  private String jobId;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    try (Session session = Session.open()) {
      Optional<JobView> job = session.archive().find(id());
      if (job.isEmpty()) {
        spec.commandLine().getErr().println("render-worker: there is no job " + jobId);
        return ExitCode.FAILED;
      }
      show(job.get().attributes());
      return ExitCode.DONE;
    }
  }

  private JobId id() {
    try {
      return new JobId(jobId);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "JOB_ID: " + e.getMessage(), e);
    }
  }

  private void show(Map<String, Object> job) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(job));
    } else {
      job.forEach((name, value) -> attribute(out, name, value));
    }
    out.flush();
  }

  private static void attribute(PrintWriter out, String name, Object value) {
    if (value instanceof List<?> entries) {
      out.println(name);
      entries.forEach(entry -> out.println("  " + entry(entry)));
    } else {
      out.printf("%-22s %s%n", name, Terminal.plain(String.valueOf(value), VALUE_WIDTH));
    }
  }

  /** An entry of the history reads as a line: time, status, note. */
  private static String entry(Object entry) {
    String text =
        entry instanceof Map<?, ?> moment
            ? "%s  %-9s  %s"
                .formatted(
                    moment.get("at"),
                    moment.get("status"),
                    moment.get("note") instanceof String note ? note : "")
            : String.valueOf(entry);
    return Terminal.plain(text, VALUE_WIDTH).stripTrailing();
  }
}
