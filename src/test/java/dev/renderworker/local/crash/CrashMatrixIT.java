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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The crash matrix: the real worker is killed with SIGKILL between any two side effects of a job's
 * life, and a second one brings the job to its end.
 */
@Timeout(value = 480, unit = TimeUnit.SECONDS)
class CrashMatrixIT {
  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final LocalAwsOptions FAST_RENDERS =
      LocalAwsOptions.STANDARD.renders(RenderDefaults.STANDARD.renderTime(Duration.ofSeconds(2)));

  @Test
  void jobEndsOnceWhereverItsWorkerIsKilled() throws Exception {
    List<CrashSite> sites = new ArrayList<>();
    try (var aws = LocalAws.start(FAST_RENDERS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> scenes = new ArrayList<>();
      for (Scene scene : Scene.values()) {
        var before = new CrashSite(aws, scene, When.BEFORE);
        var after = new CrashSite(aws, scene, When.AFTER);
        sites.addAll(List.of(before, after));
        scenes.add(threads.submit(() -> play(before, after)));
      }
      for (Future<Void> scene : scenes) {
        scene.get();
      }
      var outcome = new Outcome(aws);
      outcome.await(sites, LIMIT);

      String table = table(sites, outcome::of);
      Files.writeString(Path.of("target", "crash-matrix.md"), table);
      assertEquals(table(sites, (site, step) -> step.cost(site.when())), table);
      assertEquals(readme(), table, "target/crash-matrix.md is not the README's table");
    } finally {
      sites.forEach(CrashSite::close);
    }
  }

  /** A second worker could run into the holds of the other site. */
  private static Void play(CrashSite before, CrashSite after) throws InterruptedException {
    for (CrashSite site : List.of(before, after)) {
      site.hold();
      site.crash();
    }
    before.startWorker();
    after.startWorker();
    return null;
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
      for (CrashSite site : sites.stream().filter(s -> s.scene() == step.scene()).toList()) {
        Cost cost = costs.apply(site, step);
        table.append(
            "| %s | %s | %s | %s | %d | %d | %d | %s |\n"
                .formatted(
                    step.life().label() + step.scene().label(),
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
