package dev.renderworker.remotion.client;

import dev.renderworker.job.RenderRequest;
import java.util.Map;

/**
 * A render that is asked for.
 *
 * @param correlation shown again by its progress; a still has none
 */
record StartRequest(RenderRequest render, Map<String, String> correlation) {}
