/**
 * The life of a job: receive, parse, claim, start, follow, finish; capacity, pause, retry, stop.
 * Owns the narrow interfaces that it needs; knows no AWS type.
 */
package dev.renderworker.worker;
