/**
 * What is sent to the render function: the payloads, field for field those of the official client,
 * and the rules that find a request which the function would refuse after money was spent.
 */
package dev.renderworker.remotion.request;
