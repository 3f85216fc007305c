package dev.renderworker.remotion.request;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes numbers as ECMAScript does (ECMA-262, Number::toString). */
final class JavaScriptNumber {
  private static final double LARGEST_EXACT_INTEGER = 1L << 53;
  private static final int MOST_DIGITS_BEFORE_POINT = 21;
  private static final int MOST_ZEROS_AFTER_POINT = 6;

  private JavaScriptNumber() {}

  /** The text of a finite number; {@code null} for the others, as JSON has no text for them. */
  static String format(double value) {
    if (!Double.isFinite(value)) {
      return "null";
    }
    if (value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT_INTEGER) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String sign = value < 0 ? "-" : "";
    String digits = shortest.unscaledValue().toString();
    return sign + place(digits, digits.length() - shortest.scale());
  }

  /** The shortest decimal that reads back as the value. */
  private static BigDecimal shortest(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      // Double.toString always writes two digits, even where one would do (5e-324).
      BigDecimal oneDigit = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_UP));
      return oneDigit.doubleValue() == value ? oneDigit : decimal;
    }
    return decimal;
  }

  /** Places the decimal point: the value is 0.digits times ten to the power of {@code point}. */
  private static String place(String digits, int point) {
    if (digits.length() <= point && point <= MOST_DIGITS_BEFORE_POINT) {
      return digits + "0".repeat(point - digits.length());
    }
    if (0 < point && point <= MOST_DIGITS_BEFORE_POINT) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-MOST_ZEROS_AFTER_POINT < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return scientific(digits, point - 1);
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
