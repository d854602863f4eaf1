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
 * @param words    status words, lower case; all others mean: keep waiting
 * @param urls     where the video's URL is, as JSON pointers; the first usable one wins
 * @param content  whether a video without a URL can be fetched by its task id
 * @param lifetime of the URL from {@code completed_at} on, as documented; null = not, or the answer says it itself
 * @param cost     what the body says it costs; gives null where it does not say
 * @param onFailed whether a failed job was charged, as documented
 */
public record TaskShape(
        String gateway, Map<String, Phase> words, List<String> urls, boolean content, Duration lifetime,
        Function<JsonNode, Cost> cost, Charged onFailed) {
}
