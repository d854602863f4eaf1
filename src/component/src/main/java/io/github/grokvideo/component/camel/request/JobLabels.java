// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.engine.OrderLabels;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobDetails;
import org.apache.camel.Exchange;

/** Reads the tag, metadata and priority of a job. */
public final class JobLabels {

    private static final int LONGEST_TAG = 200;
    private static final int MAX_METADATA_BYTES = 4096;

    private JobLabels() {
    }

    /**
     * @param tag of the endpoint; null = none
     * @throws InvalidRequestException if the tag or the metadata are too large
     */
    public static OrderLabels read(Exchange exchange, String tag, boolean detached) {
        String own = exchange.getMessage().getHeader(GrokVideoConstants.TAG, String.class);
        String word = own != null && !own.isBlank() ? own.strip() : tag;
        if (word != null && word.length() > LONGEST_TAG) {
            throw invalid("tag", "it has " + word.length() + " characters; at most " + LONGEST_TAG + " are allowed");
        }
        return new OrderLabels(exchange.getFromRouteId(), word, metadata(exchange), detached, false);
    }

    /**
     * @param  option of the endpoint
     * @return        the priority of the message, else that of the endpoint
     * @throws InvalidRequestException if it is not a priority
     */
    public static int priority(Exchange exchange, int option) {
        Object value = exchange.getMessage().getHeader(GrokVideoConstants.PRIORITY);
        if (value == null || value.toString().isBlank()) {
            return option;
        }
        Integer priority = exchange.getContext().getTypeConverter().tryConvertTo(Integer.class, exchange, value);
        if (priority == null || !JobDetails.isPriority(priority)) {
            throw invalid("priority", "it must be a whole number from " + JobDetails.LOWEST_PRIORITY + " to "
                    + JobDetails.HIGHEST_PRIORITY);
        }
        return priority;
    }

    private static Map<String, String> metadata(Exchange exchange) {
        Object value = exchange.getMessage().getHeader(GrokVideoConstants.METADATA);
        if (value == null) {
            return Map.of();
        }
        Map<?, ?> map = exchange.getContext().getTypeConverter().tryConvertTo(Map.class, exchange, value);
        if (map == null) {
            throw invalid("metadata", "it is a " + value.getClass().getName() + "; it must be a Map");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        long bytes = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() != null && entry.getValue() != null) {
                String name = entry.getKey().toString();
                String text = entry.getValue().toString();
                bytes += name.getBytes(StandardCharsets.UTF_8).length + text.getBytes(StandardCharsets.UTF_8).length;
                metadata.put(name, text);
            }
        }
        if (bytes > MAX_METADATA_BYTES) {
            throw invalid("metadata", "it has " + bytes + " bytes; at most " + MAX_METADATA_BYTES + " are allowed");
        }
        return metadata;
    }

    private static InvalidRequestException invalid(String field, String why) {
        return InvalidRequestException.of(null, null, List.of(new Violation(field, null, why)));
    }
}
