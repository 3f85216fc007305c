package dev.renderworker.remotion.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts were produced by Node.js. */
class JavaScriptJsonTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1.0, 1",
    "-7, -7",
    "0.1, 0.1",
    "123456.789, 123456.789",
    "1e21, 1e+21",
    "123456789012345680000, 123456789012345680000",
    "1e20, 100000000000000000000",
    "1.5e300, 1.5e+300",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "-0.00000123, -0.00000123",
    "-0.000000123, -1.23e-7",
    "5e-324, 5e-324",
    "2e-323, 2e-323",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740993, 9007199254740992",
    "2e23, 2e+23",
    "9007199254740994, 9007199254740994",
    "0.3333333333333333, 0.3333333333333333",
    "1e400, null",
    "-1e400, null"
  })
  void numbersAreWrittenAsEcmaScriptWritesDoubles(String json, String expected) {
    assertEquals(expected, JavaScriptJson.stringify(new BigDecimal(json)));
    assertEquals(expected, JavaScriptJson.stringify(Double.valueOf(json)));
  }

  @Test
  void integersBeyondTheExactRangeAreRoundedAsDoublesAre() {
    assertEquals("9007199254740992", JavaScriptJson.stringify(9_007_199_254_740_993L));
    assertEquals(
        "123456789012345680000", JavaScriptJson.stringify(new BigInteger("123456789012345678901")));
    assertEquals("null", JavaScriptJson.stringify(Double.NaN));
  }

  @Test
  void onlyWhatHasToBeEscapedIsEscaped() {
    assertEquals(
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028ü日🎬</script>\"",
        JavaScriptJson.stringify("\"\\/\b\f\n\r\t\0\u001f\u007f\u2028ü日🎬</script>"));
  }

  @Test
  void loneSurrogatesAreEscapedInLowerCase() {
    assertEquals("\"\\udc00\\ud83d\"", JavaScriptJson.stringify("\udc00\ud83d"));
    assertEquals("\"\\ud83dx🎬\\ud83d\"", JavaScriptJson.stringify("\ud83dx🎬\ud83d"));
  }

  @Test
  void keysLikeArrayIndicesComeFirstInAscendingOrder() {
    Map<String, Object> object = new LinkedHashMap<>();
    List.of("b", "10", "2", "01", "-1", "4294967295", "4294967294", "0", "a", "", "1.5")
        .forEach(key -> object.put(key, 1));

    assertEquals(
        "{\"0\":1,\"2\":1,\"10\":1,\"4294967294\":1,\"b\":1,\"01\":1,\"-1\":1,"
            + "\"4294967295\":1,\"a\":1,\"\":1,\"1.5\":1}",
        JavaScriptJson.stringify(object));
  }

  @Test
  void nestingAndNullsStay() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("a", null);
    object.put("b", List.of());
    object.put("c", Map.of());
    object.put("d", Arrays.asList(null, Map.of("e", List.of(List.of(1))), true));

    assertEquals(
        "{\"a\":null,\"b\":[],\"c\":{},\"d\":[null,{\"e\":[[1]]},true]}",
        JavaScriptJson.stringify(object));
  }

  @Test
  void specialStringsOfRemotionPassThrough() {
    assertEquals(
        "[\"remotion-date:1970-01-01T00:00:00.000Z\",\"remotion-file:logo.png\"]",
        JavaScriptJson.stringify(
            List.of("remotion-date:1970-01-01T00:00:00.000Z", "remotion-file:logo.png")));
  }

  @Test
  void valuesThatAreNoJsonAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> JavaScriptJson.stringify(Set.of()));
  }
}
