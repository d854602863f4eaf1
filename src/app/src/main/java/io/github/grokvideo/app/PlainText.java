// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

/** Text from outside, as it may go to a terminal. */
final class PlainText {

    private PlainText() {
    }

    /** @return the text on one line, without anything a terminal would obey */
    static String of(String text) {
        return text == null ? ""
                : text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}|[\\u202A-\\u202E\\u2066-\\u2069]", "").strip();
    }

    /** @return the text cut to a width; the end of a cut one is three dots */
    static String cut(String text, int width) {
        return text.length() <= width ? text : width < 4 ? text.substring(0, width) : text.substring(0, width - 3) + "...";
    }
}
