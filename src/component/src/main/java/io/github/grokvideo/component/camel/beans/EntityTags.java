// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Headers about entity tags (RFC 9110). */
final class EntityTags {

    private EntityTags() {
    }

    /**
     * @param header If-None-Match as a consumer hands it on; null = it was not sent
     * @param tag    a strong one, in quotes; weak and strong tags are the same here
     */
    static boolean names(Object header, String tag) {
        String tags = text(header);
        return tags != null && Arrays.stream(tags.split(",")).map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    /** @return the value of a header; one that was sent more than once is a list */
    static String text(Object header) {
        return header instanceof Collection<?> many ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
                : header == null ? null : header.toString().strip();
    }
}
