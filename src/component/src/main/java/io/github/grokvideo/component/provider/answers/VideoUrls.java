// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;

/** Finds the video's URL in a task, at the documented place or where relays put it. */
final class VideoUrls {

    /** Characters. Longer texts are not URLs: servers accept 8 to 16 KiB. */
    private static final int LONGEST = 32_768;
    /** A URL here can only be the generated video. */
    private static final List<String> NAMED = List.of(
            "/response/video", "/response/video_url", "/output/video_urls/0", "/output/urls/0", "/output/url", "/output/video_url",
            "/output/video", "/output", "/result/data/0/url", "/result/video_url", "/result/video", "/result_url", "/unsigned_urls/0",
            "/content/video_url", "/video/file_output/public_url");
    /** A URL here may be the request's video if answers repeat the request. */
    private static final List<String> NAMED_AS_IN_REQUESTS = List.of(
            "/video/url", "/video", "/video_url", "/videoUrl", "/video_urls/0", "/videos/0", "/data/video_url");
    /** A URL here is the video if the task is done; otherwise it may be the task's own URL. */
    private static final List<String> UNNAMED = List.of(
            "/result/url", "/response/url", "/metadata/url", "/data/0/url", "/data/url", "/urls/0", "/download_url", "/file_url", "/url");
    private static final Pattern HTTP = Pattern.compile("(?i)https?:.*", Pattern.DOTALL);
    /** A path relative to the base URL, but not a placeholder such as "pending" or "N/A". */
    private static final Pattern RELATIVE = Pattern.compile(
            "(?is)(?:/|\\./|\\.\\./|\\?).+|[^:?#]+\\.(?:mp4|m4v|mov|webm)(?:[?#].*)?");
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?is)[a-z][a-z0-9+.-]*:\\S.*");
    private static final Pattern BLANK_ENDS = Pattern.compile("^[\\s\\p{Cc}\\p{Cf}]+|[\\s\\p{Cc}\\p{Cf}]+$");

    private VideoUrls() {
    }

    /**
     * Whether there is a URL that is certainly the video, even without a status word.
     *
     * @param elsewhere as for {@link #find}
     */
    static boolean isIn(JsonNode task, List<String> documented, boolean elsewhere) {
        return Stream.of(documented, NAMED, elsewhere ? NAMED_AS_IN_REQUESTS : List.<String>of())
                .map(pointers -> first(task, pointers, true)).anyMatch(url -> url != null && HTTP.matcher(url).matches());
    }

    /**
     * @param  task       a finished task
     * @param  documented the gateway's own JSON pointers; the first usable one wins
     * @param  elsewhere  whether to search also where the request's video or the task's own URL may be
     * @return            the URL as the gateway wrote it, possibly relative to the base URL or with unencoded characters; null = none
     */
    static String find(JsonNode task, List<String> documented, boolean elsewhere) {
        Stream<List<String>> places = elsewhere ? Stream.of(documented, NAMED, NAMED_AS_IN_REQUESTS, UNNAMED)
                : Stream.of(documented, NAMED);
        return places.map(pointers -> first(task, pointers, true)).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** @return text in the URL's place that is not an http(s) URL; null = none */
    static String unusable(JsonNode task, List<String> documented) {
        return Stream.of(documented, NAMED, NAMED_AS_IN_REQUESTS, UNNAMED).map(pointers -> first(task, pointers, false))
                .filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String first(JsonNode task, List<String> pointers, boolean usable) {
        for (String pointer : pointers) {
            String text = text(Lenient.at(task, pointer));
            if (text != null && (usable ? isUsable(text) : !isUsable(text) && OTHER_SCHEME.matcher(text).matches())) {
                return text;
            }
        }
        return null;
    }

    private static boolean isUsable(String text) {
        return HTTP.matcher(text).matches() || RELATIVE.matcher(text).matches();
    }

    /** @return null = not a string, or too long for a URL */
    private static String text(JsonNode node) {
        JsonNode one = node.isArray() ? node.path(0) : node;
        JsonNode value = one.isObject() ? one.path("url") : one;
        if (!value.isTextual() || value.asText().length() > LONGEST) {
            return null;
        }
        String text = BLANK_ENDS.matcher(value.asText()).replaceAll("");
        return text.isEmpty() ? null : text;
    }
}
