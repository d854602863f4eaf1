// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Meanings of status words: first the gateway's documented ones, then words that relays in front of a gateway use instead. Case, and the
 * difference between spaces, hyphens and underscores, are ignored.
 */
final class StatusWords {

    private static final Pattern GAPS = Pattern.compile("[\\s-]+");
    private static final Pattern PREFIX = Pattern.compile("^task_(status_)?");
    private static final Map<String, Phase> COMMON = common();
    /** Words with which an envelope reports that the query succeeded. They say nothing about the task in it. */
    private static final Set<String> OF_ENVELOPES = Set.of("success", "ok", "true", "200", "0", "1");

    /** Words with which an envelope may report that the query failed. */
    private static final Set<String> OF_FAILED_ENVELOPES = Set.of("error", "fail");

    private StatusWords() {
    }

    private static Map<String, Phase> common() {
        Map<String, Phase> words = new HashMap<>();
        put(words, Phase.WAITING, "pending", "queued", "queueing", "queuing", "in_queue", "waiting", "wait", "submitted", "submitting",
                "created", "accepted", "scheduled", "not_start", "not_started", "preparing", "initializing");
        put(words, Phase.RUNNING, "processing", "in_progress", "inprogress", "running", "generating", "rendering", "started", "starting",
                "working", "active", "uploading", "finalizing");
        put(words, Phase.DONE, "done", "completed", "complete", "succeeded", "succeed", "success", "successful", "finished", "finish",
                "ready");
        put(words, Phase.FAILED, "failed", "failure", "fail", "error", "errored", "cancelled", "canceled", "aborted", "rejected",
                "timeout", "timed_out", "terminated");
        put(words, Phase.EXPIRED, "expired");
        put(words, Phase.MODERATED, "moderated", "moderation_blocked", "content_filtered", "content_moderated", "nsfw");
        return Map.copyOf(words);
    }

    private static void put(Map<String, Phase> words, Phase phase, String... spellings) {
        for (String spelling : spellings) {
            words.put(spelling, phase);
        }
    }

    /**
     * @param  documented the gateway's own words, in lower case; they take precedence
     * @return            null = an unknown word
     */
    static Phase phase(Map<String, Phase> documented, String word) {
        String key = key(word);
        Phase phase = documented.get(key);
        return phase != null ? phase : COMMON.get(key);
    }

    static boolean isOfEnvelope(String word) {
        return OF_ENVELOPES.contains(key(word));
    }

    static boolean mayBeOfEnvelope(String word) {
        return OF_FAILED_ENVELOPES.contains(key(word));
    }

    private static String key(String word) {
        String joined = GAPS.matcher(word.strip().toLowerCase(Locale.ROOT)).replaceAll("_");
        return PREFIX.matcher(joined).replaceFirst("");
    }
}
