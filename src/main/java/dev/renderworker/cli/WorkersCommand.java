package dev.renderworker.cli;

import dev.renderworker.operations.WorkerView;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists workers. */
@Command(
    name = "workers",
    mixinStandardHelpOptions = true,
    description = {
      "Lists workers, the last to be heard of first.",
      "One that is PAUSED takes no new job until what it says is mended.",
      "One that was killed is GONE, and listed for a day; one that was stopped is not."
    },
    footer = {"", "Example: render-worker workers --json"})
final class WorkersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private RenderWorkerCommand program;

  @Option(names = "--json", description = "One JSON object a line, with every attribute.")
  private boolean json;

  @Override
  public Integer call() {
    try (Session session = program.session()) {
      List<WorkerView> workers = session.archive().workers();
      Duration staleAfter = session.lostRule().staleAfter();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        workers.forEach(worker -> out.println(Json.line(attributes(worker, staleAfter))));
      } else {
        table(workers, staleAfter).print(out, program.style());
      }
      out.flush();
      return ExitCode.DONE;
    }
  }

  private static Map<String, Object> attributes(WorkerView worker, Duration staleAfter) {
    Map<String, Object> all = new LinkedHashMap<>(worker.attributes());
    all.put("alive", worker.isAlive(Instant.now(), staleAfter));
    return all;
  }

  private static TextTable table(List<WorkerView> workers, Duration staleAfter) {
    var table =
        new TextTable(
            new TextTable.Column("WORKER", 80),
            new TextTable.Column("STATUS", 6),
            new TextTable.Column("IN FLIGHT", 9),
            new TextTable.Column("LAST HEARD", 20),
            new TextTable.Column("PAUSED BY", 120));
    Instant now = Instant.now();
    for (WorkerView worker : workers) {
      table.row(
          worker.id().value(),
          status(worker, worker.isAlive(now, staleAfter)),
          worker.inFlight().stream().mapToObj(Integer::toString).findFirst().orElse("-"),
          Ago.text(worker.heartbeatAt(), now),
          worker.pausedBy().orElse("-"));
    }
    return table;
  }

  private static String status(WorkerView worker, boolean alive) {
    if (!alive) {
      return "GONE";
    }
    return worker.pausedBy().isPresent() ? "PAUSED" : "ALIVE";
  }
}
