package dev.renderworker.jobtable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementTest {

  @Test
  void namesAreThoseThatTheTextUses() {
    Statement statement =
        Statement.of("SET #status = :status", "REMOVE #owner", "#owner = :owner AND attempt = :n");

    assertEquals(Map.of("#status", "status", "#owner", "owner"), statement.names());
    assertEquals("SET #status = :status REMOVE #owner", statement.update());
  }

  @Test
  void furtherAttributeIsSetBeforeTheRemovals() {
    Statement statement = Statement.of("SET a = :a", "REMOVE b", "c = :c").also("d");

    assertEquals("SET a = :a, d = :d REMOVE b", statement.update());
  }
}
