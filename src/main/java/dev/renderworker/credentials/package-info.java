/** STS: the worker's own identity, the role that it assumes, and their lifetimes. */
package dev.renderworker.credentials;
