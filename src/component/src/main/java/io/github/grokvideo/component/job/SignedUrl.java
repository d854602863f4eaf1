// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

/** Masks signed URLs for messages. They are bearer secrets: whoever has the query string can fetch the video. */
public final class SignedUrl {

    private SignedUrl() {
    }

    /**
     * @param  url any text; null = none
     * @return     the URL without query, fragment and user info; a data URI is cut to its type; null for null
     */
    public static String masked(String url) {
        if (url == null) {
            return null;
        }
        if (url.regionMatches(true, 0, "data:", 0, 5)) {
            int comma = url.indexOf(',');
            return (comma < 0 ? "data:" : url.substring(0, Math.min(comma, 80))) + ",...";
        }
        String shown = url;
        int cut = indexOfAny(shown, '?', '#');
        if (cut >= 0) {
            shown = shown.substring(0, cut);
        }
        int authority = shown.indexOf("://");
        if (authority >= 0) {
            int path = shown.indexOf('/', authority + 3);
            int at = shown.lastIndexOf('@', path < 0 ? shown.length() : path);
            if (at > authority) {
                shown = shown.substring(0, authority + 3) + shown.substring(at + 1);
            }
        }
        return shown;
    }

    private static int indexOfAny(String text, char a, char b) {
        int first = text.indexOf(a);
        int second = text.indexOf(b);
        return first < 0 ? second : second < 0 ? first : Math.min(first, second);
    }
}
