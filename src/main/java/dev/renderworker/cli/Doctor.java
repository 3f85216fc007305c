package dev.renderworker.cli;

import dev.renderworker.check.Finding;
import dev.renderworker.credentials.AccessInspection;
import dev.renderworker.credentials.RoleSession;
import dev.renderworker.credentials.WorkerIdentity;
import dev.renderworker.jobtable.TableInspection;
import dev.renderworker.jobtable.Tables;
import dev.renderworker.queue.QueueInspection;
import dev.renderworker.queue.SqsClients;
import dev.renderworker.remotion.client.AwsAccess;
import dev.renderworker.remotion.client.RemotionInspection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/** Examines everything that the daemon works with, one after the other. */
final class Doctor {
  private static final int CONNECTIONS = 2;

  /** The date of an answer is good for a second. */
  private static final Duration LEAST_TOLERANCE = Duration.ofSeconds(2);

  private final Map<String, String> environment;
  private final InstantSource clock;

  Doctor(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  /**
   * Reports each finding as soon as it is made.
   *
   * @return whether all is as it should be
   */
  boolean examine(Consumer<Finding> report) {
    var patient = new Patient(report);
    try {
      Settings settings = Settings.parse(environment);
      patient.has(new Finding.Passed("configuration", summary(settings)));
      examine(settings, patient);
    } catch (MisconfiguredException e) {
      patient.has(
          new Finding.Broken(
              "configuration", e.getMessage(), "Mend it first; nothing else was looked at."));
    }
    return patient.isHealthy();
  }

  private static String summary(Settings settings) {
    return "complete; up to %d renders at once, in %s"
        .formatted(settings.work().worker().maxConcurrentRenders(), settings.region());
  }

  private void examine(Settings settings, Patient patient) {
    Region region = Region.of(settings.region());
    try (var identity = new WorkerIdentity();
        var access = new AccessInspection(settings.role(), region, identity.credentials(), clock);
        var role = new RoleSession(settings.role(), region, identity.credentials(), List.of());
        var sqs = SqsClients.open(region, identity.credentials(), Duration.ZERO, List.of());
        var tables =
            Tables.open(region, identity.credentials(), settings.tables(), CONNECTIONS, List.of());
        var remotion =
            new RemotionInspection(
                settings.remotion().defaults(),
                access(role),
                settings.work().worker().maxConcurrentRenders(),
                clock)) {
      if (!patient.has(access.credentials(tolerance(settings)))) {
        patient.skips(
            "needs credentials",
            "role",
            "queue",
            "dead letters",
            "jobs table",
            "workers table",
            "function",
            "concurrency",
            "bucket",
            "site");
        return;
      }
      boolean assumed = patient.has(access.role(role));
      patient.has(new QueueInspection(sqs.working(), settings.queue().queueUrl()).findings());
      patient.has(new TableInspection(tables).findings());
      if (assumed) {
        patient.has(remotion.findings());
      } else {
        patient.skips("needs the role", "function", "concurrency", "bucket", "site");
      }
    }
  }

  /**
   * Workers tell by their clocks whether another one lives. Two may be off in opposite directions,
   * and a sign of life may be as old as the next one.
   */
  private static Duration tolerance(Settings settings) {
    Duration slack =
        settings
            .work()
            .claimRule()
            .staleAfter()
            .minus(settings.work().worker().heartbeat())
            .dividedBy(2);
    return slack.compareTo(LEAST_TOLERANCE) > 0 ? slack : LEAST_TOLERANCE;
  }

  private static AwsAccess access(RoleSession role) {
    return new AwsAccess(
        role.credentials(), role::renew, AwsAccess.Endpoints.STANDARD, CONNECTIONS, List.of());
  }

  /** Collects what there is to say. */
  private static final class Patient {
    private final Consumer<Finding> report;
    private boolean healthy = true;

    Patient(Consumer<Finding> report) {
      this.report = report;
    }

    boolean isHealthy() {
      return healthy;
    }

    /** Whether the finding lets one go on. */
    boolean has(Finding finding) {
      report.accept(finding);
      return switch (finding) {
        case Finding.Passed _, Finding.Skipped _ -> true;
        case Finding.Weak _ -> {
          healthy = false;
          yield true;
        }
        case Finding.Broken _ -> {
          healthy = false;
          yield false;
        }
      };
    }

    /** Whether all of them let one go on. */
    boolean has(List<Finding> findings) {
      // Not allMatch, which stops at the first.
      return findings.stream().filter(finding -> !has(finding)).count() == 0;
    }

    void skips(String reason, String... checks) {
      Stream.of(checks).forEach(check -> has(new Finding.Skipped(check, reason)));
    }
  }
}
