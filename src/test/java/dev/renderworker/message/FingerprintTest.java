package dev.renderworker.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.renderworker.job.ParsedMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private final MessageParser parser = new MessageParser(request -> List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'composition':'c','codec':'gif'} | {'codec':'gif','composition':'c'}",
        "{'composition':'c','inputProps':{'a':1,'b':2}} | {'composition':'c','inputProps':{'b':2,'a':1}}",
        "{'composition':'c','scale':1} | {'composition':'c','scale':1.0}",
        "{'composition':'c','scale':1} | {'composition':'c','scale':1e0}",
        "{'composition':'c','inputProps':{'a':100000000000000000000}} | {'composition':'c','inputProps':{'a':1e20}}",
        "{'composition':'c','inputProps':{'a':0}} | {'composition':'c','inputProps':{'a':-0.0}}",
        "{'composition':'c'} | {'composition':'c','type':'media'}",
        "{'composition':'c'} | {'composition':'c','crf':null,'muted':null}",
        "{'composition':'c','jobId':'a'} | {'composition':'c','jobId':'b'}",
        "{'composition':'c'} | {'composition':'\\u0063'}"
      })
  void requestsForTheSameRenderHaveTheSameFingerprint(String one, String other) {
    assertEquals(fingerprint(one), fingerprint(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'composition':'c'} | {'composition':'d'}",
        "{'composition':'c'} | {'composition':'c','type':'still'}",
        "{'composition':'c','inputProps':{'a':1}} | {'composition':'c','inputProps':{'a':'1'}}",
        "{'composition':'c','inputProps':{'a':1}} | {'composition':'c','inputProps':{'a':1.5}}",
        "{'composition':'c','inputProps':{'a':null}} | {'composition':'c','inputProps':{'a':'null'}}",
        "{'composition':'c','inputProps':{'a':null}} | {'composition':'c','inputProps':{}}",
        "{'composition':'c','inputProps':{'a':[1,2]}} | {'composition':'c','inputProps':{'a':[2,1]}}",
        "{'composition':'c','inputProps':{'a':[[1],2]}} | {'composition':'c','inputProps':{'a':[[1,2]]}}",
        "{'composition':'c','inputProps':{'a':'b\\\",\\\"c'}} | {'composition':'c','inputProps':{'a':'b','c':''}}"
      })
  void requestsForDifferentRendersHaveDifferentFingerprints(String one, String other) {
    assertNotEquals(fingerprint(one), fingerprint(other));
  }

  @Test
  void fingerprintStaysTheSameFromReleaseToRelease() {
    assertEquals(
        "acc39e023c0cb019d0f130afb533a44ec7d0139c7258d5267eb26c71911a6254",
        fingerprint("{'composition':'c','inputProps':{'b':[1.5,null,true],'a':'\\u00fc'}}"));
  }

  private String fingerprint(String body) {
    ParsedMessage parsed = parser.parse(body.replace('\'', '"'));
    return assertInstanceOf(ParsedMessage.Valid.class, parsed, parsed::toString)
        .request()
        .fingerprint();
  }
}
