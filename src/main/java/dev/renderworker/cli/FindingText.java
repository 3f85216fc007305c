package dev.renderworker.cli;

import dev.renderworker.check.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

/** Shows findings: a line each, the remedy below what is wrong; or a JSON object each. */
final class FindingText {
  private static final int INDENT = 24;

  private final Ansi ansi;

  /**
   * Prepares to show findings.
   *
   * @param ansi whether in colour; {@code AUTO} looks for a terminal and at {@code NO_COLOR}
   */
  FindingText(Ansi ansi) {
    this.ansi = ansi;
  }

  String text(Finding finding) {
    return switch (finding) {
      case Finding.Passed(var check, var facts) -> line(green("ok"), check, facts);
      case Finding.Weak(var check, var problem, var remedy) ->
          line(red("weak"), check, problem) + below(remedy);
      case Finding.Broken(var check, var problem, var remedy) ->
          line(red("broken"), check, problem) + below(remedy);
      case Finding.Skipped(var check, var reason) -> line("-     ", check, reason);
    };
  }

  private static String line(String mark, String check, String text) {
    return "%s  %-14s  %s".formatted(mark, check, indented(text));
  }

  private static String below(String remedy) {
    return "\n" + " ".repeat(INDENT) + indented(remedy);
  }

  private static String indented(String text) {
    return text.stripTrailing().replaceAll("\\R", "\n" + " ".repeat(INDENT));
  }

  private String green(String mark) {
    return ansi.string("@|green %-6s|@".formatted(mark));
  }

  private String red(String mark) {
    return ansi.string("@|bold,red %-6s|@".formatted(mark));
  }

  static String json(Finding finding) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("check", finding.check());
    switch (finding) {
      case Finding.Passed(_, var facts) -> {
        fields.put("result", "ok");
        fields.put("facts", facts);
      }
      case Finding.Weak(_, var problem, var remedy) -> wrong(fields, "weak", problem, remedy);
      case Finding.Broken(_, var problem, var remedy) -> wrong(fields, "broken", problem, remedy);
      case Finding.Skipped(_, var reason) -> {
        fields.put("result", "skipped");
        fields.put("reason", reason);
      }
    }
    return JsonMapper.shared().writeValueAsString(fields);
  }

  private static void wrong(
      Map<String, String> fields, String result, String problem, String remedy) {
    fields.put("result", result);
    fields.put("problem", problem);
    fields.put("remedy", remedy);
  }
}
