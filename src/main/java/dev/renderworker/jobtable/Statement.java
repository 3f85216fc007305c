package dev.renderworker.jobtable;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One kind of update, with everything about it that is the same each time.
 *
 * @param set the SET clause, which can grow
 * @param rest the REMOVE clause, or nothing
 * @param condition what has to hold
 * @param names for {@code #name}, which stands for an attribute whose plain name is reserved
 */
record Statement(String set, String rest, String condition, Map<String, String> names) {
  private static final Pattern NAME = Pattern.compile("#(\\w+)");

  static Statement of(String set, String rest, String condition) {
    return new Statement(
        set,
        rest,
        condition,
        NAME.matcher(set + rest + condition)
            .results()
            .map(MatchResult::group)
            .distinct()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> name.substring(1))));
  }

  /**
   * The same, also setting an attribute that not every record has.
   *
   * @param attribute not a reserved word; its value has the same name
   */
  Statement also(String attribute) {
    return new Statement(set + ", " + attribute + " = :" + attribute, rest, condition, names);
  }

  String update() {
    return rest.isEmpty() ? set : set + " " + rest;
  }
}
