package dev.renderworker.cli;

import dev.renderworker.check.Finding;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the daemon makes of the findings at its start: it warns, or refuses. */
final class StartCheck {
  private static final Logger log = LoggerFactory.getLogger(StartCheck.class);

  private StartCheck() {}

  /**
   * Logs what is weak.
   *
   * @throws MisconfiguredException listing everything that is broken
   */
  static void heed(List<Finding> findings) {
    List<String> broken = new ArrayList<>();
    for (Finding finding : findings) {
      switch (finding) {
        case Finding.Weak(_, var problem, var remedy) -> log.warn("{} {}", problem, remedy);
        case Finding.Broken wrong -> broken.add(wrong.advice());
        case Finding.Passed _, Finding.Skipped _ -> {}
      }
    }
    if (!broken.isEmpty()) {
      throw new MisconfiguredException(String.join(System.lineSeparator(), broken));
    }
  }
}
