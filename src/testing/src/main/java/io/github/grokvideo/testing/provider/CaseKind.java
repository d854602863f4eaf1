// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The kinds of cases. Each has a file of its own. */
enum CaseKind {

    REQUESTS(true, "request", "mode", "path", "body"),
    VIOLATIONS(false, "request", "fields", "messages"),
    ESTIMATES(false, "request", "estimate", "warnings"),
    FORMS(false, "request", "field", "forms"),
    SUBMITS(true, "status", "headers", "body", "outcome", "taskId", "repeatable", "retryAfter",
            "type", "code", "charged", "retryable", "httpStatus", "requestId", "message", "hidden"),
    POLLS(true, "status", "headers", "body", "step", "elsewhere", "outcome", "running", "word", "understood", "progress", "retryAfter",
            "url", "urlExpiresAt", "cost", "model", "fileId", "publicUrl", "storageError", "next", "state", "rateLimited",
            "type", "code", "charged", "retryable", "httpStatus", "requestId", "message", "hidden"),
    CANCELS(false, "status", "headers", "body", "outcome", "cost",
            "type", "code", "charged", "retryable", "httpStatus", "requestId", "message", "hidden"),
    UPLOAD_CALLS(false, "file", "bytes", "type", "field", "path", "fields", "fileName", "contentType"),
    UPLOADS(false, "status", "headers", "body", "media", "sendTo",
            "type", "code", "charged", "retryable", "httpStatus", "requestId", "message", "hidden"),
    BALANCES(false, "status", "headers", "body", "remaining", "used",
            "type", "code", "charged", "retryable", "httpStatus", "requestId", "message", "hidden"),
    LOOKUPS(false, "status", "headers", "body", "taskId");

    private final boolean required;
    private final Set<String> properties;

    CaseKind(boolean required, String... properties) {
        this.required = required;
        this.properties = new TreeSet<>(Set.of(properties));
        this.properties.add("name");
    }

    /** The file's name without its ending. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String file() {
        return title() + ".json";
    }

    /** Whether every gateway has such cases. */
    boolean isRequired() {
        return required;
    }

    Set<String> properties() {
        return properties;
    }
}
