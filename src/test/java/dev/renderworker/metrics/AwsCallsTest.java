package dev.renderworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.renderworker.local.LocalAwsOptions;
import dev.renderworker.local.LocalNames;
import dev.renderworker.local.LocalService;
import dev.renderworker.local.StandIns;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Real calls of the SDK to the stand-ins. */
class AwsCallsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StandIns aws;
  private final StsClient sts;

  AwsCallsTest() throws IOException {
    aws = StandIns.start(LocalAwsOptions.STANDARD);
    sts =
        StsClient.builder()
            .region(Region.of(LocalNames.REGION))
            .endpointOverride(aws.endpoint(LocalService.STS))
            .credentialsProvider(
                InstanceProfileCredentialsProvider.builder()
                    .endpoint(aws.endpoint(LocalService.IMDS).toString())
                    .build())
            .overrideConfiguration(override -> override.addMetricPublisher(new AwsCalls(registry)))
            .build();
  }

  @AfterEach
  void close() {
    sts.close();
    aws.close();
  }

  @Test
  void callIsTimedByServiceOperationAndResult() {
    sts.getCallerIdentity();
    assertEquals(1, calls("ok"));
  }

  @Test
  void callThatTheSdkRepeatsIsOneCallAndItsRetriesAreCounted() {
    fault(new Fault.Refuse(Refusal.THROTTLED), 1);
    sts.getCallerIdentity();
    assertEquals(1, calls("ok"));
    assertEquals(
        1,
        registry
            .get("render.worker.aws.retries")
            .tags("service", "STS", "operation", "GetCallerIdentity")
            .counter()
            .count());
  }

  @Test
  void failuresAreToldApart() {
    fails(new Fault.Refuse(Refusal.THROTTLED), "throttled");
    fails(new Fault.Refuse(Refusal.SERVER_ERROR), "server_error");
    fails(new Fault.Refuse(Refusal.ACCESS_DENIED), "refused");
    fails(new Fault.Drop(), "no_answer");
  }

  private void fails(Fault.Effect effect, String result) {
    fault(effect, Integer.MAX_VALUE);
    assertThrows(SdkException.class, sts::getCallerIdentity);
    aws.faults().clear();
    assertEquals(1, calls(result));
  }

  private void fault(Fault.Effect effect, int times) {
    aws.faults()
        .inject(Fault.before(CallPattern.of("sts", "GetCallerIdentity").times(times), effect));
  }

  private long calls(String result) {
    return registry
        .get("render.worker.aws.calls")
        .tags("service", "STS", "operation", "GetCallerIdentity", "result", result)
        .timer()
        .count();
  }
}
