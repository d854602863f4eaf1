package io.github.grokvideo.component.camel.observe;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.VideoJob;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/**
 * The steps of a job as spans below the span of the call that began it, or that waits for it: submit, wait with an event for each status
 * query, download. Loaded only where OpenTelemetry is on the class path. Thread-safe.
 */
final class OpenTelemetrySpans implements Spans {

    static final String SCOPE = "io.github.grokvideo";
    /** Further status queries are only counted: a wait may have hundreds. */
    private static final int MOST_EVENTS = 32;

    private static final class Wait {
        private final Span span;
        private int events;

        private Wait(Span span) {
            this.span = span;
        }
    }

    private final CamelContext camelContext;
    private final Function<String, VideoAccount> accounts;
    private final Function<String, Object> parents;
    private final Map<String, Wait> waits = new ConcurrentHashMap<>();
    private volatile Tracer tracer;

    /**
     * @param accounts by name; gives null where there is none
     * @param parents  the call's context by job id; gives null where it is not traced
     */
    OpenTelemetrySpans(CamelContext camelContext, Function<String, VideoAccount> accounts, Function<String, Object> parents) {
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
        waits.values().forEach(wait -> wait.span.setAttribute("grokvideo.open", true).end());
        waits.clear();
    }

    @Override
    public void onChange(JobChange change) {
        VideoJob job = change.after();
        Wait wait = waits.get(job.id());
        if (wait == null && !(parents.apply(job.id()) instanceof Context)) {
            return;
        }
        change.submitOutcome().ifPresent(outcome -> end(
                span("grokvideo submit", SpanKind.CLIENT, job, change.since().submit(), change.at()), change.at(),
                outcome == JobChange.SubmitOutcome.ACCEPTED ? null : errorType(job, outcome.name())));
        waited(change, wait);
        downloaded(change);
    }

    private void waited(JobChange change, Wait known) {
        VideoJob job = change.after();
        Wait wait = known;
        boolean accepted = change.submitOutcome().filter(JobChange.SubmitOutcome.ACCEPTED::equals).isPresent();
        if (wait == null && (accepted || change.isPoll())) {
            wait = new Wait(span("grokvideo wait", SpanKind.INTERNAL, job, job.acceptedAt(), change.at()));
            waits.put(job.id(), wait);
        }
        if (wait == null) {
            return;
        }
        if (change.isPoll() && wait.events < MOST_EVENTS) {
            wait.events++;
            wait.span.addEvent("poll", pollAttributes(change), change.at());
        }
        if (change.isRendered() || change.isEnd()) {
            waits.remove(job.id());
            wait.span.setAttribute("grokvideo.polls", job.polls());
            end(wait.span, change.at(), change.isRendered() ? null : errorType(job, job.state().name()));
        }
    }

    private static Attributes pollAttributes(JobChange change) {
        VideoJob job = change.after();
        return change.isPollWithoutAnswer() ? Attributes.builder().put("grokvideo.answered", false).build()
                : job.progress() == null ? Attributes.builder().put("grokvideo.state", job.state().name()).build()
                : Attributes.builder().put("grokvideo.state", job.state().name()).put("grokvideo.progress", job.progress()).build();
    }

    private void downloaded(JobChange change) {
        VideoJob job = change.after();
        boolean again = change.isDownloadBegun() && change.since().download() != null;
        if (change.isDownloaded() || again) {
            Span span = span("grokvideo download", SpanKind.CLIENT, job, change.since().download(), change.at());
            if (change.isDownloaded() && job.size() != null) {
                span.setAttribute("http.response.body.size", job.size());
            }
            end(span, change.at(), again ? "DOWNLOAD_FAILED" : null);
        }
    }

    private Span span(String name, SpanKind kind, VideoJob job, Instant begun, Instant otherwise) {
        SpanBuilder builder = tracer().spanBuilder(name).setSpanKind(kind).setStartTimestamp(begun == null ? otherwise : begun);
        if (parents.apply(job.id()) instanceof Context parent) {
            builder.setParent(parent);
        }
        Span span = builder.startSpan();
        span.setAttribute("gen_ai.operation.name", SpanAttributes.OPERATION);
        span.setAttribute("gen_ai.output.type", SpanAttributes.OUTPUT);
        span.setAttribute("gen_ai.provider.name", SpanAttributes.provider(job.provider()));
        span.setAttribute("gen_ai.system", SpanAttributes.provider(job.provider()));
        set(span, "gen_ai.request.model", job.model());
        set(span, "gen_ai.response.id", job.taskId());
        span.setAttribute("grokvideo.job.id", job.id());
        VideoAccount account = accounts.apply(job.account());
        if (account != null) {
            URI base = account.access().baseUrl();
            set(span, "server.address", base.getHost());
            span.setAttribute("server.port", SpanAttributes.port(base));
        }
        return span;
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

    /** As Camel's own tracer finds it; not before there is a span, since a look at the global one settles it. */
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
