package dev.renderworker.cli;

import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.Violation;
import dev.renderworker.message.MessageParser;
import dev.renderworker.queue.OutgoingRequest;
import dev.renderworker.queue.RequestSender;
import dev.renderworker.queue.SendOutcome;
import dev.renderworker.remotion.RequestRules;
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
import picocli.CommandLine.Spec;

/** Checks and sends requests. */
@Command(
    name = "enqueue",
    mixinStandardHelpOptions = true,
    description = "Checks render requests and sends them to the queue; prints the job ids.",
    footer = {"", "Example: render-worker enqueue --wait request.json"})
final class EnqueueCommand implements Callable<Integer> {
  private static final String DEFAULT_GROUP = "render-worker";

  @Spec private CommandSpec spec;

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

  /** A request that may be sent. */
  private record Checked(String body, RenderRequest request) {}

  @Override
  public Integer call() throws IOException {
    Optional<List<Checked>> requests = check(RequestFile.read(file, System.in).messages());
    if (requests.isEmpty()) {
      return ExitCode.FAILED;
    }
    try (Session session = Session.open()) {
      Optional<List<JobRow>> jobs = send(session, requests.get());
      if (jobs.isEmpty()) {
        return ExitCode.FAILED;
      }
      return wait ? new Watch(session.jobs(), out()).untilEnded(jobs.get()) : ExitCode.DONE;
    }
  }

  /** Nothing is sent unless everything is valid; empty when something is not. */
  private Optional<List<Checked>> check(List<String> bodies) {
    var parser = new MessageParser(RequestRules::violations);
    List<Checked> checked = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      switch (parser.parse(bodies.get(i))) {
        case ParsedMessage.Valid(var request) -> checked.add(new Checked(bodies.get(i), request));
        case ParsedMessage.Invalid(_, var violations) -> complain(i + 1, violations);
      }
    }
    return checked.size() == bodies.size() ? Optional.of(checked) : Optional.empty();
  }

  private void complain(int number, List<Violation> violations) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("Request %d can't be sent:%n", number);
    violations.forEach(violation -> err.println("  " + violation));
    err.flush();
  }

  private Optional<List<JobRow>> send(Session session, List<Checked> requests) {
    boolean fifo = session.queueUrl().getPath().endsWith(".fifo");
    List<SendOutcome> outcomes =
        new RequestSender(session.sqs(), session.queueUrl())
            .send(requests.stream().map(request -> outgoing(request, fifo)).toList());
    List<JobRow> jobs = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      RenderRequest request = requests.get(i).request();
      switch (outcomes.get(i)) {
        case SendOutcome.Sent(var messageId) -> jobs.add(sent(request, messageId));
        case SendOutcome.Refused(var reason) -> complain(i + 1, List.of(new Violation("", reason)));
      }
    }
    return jobs.size() == requests.size() ? Optional.of(jobs) : Optional.empty();
  }

  private OutgoingRequest outgoing(Checked checked, boolean fifo) {
    Optional<JobId> id = checked.request().jobId();
    Optional<String> messageGroup =
        fifo ? group.or(() -> id.map(JobId::value)).or(() -> Optional.of(DEFAULT_GROUP)) : group;
    return new OutgoingRequest(checked.body(), id, messageGroup);
  }

  private JobRow sent(RenderRequest request, String messageId) {
    String id = request.jobId().map(JobId::value).orElse(messageId);
    if (!wait) {
      out().println(id);
    }
    return JobRow.waiting(id, request.composition());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
