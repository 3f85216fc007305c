package dev.renderworker.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that someone who wrote an unknown one most likely meant. */
public final class NearestName {
  private NearestName() {}

  /**
   * The nearest of the known names, upper and lower case taken as equal.
   *
   * @param maxEdits how many characters may be wrong, missing, too many or swapped with the next
   */
  public static Optional<String> of(String unknown, Collection<String> known, int maxEdits) {
    String wanted = unknown.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> Math.abs(name.length() - wanted.length()) <= maxEdits)
        .filter(name -> edits(wanted, name.toLowerCase(Locale.ROOT)) <= maxEdits)
        .min(Comparator.comparingInt(name -> edits(wanted, name.toLowerCase(Locale.ROOT))));
  }

  /** The optimal string alignment distance. */
  private static int edits(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(edits[i - 1][j - 1] + change, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
