// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.Cost;

/**
 * How a gateway describes a task.
 *
 * @param gateway  its name
 * @param words    status words in lower case; unknown ones mean that the job continues
 * @param urls     JSON pointers to the video's URL; the first usable one wins
 * @param content  whether a video without a URL can be fetched by its task id
 * @param lifetime documented lifetime of the URL from {@code completed_at} on; null = not documented, or reported in the answer
 * @param cost     reads the cost from the body; returns null if not reported
 * @param onFailed whether a failed job is charged, as documented
 */
public record TaskShape(
        String gateway, Map<String, Phase> words, List<String> urls, boolean content, Duration lifetime,
        Function<JsonNode, Cost> cost, Charged onFailed) {
}
