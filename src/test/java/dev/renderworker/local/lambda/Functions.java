package dev.renderworker.local.lambda;

import dev.renderworker.local.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** The functions of a region, by name. */
public final class Functions {
  private static final int LONGEST_PAGE = 50;

  private final String region;

  /** What AWS allows an account that has rendered before. */
  private volatile int concurrency = 1000;

  private final ConcurrentSkipListMap<String, LambdaFunction> byName =
      new ConcurrentSkipListMap<>();

  /** No functions yet. */
  public Functions(String region) {
    this.region = region;
  }

  /** Deploys a function, in place of one of the same name. */
  public void deploy(LambdaFunction function) {
    byName.put(function.configuration().name(), function);
  }

  /** Deletes a function, if it is there. */
  public void delete(String name) {
    byName.remove(name);
  }

  /** Sets how many functions of the account may run at once. */
  public void limitConcurrency(int executions) {
    concurrency = executions;
  }

  /** The answer of GetAccountSettings. */
  String accountSettings() {
    return """
        {"AccountLimit":{"TotalCodeSize":80530636800,"CodeSizeUnzipped":262144000,\
        "CodeSizeZipped":52428800,"ConcurrentExecutions":%1$d,\
        "UnreservedConcurrentExecutions":%1$d},\
        "AccountUsage":{"TotalCodeSize":1,"FunctionCount":%2$d}}"""
        .formatted(concurrency, byName.size());
  }

  /** Finds a function by name or ARN, with or without {@code :$LATEST}. */
  Optional<LambdaFunction> find(String nameOrArn) {
    String unqualified = nameOrArn.replace(":$LATEST", "");
    String name = unqualified.substring(unqualified.lastIndexOf(':') + 1);
    return arn(name).equals(arn(unqualified))
        ? Optional.ofNullable(byName.get(name))
        : Optional.empty();
  }

  String arn(String nameOrArn) {
    return nameOrArn.startsWith("arn:")
        ? nameOrArn
        : "arn:aws:lambda:" + region + ":" + Principal.ACCOUNT + ":function:" + nameOrArn;
  }

  /** The answer of ListFunctions; the marker is the name of the page's last function. */
  String page(Map<String, String> query) {
    int limit =
        Math.min(LONGEST_PAGE, Integer.parseInt(query.getOrDefault("MaxItems", "" + LONGEST_PAGE)));
    List<LambdaFunction> rest =
        new ArrayList<>(byName.tailMap(query.getOrDefault("Marker", ""), false).values());
    List<LambdaFunction> page = rest.subList(0, Math.min(limit, rest.size()));
    String marker =
        rest.size() > page.size() ? '"' + page.getLast().configuration().name() + '"' : "null";
    String functions =
        page.stream()
            .map(function -> function.configuration().json())
            .collect(Collectors.joining(","));
    return "{\"Functions\":[%s],\"NextMarker\":%s}".formatted(functions, marker);
  }
}
