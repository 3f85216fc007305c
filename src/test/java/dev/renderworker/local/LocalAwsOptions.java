package dev.renderworker.local;

import static java.util.Objects.requireNonNull;

import dev.renderworker.local.remotion.RenderDefaults;
import java.time.InstantSource;
import java.util.Map;

/**
 * How the embedded AWS shall be.
 *
 * @param clock the time of STS, Lambda and S3; SQS and DynamoDB keep the machine's
 * @param renders how renders go
 * @param fifo whether the queues are FIFO queues
 * @param maxReceiveCount after how many receives SQS itself moves a message to the dead letters
 * @param ports fixed ports; any free one where none is given
 */
public record LocalAwsOptions(
    InstantSource clock,
    RenderDefaults renders,
    boolean fifo,
    int maxReceiveCount,
    Map<LocalService, Integer> ports) {
  /** The machine's clock, standard queues, ten receives, free ports. */
  public static final LocalAwsOptions STANDARD =
      new LocalAwsOptions(InstantSource.system(), RenderDefaults.STANDARD, false, 10, Map.of());

  public LocalAwsOptions {
    requireNonNull(clock, "clock");
    requireNonNull(renders, "renders");
    ports = Map.copyOf(ports);
    if (maxReceiveCount < 1) {
      throw new IllegalArgumentException("maxReceiveCount " + maxReceiveCount);
    }
  }

  /** The same on this clock. */
  public LocalAwsOptions clock(InstantSource source) {
    return new LocalAwsOptions(source, renders, fifo, maxReceiveCount, ports);
  }

  /** The same with renders like this. */
  public LocalAwsOptions renders(RenderDefaults defaults) {
    return new LocalAwsOptions(clock, defaults, fifo, maxReceiveCount, ports);
  }

  /** The same with FIFO queues. */
  public LocalAwsOptions withFifoQueues() {
    return new LocalAwsOptions(clock, renders, true, maxReceiveCount, ports);
  }

  /** The same with this redrive policy. */
  public LocalAwsOptions maxReceiveCount(int count) {
    return new LocalAwsOptions(clock, renders, fifo, count, ports);
  }

  /** The same on these ports. */
  public LocalAwsOptions ports(Map<LocalService, Integer> fixed) {
    return new LocalAwsOptions(clock, renders, fifo, maxReceiveCount, fixed);
  }

  int port(LocalService service) {
    return ports.getOrDefault(service, 0);
  }
}
