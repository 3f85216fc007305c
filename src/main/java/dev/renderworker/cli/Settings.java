package dev.renderworker.cli;

import dev.renderworker.completion.CompletionTarget;
import dev.renderworker.credentials.RoleSettings;
import dev.renderworker.http.HttpSettings;
import dev.renderworker.job.ClaimRule;
import dev.renderworker.job.RetryRule;
import dev.renderworker.jobtable.TableSettings;
import dev.renderworker.queue.QueueSettings;
import dev.renderworker.remotion.RemotionSettings;
import dev.renderworker.worker.PollPace;
import dev.renderworker.worker.WorkerSettings;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The daemon's configuration, checked. */
record Settings(
    QueueSettings queue,
    TableSettings tables,
    RoleSettings role,
    RemotionSettings remotion,
    Work work,
    Optional<HttpSettings> http,
    Log log) {

  /** How jobs are worked on, and who is told of their ends. */
  record Work(
      WorkerSettings worker,
      ClaimRule claimRule,
      RetryRule retryRule,
      PollPace pollPace,
      Optional<CompletionTarget> completionTarget) {}

  /**
   * How the worker logs.
   *
   * @param json empty to decide by whether the output is a terminal
   * @param level as Logback names it
   */
  record Log(Optional<Boolean> json, String level) {}

  /**
   * Reads the environment. A blank variable counts as not set.
   *
   * @param environment names and values of all environment variables, also those of others
   * @throws MisconfiguredException listing every mistake
   */
  static Settings parse(Map<String, String> environment) {
    return new SettingsReader(Environment.check(environment, needed(environment))).daemon();
  }

  /** A port without a password would be open to whoever reaches it. */
  private static Set<Variable> needed(Map<String, String> environment) {
    Set<Variable> needed = EnumSet.copyOf(Variable.allRequired());
    if (!environment.getOrDefault(Variable.PORT.name(), "").isBlank()) {
      needed.add(Variable.API_USERNAME);
      needed.add(Variable.API_PASSWORD);
    }
    return needed;
  }

  /** The region of queue, tables, bucket and function. */
  String region() {
    return remotion.defaults().region();
  }
}
