// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.trace;

import java.net.URI;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/**
 * Decorates Camel's span of a call to this component; camel-telemetry finds it as a service. Camel's default would show the whole endpoint
 * URI, including a prompt.
 */
public final class GrokVideoSpanDecorator extends AbstractSpanDecorator {

    @Override
    public String getComponent() {
        return GrokVideoConstants.SCHEME;
    }

    @Override
    public String getComponentClassName() {
        return "io.github.grokvideo.component.camel.GrokVideoComponent";
    }

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return GrokVideoConstants.SCHEME + ":" + stripSchemeAndOptions(endpoint);
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        span.setComponent("camel-" + GrokVideoConstants.SCHEME);
        span.setTag(TagConstants.URL_SCHEME, GrokVideoConstants.SCHEME);
        span.setTag(TagConstants.URL_PATH, stripSchemeAndOptions(endpoint));
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
        span.setTag("gen_ai.operation.name", SpanAttributes.OPERATION);
        span.setTag("gen_ai.output.type", SpanAttributes.OUTPUT);
        String service = endpoint instanceof EndpointServiceLocation location ? location.getServiceUrl() : null;
        if (service != null) {
            URI uri = URI.create(service);
            set(span, TagConstants.SERVER_ADDRESS, uri.getHost());
            span.setTag("server.port", Long.toString(SpanAttributes.port(uri)));
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        String provider = header(exchange, GrokVideoConstants.PROVIDER);
        if (provider != null) {
            span.setTag("gen_ai.provider.name", SpanAttributes.provider(provider));
            span.setTag("gen_ai.system", SpanAttributes.provider(provider));
        }
        set(span, "gen_ai.request.model", header(exchange, GrokVideoConstants.JOB_MODEL));
        set(span, "gen_ai.response.id", header(exchange, GrokVideoConstants.TASK_ID));
        set(span, "grokvideo.job.id", header(exchange, GrokVideoConstants.JOB_ID));
        set(span, "grokvideo.account", header(exchange, GrokVideoConstants.JOB_ACCOUNT));
        set(span, "grokvideo.mode", header(exchange, GrokVideoConstants.JOB_MODE));
        set(span, "grokvideo.status", header(exchange, GrokVideoConstants.STATUS));
        set(span, "grokvideo.polls", header(exchange, GrokVideoConstants.POLLS));
        set(span, "grokvideo.cost", header(exchange, GrokVideoConstants.COST));
        set(span, "grokvideo.cost.unit", header(exchange, GrokVideoConstants.COST_UNIT));
        set(span, "error.type", header(exchange, GrokVideoConstants.ERROR_TYPE));
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, String.class);
    }

    private static void set(Span span, String name, String value) {
        if (value != null) {
            span.setTag(name, value);
        }
    }
}
