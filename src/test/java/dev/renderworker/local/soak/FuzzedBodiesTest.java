package dev.renderworker.local.soak;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.Violation;
import dev.renderworker.message.MessageParser;
import dev.renderworker.remotion.request.RequestRules;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What {@code scripts/soak --fuzz} sends, read without a worker around it. */
class FuzzedBodiesTest {
  /** {@code -Dfuzz.bodies=100000} reads more. */
  private static final int BODIES = Integer.getInteger("fuzz.bodies", 5000);

  private static final int LONGEST_REASON = 2000;

  private final MessageParser parser = new MessageParser(RequestRules::violations);

  @Test
  void everyBodyIsARequestOrIsRefusedWithPrintableReasons() {
    long seed = System.nanoTime();
    var bodies = new FuzzBodies(new Random(seed));
    int valid = 0;
    for (int i = 0; i < BODIES; i++) {
      String body = bodies.next();
      switch (parser.parse(body)) {
        case ParsedMessage.Valid _ -> valid++;
        case ParsedMessage.Invalid(_, var violations) ->
            violations.forEach(violation -> check(violation, body));
      }
    }
    assertTrue(valid > BODIES / 20 && valid < BODIES / 2, valid + " valid ones, seed " + seed);
  }

  private static void check(Violation violation, String body) {
    String said = violation.toString();
    assertTrue(said.length() < LONGEST_REASON, () -> said + " of " + body);
    assertFalse(said.chars().anyMatch(Character::isISOControl), () -> said + " of " + body);
  }
}
