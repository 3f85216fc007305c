package dev.renderworker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.InjectedFault;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Faults strike the calls that they are meant for, before or after the effect. */
class FaultsTest {
  private static final CallPattern PUTS = CallPattern.of("s3", "PutObject");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private StandIns standIns;
  private SdkClients clients;
  private S3Client s3;

  @BeforeEach
  void open() throws Exception {
    standIns = StandIns.start(LocalAwsOptions.STANDARD);
    clients = new SdkClients(standIns);
    s3 = clients.s3(clients.role());
  }

  @AfterEach
  void close() {
    s3.close();
    clients.close();
    standIns.close();
    threads.shutdownNow();
  }

  private PutObjectResponse put(String key) {
    return s3.putObject(
        request -> request.bucket(LocalNames.BUCKET).key(key),
        RequestBody.fromString("content of " + key));
  }

  private boolean isThere(String key) {
    return standIns.store().find(LocalNames.BUCKET, key).isPresent();
  }

  @Test
  void connectionDroppedBeforeTheEffectLeavesNothing() {
    standIns.faults().inject(Fault.before(PUTS, new Fault.Drop()));
    assertThrows(SdkClientException.class, () -> put("a"));
    assertFalse(isThere("a"));
  }

  @Test
  void connectionDroppedAfterTheEffectLeavesIt() {
    standIns.faults().inject(Fault.after(PUTS, new Fault.Drop()));
    assertThrows(SdkClientException.class, () -> put("a"));
    assertTrue(isThere("a"));
  }

  @Test
  void faultStrikesAsOftenAsItShould() {
    InjectedFault fault =
        standIns.faults().inject(Fault.before(PUTS.skip(1).times(1), new Fault.Drop()));
    put("a");
    assertThrows(SdkClientException.class, () -> put("b"));
    put("c");
    assertEquals(1, fault.hits());
    assertEquals(3, standIns.counts().of("s3", "PutObject"));
  }

  @Test
  void faultMayBeMeantForOneBody() {
    standIns.faults().inject(Fault.before(PUTS.containing("content of b"), new Fault.Drop()));
    put("a");
    assertThrows(SdkClientException.class, () -> put("b"));
  }

  @Test
  void removedFaultStrikesNoMore() {
    InjectedFault fault = standIns.faults().inject(Fault.before(PUTS, new Fault.Drop()));
    standIns.faults().remove(fault);
    put("a");
    assertTrue(isThere("a"));
  }

  @Test
  void heldCallGoesOnWhenReleased() throws Exception {
    InjectedFault hold = standIns.faults().inject(Fault.before(PUTS, new Fault.Hold()));
    Future<PutObjectResponse> call = threads.submit(() -> put("a"));
    assertTrue(hold.awaitHeld(1, LIMIT));
    assertFalse(isThere("a"));
    hold.release();
    call.get();
    assertTrue(isThere("a"));
  }

  @Test
  void callHeldAfterItsEffectHasIt() throws Exception {
    InjectedFault hold = standIns.faults().inject(Fault.after(PUTS, new Fault.Hold()));
    Future<PutObjectResponse> call = threads.submit(() -> put("a"));
    assertTrue(hold.awaitHeld(1, LIMIT));
    assertTrue(isThere("a"));
    assertFalse(call.isDone());
    hold.release();
    call.get();
  }

  @Test
  void heldCallThatIsDiscardedNeverTakesEffect() throws Exception {
    InjectedFault hold = standIns.faults().inject(Fault.before(PUTS, new Fault.Hold()));
    Future<PutObjectResponse> call = threads.submit(() -> put("a"));
    assertTrue(hold.awaitHeld(1, LIMIT));
    hold.discard();
    assertThrows(ExecutionException.class, call::get);
    assertFalse(isThere("a"));
  }
}
