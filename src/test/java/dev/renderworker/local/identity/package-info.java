/** Who may call: the instance's metadata service, STS, and the sessions that both hand out. */
package dev.renderworker.local.identity;
