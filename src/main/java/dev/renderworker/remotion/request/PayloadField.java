package dev.renderworker.remotion.request;

import java.util.Map;

/**
 * A field of a payload that is an option of the message under the same name, or its default.
 *
 * @param fallback what the official client sends when the option is absent or null; null is sent as
 *     null, because for the function an absent field is not the same
 */
record PayloadField(String name, Object fallback) {

  static PayloadField orNull(String name) {
    return new PayloadField(name, null);
  }

  static PayloadField or(String name, Object fallback) {
    return new PayloadField(name, fallback);
  }

  void put(Map<String, Object> options, Map<String, Object> payload) {
    Object given = options.get(name);
    payload.put(name, given == null ? fallback : given);
  }
}
