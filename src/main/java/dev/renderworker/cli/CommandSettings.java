package dev.renderworker.cli;

import dev.renderworker.jobtable.TableSettings;
import dev.renderworker.operations.LostRule;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of a command for people, which needs less than the daemon and runs where less
 * is set.
 *
 * @param region of the queue and the tables
 */
record CommandSettings(
    String region, Optional<URI> queueUrl, TableSettings tables, LostRule lostRule) {

  /**
   * Reads the environment as {@link Settings#parse} does, but requires only the region.
   *
   * @throws MisconfiguredException listing every mistake
   */
  static CommandSettings parse(Map<String, String> environment) {
    Set<Variable> needed = Set.of(Variable.AWS_REGION);
    return new SettingsReader(Environment.check(environment, needed)).command();
  }
}
