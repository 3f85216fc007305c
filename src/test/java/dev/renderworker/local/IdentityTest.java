package dev.renderworker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.identity.InstanceMetadata;
import dev.renderworker.local.identity.Principal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** The metadata service and STS, seen by the SDK. */
class IdentityTest {
  private final SettableClock clock = SettableClock.fromNow();
  private StandIns standIns;
  private SdkClients clients;

  @BeforeEach
  void open() throws Exception {
    standIns = StandIns.start(LocalAwsOptions.STANDARD.clock(clock));
    clients = new SdkClients(standIns);
  }

  @AfterEach
  void close() {
    clients.close();
    standIns.close();
  }

  @Test
  void defaultChainFindsTheInstancesIdentity() {
    withSystemProperties(
        standIns.systemProperties(),
        () -> {
          try (var chain = DefaultCredentialsProvider.builder().build();
              var sts = StsClient.builder().credentialsProvider(chain).build()) {
            assertEquals(
                new Principal(LocalNames.INSTANCE_ROLE, InstanceMetadata.INSTANCE_ID).arn(),
                sts.getCallerIdentity().arn());
          }
        });
  }

  private static void withSystemProperties(Map<String, String> properties, Runnable action) {
    properties.forEach(System::setProperty);
    try {
      action.run();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void metadataWantsATokenFirst() throws Exception {
    URI uri =
        standIns.endpoint(LocalService.IMDS).resolve("/latest/meta-data/iam/security-credentials/");
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertEquals(401, answer.statusCode());
    }
  }

  @Test
  void assumedRoleIsWhoItSays() {
    try (var sts = clients.build(StsClient.builder(), LocalService.STS, clients.role())) {
      assertEquals(
          new Principal(LocalNames.ROLE, "render-worker").arn(), sts.getCallerIdentity().arn());
    }
  }

  @Test
  void assumedCredentialsEndWhenAskedTo() {
    AssumeRoleResponse assumed = assume(request -> request.durationSeconds(900));
    Duration life = Duration.between(clock.instant(), assumed.credentials().expiration());
    assertTrue(life.compareTo(Duration.ofSeconds(898)) > 0, life.toString());
    assertTrue(life.compareTo(Duration.ofMinutes(15)) <= 0, life.toString());
  }

  @Test
  void anotherRoleMayNotBeAssumed() {
    var denied =
        assertThrows(
            StsException.class,
            () -> assume(request -> request.roleArn("arn:aws:iam::123456789012:role/admin")));
    assertEquals("AccessDenied", denied.awsErrorDetails().errorCode());
    assertEquals(403, denied.statusCode());
    String message = denied.awsErrorDetails().errorMessage();
    assertTrue(message.contains("is not authorized to perform: sts:AssumeRole"), message);
  }

  @Test
  void chainedRoleLastsAnHourAtMost() {
    var refused =
        assertThrows(StsException.class, () -> assume(request -> request.durationSeconds(3601)));
    assertEquals("ValidationError", refused.awsErrorDetails().errorCode());
    assertEquals(400, refused.statusCode());
  }

  @Test
  void sessionNameIsValidated() {
    var refused =
        assertThrows(
            StsException.class, () -> assume(request -> request.roleSessionName("not valid")));
    assertEquals("ValidationError", refused.awsErrorDetails().errorCode());
  }

  @Test
  void strangerMayNotAssumeARole() {
    var stranger = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA1", "secret"));
    try (var sts = clients.build(StsClient.builder(), LocalService.STS, stranger)) {
      var refused = assertThrows(StsException.class, sts::getCallerIdentity);
      assertEquals("InvalidClientTokenId", refused.awsErrorDetails().errorCode());
    }
  }

  @Test
  void instanceSessionThatHasEndedIsExpired() {
    clients.sts().getCallerIdentity();
    clock.advance(Duration.ofHours(7));
    var refused = assertThrows(StsException.class, () -> clients.sts().getCallerIdentity());
    assertEquals("ExpiredToken", refused.awsErrorDetails().errorCode());
  }

  private AssumeRoleResponse assume(Consumer<AssumeRoleRequest.Builder> change) {
    return clients
        .sts()
        .assumeRole(
            request ->
                change.accept(
                    request.roleArn(LocalNames.ROLE_ARN).roleSessionName("render-worker")));
  }
}
