package dev.renderworker.local.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Measures what a worker costs. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures the worker against the embedded AWS in another process.",
    footer = {
      "",
      "throughput  jobs that are there when the worker starts, until all have ended",
      "following   as throughput, all at once, 20 s a render (see --jobs)",
      "latency     20 jobs a second; from enqueue to claim, from render's end to record",
      "idle        an empty queue for 60 s"
    })
public final class Bench implements Callable<Integer> {
  /** What is measured. */
  enum Scenario {
    throughput(5000, 256, 0),
    following(1000, 1000, 20),
    latency(500, 256, 0),
    idle(0, 20, 0);

    final int jobs;
    final int concurrency;
    final double renderSeconds;

    Scenario(int jobs, int concurrency, double renderSeconds) {
      this.jobs = jobs;
      this.concurrency = concurrency;
      this.renderSeconds = renderSeconds;
    }
  }

  @Parameters(
      arity = "0..1",
      defaultValue = "throughput",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Scenario scenario;

  @Option(names = "--jobs", paramLabel = "N", description = "How many jobs.")
  private Integer jobs;

  @Option(names = "--concurrency", paramLabel = "C", description = "MAX_CONCURRENT_RENDERS.")
  private Integer concurrency;

  @Option(names = "--render-seconds", paramLabel = "R", description = "How long a render takes.")
  private Double renderSeconds;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  /** Runs a scenario. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    int count = jobs == null ? scenario.jobs : jobs;
    int cap = concurrency == null ? Math.max(scenario.concurrency, capFor(count)) : concurrency;
    double seconds = renderSeconds == null ? scenario.renderSeconds : renderSeconds;
    try (BenchAws aws = BenchAws.start(seconds)) {
      Run run = new Run(aws, new Run.Load(count, cap, seconds));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("scenario", scenario.name());
      result.put("jobs", count);
      result.put("concurrency", cap);
      result.put("renderSeconds", seconds);
      result.putAll(
          switch (scenario) {
            case throughput, following -> run.backlog();
            case latency -> run.stream();
            case idle -> run.idle();
          });
      print(result);
    }
    return 0;
  }

  /** Following means all at once. */
  private int capFor(int count) {
    return scenario == Scenario.following ? count : 0;
  }

  private void print(Map<String, Object> result) {
    if (json) {
      System.out.println(JsonMapper.shared().writeValueAsString(result));
    } else {
      result.forEach((name, value) -> System.out.printf("%-28s %s%n", name, value));
    }
  }
}
