// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Map;
import io.github.grokvideo.component.camel.request.MediaDirectories;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.JobDetails;
import io.github.grokvideo.component.job.Mode;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;

/**
 * Generate videos with Grok Imagine through xAI and its gateways: submit once, wait without a thread, hand on a verified file.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = GrokVideoConstants.SCHEME, title = "Grok Video", syntax = "grokvideo:operation",
             category = { Category.AI }, headersClass = GrokVideoConstants.class)
public class GrokVideoEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    @UriPath(description = "What the endpoint does.")
    @Metadata(required = true)
    private final GrokVideoOperation operation;
    @UriParam
    private GrokVideoConfiguration configuration;
    @UriParam
    private CompletedConfiguration completed = new CompletedConfiguration();

    GrokVideoEndpoint(String uri, GrokVideoComponent component, GrokVideoOperation operation,
                      GrokVideoConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return switch (operation) {
            case generate -> new GenerateProducer(this);
            case submit -> new SubmitProducer(this);
            case await -> new AwaitProducer(this);
            case status -> new StatusProducer(this);
            case cancel -> new CancelProducer(this);
            case list -> new ListProducer(this);
            case balance -> new BalanceProducer(this);
            case spend -> new SpendProducer(this);
            case notify -> new NotifyProducer(this);
            case validate -> new ValidateProducer(this);
            case completed -> throw new IllegalArgumentException("grokvideo:completed can only be used in from, not in to");
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (operation != GrokVideoOperation.completed) {
            throw new IllegalArgumentException(
                    "grokvideo:" + operation + " can only be used in to; only grokvideo:completed can be used in from");
        }
        CompletedConsumer consumer = new CompletedConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /** Validates the options, so that a route with a wrong option does not start. */
    VideoAccount checked() {
        Mode.of(configuration.getMode());
        MediaDirectories.of(configuration.getMediaDirectories());
        VideoTarget.check(configuration);
        if (configuration.getWaitTimeout() == null || configuration.getWaitTimeout().isNegative()) {
            throw new IllegalArgumentException("waitTimeout must be 0 or more: " + configuration.getWaitTimeout());
        }
        if (!JobDetails.isPriority(configuration.getPriority())) {
            throw new IllegalArgumentException("priority must be from " + JobDetails.LOWEST_PRIORITY + " to "
                    + JobDetails.HIGHEST_PRIORITY + ": " + configuration.getPriority());
        }
        if (operation.storesJobs() && getComponent().getEngine().store().isDurable()
                && !getComponent().isKnownAfterRestart(configuration)) {
            throw new IllegalArgumentException(operation + " with a durable jobStore needs an account that is known after a restart:"
                    + " move provider, apiKey, baseUrl and limits from the endpoint to the component or to a GrokVideoAccount bean");
        }
        if (operation == GrokVideoOperation.notify && !getComponent().isKnownAfterRestart(configuration)) {
            throw new IllegalArgumentException("notify needs the account whose jobs it is about: move provider, apiKey and webhook"
                    + " options from the endpoint to the component or to a GrokVideoAccount bean");
        }
        if (operation == GrokVideoOperation.submit) {
            getComponent().warnIfNotDurable("grokvideo:submit");
        } else if (configuration.getJobKey() != null) {
            getComponent().warnIfNotDurable("jobKey");
        }
        return getComponent().account(configuration);
    }

    @Override
    public String getServiceUrl() {
        try {
            return getComponent().described(configuration).access().baseUrl().toString();
        } catch (IllegalArgumentException | IllegalStateException e) {
            // The endpoint cannot be started; the start reports why.
            return null;
        }
    }

    @Override
    public String getServiceProtocol() {
        String url = getServiceUrl();
        return url == null || url.startsWith("https") ? "https" : "http";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return configuration.getProvider() == null ? null : Map.of("provider", configuration.getProvider());
    }

    @Override
    public GrokVideoComponent getComponent() {
        return (GrokVideoComponent) super.getComponent();
    }

    /** @return what the endpoint does */
    public GrokVideoOperation getOperation() {
        return operation;
    }

    /** @return the options of calls */
    public GrokVideoConfiguration getConfiguration() {
        return configuration;
    }

    /** @param configuration the options of calls */
    public void setConfiguration(GrokVideoConfiguration configuration) {
        this.configuration = configuration;
    }

    /** @return the options of {@code completed} */
    public CompletedConfiguration getCompleted() {
        return completed;
    }

    /** @param completed the options of {@code completed} */
    public void setCompleted(CompletedConfiguration completed) {
        this.completed = completed;
    }
}
