// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.openai;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What relays that speak the OpenAI videos dialect do differently.
 *
 * @param multipart whether local images are sent as files; false = as data URIs in JSON
 * @param metadata  whether fields that OpenAI does not have go into the object {@code metadata}; false = to the top level
 * @param urls      JSON pointers to the video's URL
 * @param sizes     {@code size} by resolution and ratio, such as {@code "720p 16:9"}
 */
record OpenAiSettings(boolean multipart, boolean metadata, List<String> urls, Map<String, String> sizes) {

    static final OpenAiSettings DEFAULT = new OpenAiSettings(false, false, List.of("/metadata/url", "/video_url", "/url"),
            PictureSize.PIXELS);

    private static final Set<String> NAMES = Set.of("body", "extras", "url", "sizes");

    /** @throws IllegalArgumentException naming an unknown setting, or a wrong value and what is allowed */
    static OpenAiSettings of(Map<String, String> settings) {
        for (String name : settings.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("providerOptions of openai has no " + name + "; it has body, extras, url and sizes");
            }
        }
        return new OpenAiSettings(
                isSecond(settings, "body", "json", "multipart"), isSecond(settings, "extras", "top", "metadata"),
                settings.containsKey("url") ? urls(settings.get("url")) : DEFAULT.urls, sizes(settings.get("sizes")));
    }

    private static boolean isSecond(Map<String, String> settings, String name, String first, String second) {
        String value = settings.getOrDefault(name, first);
        if (!value.equals(first) && !value.equals(second)) {
            throw new IllegalArgumentException("providerOptions of openai: " + name + " must be " + first + " or " + second + ", not "
                    + value);
        }
        return value.equals(second);
    }

    private static List<String> urls(String text) {
        List<String> urls = Arrays.stream(text.split(",")).map(String::strip).toList();
        if (!urls.stream().allMatch(url -> url.matches("(/[^/\\s]+)+"))) {
            throw new IllegalArgumentException("providerOptions of openai: url must be JSON pointers such as /metadata/url, separated by"
                    + " commas, not " + text);
        }
        return urls;
    }

    /** @param text null = none */
    private static Map<String, String> sizes(String text) {
        Map<String, String> sizes = new LinkedHashMap<>(DEFAULT.sizes);
        for (String one : text == null ? new String[0] : text.split(",")) {
            String[] pair = one.strip().split("=", -1);
            if (pair.length != 2 || !pair[0].strip().matches("\\d+p \\d+:\\d+") || !pair[1].strip().matches("\\d+x\\d+")) {
                throw new IllegalArgumentException("providerOptions of openai: sizes must be such as 720p 16:9=1280x720, separated by"
                        + " commas, not " + one.strip());
            }
            sizes.put(pair[0].strip(), pair[1].strip());
        }
        return Map.copyOf(sizes);
    }
}
