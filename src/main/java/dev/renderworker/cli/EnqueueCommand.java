package dev.renderworker.cli;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.Violation;
import dev.renderworker.message.MessageParser;
import dev.renderworker.operations.Receipt;
import dev.renderworker.operations.Submission;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Checks and sends requests. */
@Command(
    name = "enqueue",
    mixinStandardHelpOptions = true,
    description = {
      "Checks render requests and sends them to the queue; prints the job ids.",
      "A request that was sent before under the same jobId is not sent again: its job answers."
    },
    footer = {"", "Example: render-worker enqueue --wait request.json"})
final class EnqueueCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private RenderWorkerCommand program;

  @Parameters(
      paramLabel = "FILE",
      description = "One request as JSON, or many as JSON Lines; - reads standard input.")
  private String file;

  @Option(names = "--wait", description = "Follow the jobs to their end, with progress bars.")
  private boolean wait;

  @Option(
      names = "--group",
      paramLabel = "ID",
      description = "The message group, for a FIFO queue; default: one group for each job.")
  private Optional<String> group;

  @Option(names = "--json", description = "One JSON object a request, with its job and outcome.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Optional<List<Submission>> requests =
        check(RequestFile.read(file, program.surroundings().in()).messages());
    if (requests.isEmpty()) {
      return ExitCode.FAILED;
    }
    try (Session session = program.session()) {
      List<Receipt> receipts = session.operations().intake().submit(requests.get());
      List<JobRow> jobs = jobs(requests.get(), receipts);
      if (jobs.size() < receipts.size()) {
        return ExitCode.FAILED;
      }
      return wait ? watch(session).untilEnded(jobs) : ExitCode.DONE;
    }
  }

  private Watch watch(Session session) {
    Surroundings surroundings = program.surroundings();
    return new Watch(
        session.archive(),
        new LiveTable(out(), program.style(), surroundings.interactive()),
        surroundings.stop());
  }

  /** Nothing is sent unless everything is valid; empty when something is not. */
  private Optional<List<Submission>> check(List<String> bodies) {
    MessageParser contract = Session.contract();
    List<Submission> valid = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      String body = bodies.get(i);
      switch (contract.parse(body)) {
        case ParsedMessage.Valid(var request) -> valid.add(new Submission(body, request, group));
        case ParsedMessage.Invalid(_, var violations) -> complain(i + 1, violations);
      }
    }
    return valid.size() == bodies.size() ? Optional.of(valid) : Optional.empty();
  }

  private void complain(int number, List<Violation> violations) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("Request %d can't be sent:%n", number);
    violations.forEach(violation -> err.println("  " + Terminal.plain(violation.toString())));
    err.flush();
  }

  /** The jobs of the requests that have one now; of the others it says why not. */
  private List<JobRow> jobs(List<Submission> requests, List<Receipt> receipts) {
    List<JobRow> jobs = new ArrayList<>();
    for (int i = 0; i < receipts.size(); i++) {
      String composition = requests.get(i).request().composition();
      switch (receipts.get(i)) {
        case Receipt.Accepted(var id) -> {
          say(id, "ACCEPTED");
          jobs.add(JobRow.waiting(id.value(), composition));
        }
        case Receipt.Known(var job) -> {
          say(job.id(), "KNOWN");
          jobs.add(JobRow.of(job));
        }
        case Receipt.Conflict(var job) -> complain(i + 1, List.of(conflict(job.id())));
        case Receipt.Refused(var reason) -> complain(i + 1, List.of(new Violation("", reason)));
      }
    }
    out().flush();
    return jobs;
  }

  private static Violation conflict(JobId id) {
    return new Violation(
        "/jobId", ErrorCode.JOB_ID_CONFLICT + ": the job " + id + " has another request");
  }

  private void say(JobId id, String outcome) {
    if (json) {
      out()
          .println(
              JsonMapper.shared()
                  .createObjectNode()
                  .put("jobId", id.value())
                  .put("outcome", outcome));
    } else if (!wait) {
      out().println(id);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
