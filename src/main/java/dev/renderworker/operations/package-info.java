/**
 * What producers and operators may ask for: enqueue, list and find jobs, cancel, retry, look after
 * dead letters, see workers and queue. The command line and the HTTP API are two ways in.
 *
 * <p>Owns the narrow interfaces that it needs, which the adapters of queue and tables implement;
 * knows no AWS type. Of the worker's package it takes the message reader, the exception for a
 * service that refuses, and the way to wait.
 */
package dev.renderworker.operations;
