package dev.renderworker.local.bench;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The AWS calls of a run. */
record Calls(JsonNode counts) {
  /** What the benchmark itself asks. */
  private static final Set<String> OURS =
      Set.of("sqs.GetQueueAttributes", "sqs.SendMessageBatch", "dynamodb.Scan");

  Map<String, Object> perJob(int jobs) {
    Map<String, Object> calls = new TreeMap<>();
    double sum = 0;
    for (Map.Entry<String, JsonNode> operation : counts.properties()) {
      if (!OURS.contains(operation.getKey()) && !operation.getKey().startsWith("imds")) {
        double each = operation.getValue().asInt() / (double) jobs;
        sum += each;
        calls.put("calls " + operation.getKey(), "%.3f".formatted(each));
      }
    }
    calls.put("callsPerJob", "%.2f".formatted(sum));
    return calls;
  }
}
