package dev.renderworker.http;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Sets the limits of the JDK's server before any test: it reads them once in a JVM, and here its
 * first server may be a stand-in of the local AWS.
 */
public final class LimitsFirst implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Limits.apply();
  }
}
