package dev.renderworker.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Silences the emulators, for the program that has no test configuration of Logback. */
public final class QuietLogs {
  private QuietLogs() {}

  /** Silences them. */
  public static void set() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
      logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
      logback.getLogger("org.eclipse.jetty").setLevel(Level.ERROR);
      logback.getLogger("org.apache.pekko").setLevel(Level.ERROR);
      logback.getLogger("org.elasticmq").setLevel(Level.ERROR);
      logback.getLogger("software.amazon.dynamodb").setLevel(Level.OFF);
      logback.getLogger("com.amazonaws").setLevel(Level.OFF);
    }
  }
}
