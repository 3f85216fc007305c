package dev.renderworker;

import dev.renderworker.local.LocalAws;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the test classes that ask for it one embedded AWS, by their constructor. SDK clients that a
 * test opens find it by themselves. Tests keep apart by queues and tables of their own, and count
 * calls by difference.
 */
public final class SharedAws implements ParameterResolver {
  private static final String KEY = "aws";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalAws.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedAws.class))
        .computeIfAbsent(KEY, _ -> Running.start(), Running.class)
        .aws();
  }

  /** Ended by JUnit after the last test. */
  private record Running(LocalAws aws, Map<String, String> before) implements AutoCloseable {

    static Running start() {
      try {
        LocalAws aws = LocalAws.start();
        Map<String, String> before = new ConcurrentHashMap<>();
        aws.systemProperties()
            .forEach(
                (name, value) -> {
                  String old = System.setProperty(name, value);
                  if (old != null) {
                    before.put(name, old);
                  }
                });
        return new Running(aws, before);
      } catch (Exception e) {
        throw new IllegalStateException("the embedded AWS does not start", e);
      }
    }

    @Override
    public void close() {
      aws.systemProperties().keySet().forEach(System::clearProperty);
      before.forEach(System::setProperty);
      aws.close();
    }
  }
}
