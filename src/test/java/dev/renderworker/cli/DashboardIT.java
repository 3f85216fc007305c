package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.InjectedFault;
import dev.renderworker.local.wire.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the dashboard against what a worker shows that has had something to do. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class DashboardIT {
  private static final Pattern METRIC =
      Pattern.compile("\\b(render_worker|jvm|process|system)_[a-z0-9_]+");

  private final LocalAws aws;
  private final Workplace place;

  DashboardIT(LocalAws aws) {
    this.aws = aws;
    place = Workplace.standard(aws);
  }

  @Test
  void everyQueryIsOfAMetricThatIsThere() {
    Set<String> wanted =
        queries().stream()
            .flatMap(query -> METRIC.matcher(query).results().map(MatchResult::group))
            .collect(Collectors.toCollection(TreeSet::new));
    InjectedFault throttled =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("sqs", "DeleteMessageBatch")
                        .containing(place.queueUrl())
                        .times(1),
                    new Fault.Refuse(Refusal.THROTTLED)));
    try (RunningWorker worker = place.worker()) {
      String done = newJobId();
      String failed = newJobId();
      place.send(video(done, 1));
      place.send(video(failed, "{\"simulate\":\"script-error\"}"));
      place.awaitJob(done, "SUCCEEDED");
      place.awaitJob(failed, "FAILED");
      System.gc();
      Eventually.is(
          () -> "all of " + wanted + " in\n" + worker.metrics(),
          () -> Optional.of(worker).filter(shown -> names(shown.metrics()).containsAll(wanted)));
    } finally {
      aws.faults().remove(throttled);
    }
  }

  @Test
  void workerShowsWhatItHasDone() {
    try (RunningWorker worker = place.worker()) {
      String id = newJobId();
      place.send(video(id, 1));
      place.awaitJob(id, "SUCCEEDED");
      place.awaitEmpty();
      Eventually.holds(
          "nothing in flight", () -> worker.metrics().contains("\nrender_worker_in_flight 0.0\n"));
      shows(worker, "render_worker_jobs_total{error_code=\"none\",outcome=\"succeeded\"} 1.0");
      shows(worker, "render_worker_receive_to_start_seconds_count 1");
      shows(worker, "render_worker_done_to_recorded_seconds_count 1");
      shows(worker, "render_worker_render_duration_seconds_count{type=\"media\"} 1");
      shows(
          worker,
          "render_worker_aws_calls_seconds_count"
              + "{operation=\"AssumeRole\",result=\"ok\",service=\"STS\"} 1");
      shows(worker, "render_worker_paused{code=\"ACCESS_DENIED\"} 0.0");
      assertTrue(
          Pattern.compile(
                  "^render_worker_credentials_expires_in_seconds 3\\d{3}\\.", Pattern.MULTILINE)
              .matcher(worker.metrics())
              .find(),
          worker.metrics());
    }
  }

  private static void shows(RunningWorker worker, String line) {
    String text = worker.metrics();
    assertTrue(text.lines().anyMatch(line::equals), () -> line + " is not in\n" + text);
  }

  private static List<String> queries() {
    JsonNode dashboard = JsonMapper.shared().readTree(Path.of("grafana/render-worker.json"));
    List<String> queries = dashboard.findValues("expr").stream().map(JsonNode::asString).toList();
    assertTrue(queries.size() > 20, "the dashboard has its queries");
    return queries;
  }

  private static Set<String> names(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }
}
