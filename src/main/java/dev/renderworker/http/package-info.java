/**
 * The HTTP API and the job page: another way in to what {@code operations} offers, on the server of
 * the JDK. Knows no AWS type and no adapter.
 */
package dev.renderworker.http;
