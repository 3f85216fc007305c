package dev.renderworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.check.Finding;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class FindingTextTest {
  private static final Finding PASSED = new Finding.Passed("queue", "renders, standard");
  private static final Finding BROKEN =
      new Finding.Broken("jobs table", "There is none.", "Make it:\n  aws @|red dynamodb|@\n");

  private final FindingText plain = new FindingText(Ansi.OFF);
  private final FindingText colour = new FindingText(Ansi.ON);

  @Test
  void isOneLineWithTheRemedyBelowWhatIsWrong() {
    assertEquals("ok      queue           renders, standard", plain.text(PASSED));
    assertEquals(
        """
        broken  jobs table      There is none.
                                Make it:
                                  aws @|red dynamodb|@""",
        plain.text(BROKEN));
    assertEquals(
        """
        weak    jobs table      It never forgets.
                                Teach it.""",
        plain.text(new Finding.Weak("jobs table", "It never forgets.", "Teach it.")));
    assertEquals(
        "-       site            none is set",
        plain.text(new Finding.Skipped("site", "none is set")));
  }

  @Test
  void isGreenOrRedWhereColourIsWanted() {
    assertTrue(colour.text(PASSED).startsWith("\u001b[32mok"), colour.text(PASSED));
    assertTrue(colour.text(BROKEN).startsWith("\u001b[1m\u001b[31mbroken"), colour.text(BROKEN));
  }

  @Test
  void isAJsonObjectForScripts() {
    assertEquals(
        "{\"check\":\"queue\",\"result\":\"ok\",\"facts\":\"renders, standard\"}",
        FindingText.json(PASSED));
    assertEquals(
        "{\"check\":\"queue\",\"result\":\"broken\",\"problem\":\"gone\",\"remedy\":\"make it\"}",
        FindingText.json(new Finding.Broken("queue", "gone", "make it")));
    assertEquals(
        "{\"check\":\"queue\",\"result\":\"weak\",\"problem\":\"short\",\"remedy\":\"lengthen\"}",
        FindingText.json(new Finding.Weak("queue", "short", "lengthen")));
    assertEquals(
        "{\"check\":\"site\",\"result\":\"skipped\",\"reason\":\"none\"}",
        FindingText.json(new Finding.Skipped("site", "none")));
  }
}
