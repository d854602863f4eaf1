// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.trace;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/**
 * A job's calls to its gateway as child spans of the call that began it or waits for it: submits, downloads, and a wait span with the
 * status queries below it. Loaded only if OpenTelemetry is on the class path. Thread-safe.
 */
public final class OpenTelemetrySpans implements Spans {

    static final String SCOPE = "io.github.grokvideo";
    private static final int FIRST_HTTP_ERROR = 400;

    /** What is known of one job. */
    private static final class Traced {
        private final Context parent;
        /** The job as last reported; null = not reported yet. */
        private volatile VideoJob job;
        /** A submit or status query whose outcome has not been reported yet. */
        private final AtomicReference<GatewayCall> call = new AtomicReference<>();
        /** null = the job is not waiting. Changes come in order. */
        private volatile Span wait;

        private Traced(Context parent) {
            this.parent = parent;
        }
    }

    private final CamelContext camelContext;
    private final Function<String, VideoAccount> accounts;
    private final Function<String, Object> parents;
    private final Map<String, Traced> jobs = new ConcurrentHashMap<>();
    private volatile Tracer tracer;

    /**
     * @param accounts by name; returns null if there is none
     * @param parents  the call's context by job id; returns null if the call is not traced
     */
    public OpenTelemetrySpans(CamelContext camelContext, Function<String, VideoAccount> accounts, Function<String, Object> parents) {
        this.camelContext = camelContext;
        this.accounts = accounts;
        this.parents = parents;
    }

    @Override
    public Object current() {
        return Span.current().getSpanContext().isValid() ? Context.current() : null;
    }

    @Override
    public void end() {
        for (Traced traced : jobs.values()) {
            traceChange(traced, null);
            if (traced.wait != null) {
                traced.wait.setAttribute("grokvideo.open", true).end();
            }
        }
        jobs.clear();
    }

    @Override
    public void onCall(GatewayCall call) {
        Traced traced = call.jobId() == null ? null : traced(call.jobId());
        if (traced == null) {
            return;
        }
        switch (call.operation()) {
            case SUBMIT, POLL -> {
                traceChange(traced, null);
                traced.call.set(call);
            }
            default -> span(traced, call, null);
        }
    }

    @Override
    public void onChange(JobChange change) {
        VideoJob job = change.after();
        Traced traced = traced(job.id());
        if (traced == null) {
            return;
        }
        traced.job = job;
        boolean accepted = change.submitOutcome().filter(JobChange.SubmitOutcome.ACCEPTED::equals).isPresent();
        if (accepted) {
            traceChange(traced, change);
        }
        if (traced.wait == null && (accepted || change.isPoll())) {
            traced.wait = started("grokvideo wait", SpanKind.INTERNAL, traced.parent, job,
                    job.acceptedAt() == null ? change.at() : job.acceptedAt());
        }
        if (change.isPoll() || change.submitOutcome().isPresent()) {
            traceChange(traced, change);
        }
        if (traced.wait != null && (change.isRendered() || change.isEnd())) {
            traced.wait.setAttribute("grokvideo.polls", job.polls());
            end(traced.wait, change.at(), change.isRendered() ? null : errorType(job, job.state().name()));
            traced.wait = null;
        }
        if (change.isEnd() || job.state() == JobState.DOWNLOADED) {
            traceChange(traced, null);
            jobs.remove(job.id());
        }
    }

    /** @return null = the job's call is not traced */
    private Traced traced(String jobId) {
        Traced known = jobs.get(jobId);
        return known == null && parents.apply(jobId) instanceof Context parent
                ? jobs.computeIfAbsent(jobId, id -> new Traced(parent)) : known;
    }

    /** @param change the outcome of the call; null = none was reported */
    private void traceChange(Traced traced, JobChange change) {
        GatewayCall call = traced.call.getAndSet(null);
        if (call != null) {
            span(traced, call, change);
        }
    }

    private void span(Traced traced, GatewayCall call, JobChange change) {
        VideoJob job = change == null ? traced.job : change.after();
        Span wait = traced.wait;
        boolean below = wait != null && call.operation() == GatewayCall.Operation.POLL;
        Span span = started("grokvideo " + word(call.operation()), SpanKind.CLIENT, below ? traced.parent.with(wait) : traced.parent, job,
                call.begunAt());
        span.setAttribute("grokvideo.job.id", call.jobId());
        server(span, call.account());
        span.setAttribute("http.request.method", call.method());
        if (call.status() > 0) {
            span.setAttribute("http.response.status_code", call.status());
        }
        if (call.bytes() > 0) {
            span.setAttribute("http.response.body.size", call.bytes());
        }
        if (change != null && call.operation() == GatewayCall.Operation.POLL) {
            span.setAttribute("grokvideo.status", job.state().name());
            if (job.progress() != null) {
                span.setAttribute("grokvideo.progress", job.progress());
            }
        }
        end(span, call.endedAt(), error(call, change));
    }

    /** @return null = it went well */
    private static String error(GatewayCall call, JobChange change) {
        if (call.status() >= FIRST_HTTP_ERROR) {
            return Integer.toString(call.status());
        }
        if (call.error() != null) {
            return call.operation() == GatewayCall.Operation.DOWNLOAD ? "download_failed" : "no_answer";
        }
        return change == null ? null : change.submitOutcome().filter(outcome -> outcome != JobChange.SubmitOutcome.ACCEPTED)
                .map(outcome -> errorType(change.after(), outcome.name())).orElse(null);
    }

    /** @param job null = nothing is known of it yet */
    private Span started(String name, SpanKind kind, Context parent, VideoJob job, Instant begun) {
        SpanBuilder builder = tracer().spanBuilder(name).setSpanKind(kind).setStartTimestamp(begun).setParent(parent);
        Span span = builder.startSpan();
        span.setAttribute("gen_ai.operation.name", SpanAttributes.OPERATION);
        span.setAttribute("gen_ai.output.type", SpanAttributes.OUTPUT);
        if (job != null) {
            span.setAttribute("gen_ai.provider.name", SpanAttributes.provider(job.provider()));
            span.setAttribute("gen_ai.system", SpanAttributes.provider(job.provider()));
            set(span, "gen_ai.request.model", job.model());
            set(span, "gen_ai.response.id", job.taskId());
            span.setAttribute("grokvideo.job.id", job.id());
            server(span, accounts.apply(job.account()));
        }
        return span;
    }

    private static void server(Span span, VideoAccount account) {
        if (account != null) {
            URI base = account.access().baseUrl();
            set(span, "server.address", account.access().host());
            span.setAttribute("server.port", SpanAttributes.port(base));
        }
    }

    private static void set(Span span, String name, String value) {
        if (value != null) {
            span.setAttribute(name, value);
        }
    }

    /** @param error its type; null = it went well */
    private static void end(Span span, Instant at, String error) {
        if (error != null) {
            span.setAttribute("error.type", error);
            span.setStatus(StatusCode.ERROR);
        }
        span.end(at);
    }

    private static String errorType(VideoJob job, String otherwise) {
        return job.error() == null ? otherwise : job.error().type().name();
    }

    private static String word(GatewayCall.Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    /** Looked up as Camel looks up its own tracer, but only once there is a span, since reading the global tracer fixes it. */
    private Tracer tracer() {
        Tracer known = tracer;
        if (known == null) {
            Tracer bean = CamelContextHelper.findSingleByType(camelContext, Tracer.class);
            known = bean != null ? bean : GlobalOpenTelemetry.getTracer(SCOPE);
            tracer = known;
        }
        return known;
    }
}
