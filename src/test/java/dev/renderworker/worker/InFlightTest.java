package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  @Test
  void duplicateRenewsTheReceiptOfTheMessageThatIsHeld() {
    Held held = inFlight.admit(Samples.delivery("m", 1), 0).orElseThrow();
    assertEquals(Optional.empty(), inFlight.admit(Samples.delivery("m", 2), 0));
    assertEquals("m#2", held.delivery().receipt().handle());
    assertEquals(1, inFlight.size());
  }

  @Test
  void duplicateOfAMessageThatIsBeingLetGoIsADeliveryOfItsOwn() {
    Held first = inFlight.admit(Samples.delivery("m", 1), 0).orElseThrow();
    first.letGo();
    assertTrue(inFlight.admit(Samples.delivery("m", 2), 0).isPresent());
    inFlight.leave(first);
    assertEquals(1, inFlight.size());
    assertEquals("m#1", first.delivery().receipt().handle());
  }
}
