package dev.renderworker.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/** Sets up Logback: readable text on a terminal, JSON (one object a line) under systemd. */
final class Logging {
  private static final String TEXT =
      "%d{HH:mm:ss.SSS} %-5level %msg%replace( [%X]){' \\[\\]', ''}%n%ex{short}";

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  /** Logs of the daemon, to standard output. */
  void forDaemon(Settings.Log settings) {
    boolean json = settings.json().orElseGet(() -> !Terminal.isInteractive());
    use(json ? jsonEncoder() : textEncoder(), "System.out", Level.toLevel(settings.level()));
  }

  /** Logs of a command, to standard error: warnings only, standard output is the command's. */
  void forCommand() {
    use(textEncoder(), "System.err", Level.WARN);
  }

  private void use(Encoder<ILoggingEvent> encoder, String target, Level level) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.setLevel(Level.WARN);
    context.getLogger("dev.renderworker").setLevel(level);
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget(target);
    console.setEncoder(encoder);
    console.start();
    root.addAppender(console);
  }

  private Encoder<ILoggingEvent> textEncoder() {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(TEXT);
    encoder.start();
    return encoder;
  }

  private Encoder<ILoggingEvent> jsonEncoder() {
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithThreadName(false);
    encoder.setWithContext(false);
    encoder.setWithArguments(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
