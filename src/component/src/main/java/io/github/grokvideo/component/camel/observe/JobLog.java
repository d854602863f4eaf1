// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.camel.observe.jobs.JobObserver;
import io.github.grokvideo.component.camel.observe.trace.CallContexts;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One line of key=value pairs for each job that ends. Text from gateways is quoted, so that it cannot forge a pair or a line. */
final class JobLog implements JobObserver {

    static final String LOGGER = "io.github.grokvideo.component.jobs";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final Pattern PLAIN = Pattern.compile("[\\w.:/+@#-]{1,200}");
    private static final int LONGEST = 200;

    private final CallContexts contexts;

    JobLog(CallContexts contexts) {
        this.contexts = contexts;
    }

    @Override
    public void onChange(JobChange change) {
        if (!change.isEnd()) {
            return;
        }
        Map<String, String> mdc = contexts.find(change.after().id()).map(CallContexts.CallContext::mdc).orElse(Map.of());
        Map<String, String> own = mdc.isEmpty() ? null : MDC.getCopyOfContextMap();
        mdc.forEach(MDC::put);
        try {
            if (change.isGoodEnd()) {
                LOG.info("{}", line(change.after()));
            } else {
                LOG.warn("{}", line(change.after()));
            }
        } finally {
            if (!mdc.isEmpty()) {
                MDC.setContextMap(own == null ? Map.of() : own);
            }
        }
    }

    static String line(VideoJob job) {
        JobError error = job.error();
        StringBuilder line = new StringBuilder("job=").append(value(job.id()));
        add(line, "task", job.taskId());
        add(line, "provider", job.provider());
        add(line, "account", job.account());
        add(line, "model", job.model());
        add(line, "mode", job.mode());
        add(line, "state", job.state());
        add(line, "wait", wait(job));
        add(line, "polls", job.polls());
        add(line, "downloads", job.downloads());
        add(line, "bytes", job.size());
        boolean free = error != null && error.charged() == Charged.NO;
        add(line, job.cost() != null && job.cost().estimated() ? "estimate" : "cost",
                job.cost() == null || free ? null : job.cost().amount().toPlainString() + job.cost().unit());
        add(line, "errorType", error == null ? null : error.type());
        add(line, "errorCode", error == null ? null : error.gatewayCode());
        add(line, "requestId", error == null ? null : error.requestId());
        add(line, "route", job.route());
        return line.toString();
    }

    /** From ACCEPTED until the video was seen, else until the end. */
    private static String wait(VideoJob job) {
        if (job.acceptedAt() == null || job.renderedAt() == null && job.endedAt() == null) {
            return null;
        }
        Duration wait = Duration.between(job.acceptedAt(), job.renderedAt() != null ? job.renderedAt() : job.endedAt());
        return wait.toMillis() + "ms";
    }

    private static void add(StringBuilder line, String key, Object value) {
        if (value != null) {
            line.append(' ').append(key).append('=').append(value(value.toString()));
        }
    }

    private static String value(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        String clipped = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return '"' + clipped.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ") + '"';
    }
}
