package dev.renderworker.local;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the program tells whoever started it. */
final class Introduction {
  private Introduction() {}

  static String of(LocalAws aws) {
    boolean fifo = aws.queueUrl().endsWith(".fifo");
    return """
        The local AWS is up. Ctrl-C ends it.

        Queue            %1$s
        Dead letters     %2$s
        Tables           %3$s, %4$s
        Function         %5$s
        Bucket           %6$s
        Control          %7$s (GET /counts, GET /renders, POST /faults)

        A worker's environment:
        %8$s
        Then start one:
          scripts/render-worker run

        The AWS CLI asks for any credentials; version 1 must be told SQS's endpoint:
          export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1
        Send a job, and one that fails (more: the input prop "simulate", see Simulation.java):
          aws sqs send-message --endpoint-url %9$s --queue-url %1$s%10$s \\
            --message-body '%11$s'
          aws sqs send-message --endpoint-url %9$s --queue-url %1$s%12$s \\
            --message-body '%13$s'
        Look at the job, at all jobs, at the dead letters:
          aws dynamodb get-item --endpoint-url %14$s --table-name %3$s --key '{"jobId":{"S":"demo-1"}}'
          aws dynamodb scan --endpoint-url %14$s --table-name %3$s
          aws sqs receive-message --endpoint-url %9$s --queue-url %2$s \\
            --message-attribute-names All --visibility-timeout 0
        """
        .formatted(
            aws.queueUrl(),
            aws.deadLetterQueueUrl(),
            LocalNames.JOBS_TABLE,
            LocalNames.WORKERS_TABLE,
            LocalNames.FUNCTION,
            LocalNames.BUCKET,
            aws.endpoint(LocalService.CONTROL),
            exports(aws),
            aws.endpoint(LocalService.SQS),
            fifo ? group("demo-1") : "",
            message("demo-1", "{\"title\":\"Hello\"}"),
            fifo ? group("demo-2") : "",
            message("demo-2", "{\"title\":\"Hello\",\"simulate\":\"script-error\"}"),
            aws.endpoint(LocalService.DYNAMODB));
  }

  private static String exports(LocalAws aws) {
    return new TreeMap<>(aws.environment())
        .entrySet().stream()
            .map(entry -> "  export " + entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining());
  }

  private static String group(String id) {
    return " --message-group-id demo --message-deduplication-id " + id;
  }

  private static String message(String jobId, String props) {
    return "{\"jobId\":\"%s\",\"composition\":\"hello\",\"codec\":\"h264\",\"inputProps\":%s}"
        .formatted(jobId, props);
  }
}
