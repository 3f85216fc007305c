package dev.renderworker.local.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalAwsOptions;
import dev.renderworker.local.remotion.RenderDefaults;
import dev.renderworker.local.wire.Fault.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The crash matrix: the real worker is killed with SIGKILL between any two side effects of a job's
 * life, and a second one brings the job to its end.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CrashMatrixIT {
  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final LocalAwsOptions FAST_RENDERS =
      LocalAwsOptions.STANDARD.renders(RenderDefaults.STANDARD.renderTime(Duration.ofSeconds(2)));

  @Test
  void jobEndsOnceWhereverItsWorkerIsKilled() throws Exception {
    try (var aws = LocalAws.start(FAST_RENDERS);
        var before = new CrashSite(aws, When.BEFORE);
        var after = new CrashSite(aws, When.AFTER)) {
      List<CrashSite> sites = List.of(before, after);
      sites.forEach(CrashSite::startWorker);
      for (CrashSite site : sites) {
        site.hold();
        site.crash();
      }
      sites.forEach(CrashSite::startWorker);
      var outcome = new Outcome(aws);
      outcome.await(sites, LIMIT);

      String table = table(sites, outcome::of);
      Files.writeString(Path.of("target", "crash-matrix.md"), table);
      assertEquals(table(sites, (site, step) -> step.cost(site.when())), table);
      assertEquals(readme(), table, "target/crash-matrix.md is not the README's table");
    }
  }

  private static String readme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String begin = "<!-- crash-matrix:begin (a run is held against it by a test) -->\n";
    return readme.substring(
        readme.indexOf(begin) + begin.length(), readme.indexOf("<!-- crash-matrix:end -->"));
  }

  private static String table(List<CrashSite> sites, BiFunction<CrashSite, Step, Cost> costs) {
    StringBuilder table = new StringBuilder();
    table.append(
        "| job | killed at | its effect | ends as | starts | attempts | dead letters | why |\n");
    table.append("|---|---|---|---|---|---|---|---|\n");
    for (Step step : Step.values()) {
      for (CrashSite site : sites) {
        Cost cost = costs.apply(site, step);
        table.append(
            "| %s | %s | %s | %s | %d | %d | %d | %s |\n"
                .formatted(
                    step.life().label(),
                    step.label(),
                    site.when() == When.BEFORE ? "not yet" : "there, unanswered",
                    cost.status(),
                    cost.starts(),
                    cost.attempts(),
                    cost.deadLetters(),
                    step.why(site.when())));
      }
    }
    return table.toString();
  }
}
