package dev.renderworker.queue;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues for one test, and the clients that a worker would use. */
final class Queues implements AutoCloseable {
  private final LocalAws aws;
  private final String name = "renders-" + UUID.randomUUID();
  private final SqsClients clients =
      SqsClients.open(
          Region.of(LocalNames.REGION),
          StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")),
          Duration.ofSeconds(1),
          List.of());

  Queues(LocalAws aws) {
    this.aws = aws;
  }

  SqsClients clients() {
    return clients;
  }

  SqsClient client() {
    return clients.working();
  }

  /** The name that the test's queues begin with. */
  String name() {
    return name;
  }

  /** Makes a queue; one whose suffix ends in {@code .fifo} is a FIFO queue. */
  URI make(String suffix, Map<QueueAttributeName, String> attributes) {
    Map<QueueAttributeName, String> all = new EnumMap<>(QueueAttributeName.class);
    all.putAll(attributes);
    if (suffix.endsWith(".fifo")) {
      all.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    return URI.create(
        client().createQueue(make -> make.queueName(name + suffix).attributes(all)).queueUrl());
  }

  URI make(String suffix) {
    return make(suffix, Map.of());
  }

  String attribute(URI url, QueueAttributeName attribute) {
    return client()
        .getQueueAttributes(get -> get.queueUrl(url.toString()).attributeNames(attribute))
        .attributes()
        .get(attribute);
  }

  /** How often the operation was called so far. */
  long calls(String operation) {
    return aws.counts().of("sqs", operation);
  }

  @Override
  public void close() {
    clients.close();
  }
}
