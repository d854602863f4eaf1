// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import io.github.grokvideo.component.camel.observe.submit.SubmitAccount;
import io.github.grokvideo.component.camel.observe.submit.SubmitAccounts;
import io.github.grokvideo.component.camel.request.RequestReader;
import io.github.grokvideo.component.engine.OrderLabels;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.job.VideoRequest;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts that may pay for what is made in the web console, and what the component's own options add to a request. Thread-safe. */
final class ConsoleAccounts implements SubmitAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAccounts.class);
    private static final String UPLOADS = "console-uploads";

    private final GrokVideoComponent component;

    ConsoleAccounts(GrokVideoComponent component) {
        this.component = component;
    }

    @Override
    public List<SubmitAccount> all() {
        Map<String, String> directories = new LinkedHashMap<>();
        if (component.isConsoleSubmit()) {
            directories.put(AccountRegistry.DEFAULT, component.getConsoleDirectory());
        }
        Map<String, GrokVideoAccount> others = new TreeMap<>(
                component.getCamelContext().getRegistry().findByTypeWithName(GrokVideoAccount.class));
        others.putAll(component.getAccounts());
        others.values().removeIf(account -> !account.isConsoleSubmit());
        others.forEach((name, account) -> directories.put(name, account.getConsoleDirectory()));
        return directories.entrySet().stream().flatMap(entry -> account(entry.getKey(), entry.getValue()).stream()).toList();
    }

    /** @return empty = it is not complete, so it cannot pay for anything */
    private Optional<SubmitAccount> account(String name, String directory) {
        try {
            return Optional.of(new SubmitAccount(component.account(name),
                    directory == null || directory.isBlank() ? null : Path.of(directory.strip())));
        } catch (IllegalArgumentException incomplete) {
            LOG.debug("Account {} cannot be used in the console: {}", name, incomplete.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public VideoRequest request(Map<String, Object> fields) {
        Exchange exchange = new DefaultExchange(component.getCamelContext());
        exchange.getMessage().setBody(fields);
        GrokVideoConfiguration options = component.getConfiguration().copy();
        options.setModel(null);
        return RequestReader.readDraft(exchange, options);
    }

    @Override
    public VideoOrder order(String jobId, SubmitAccount account, VideoRequest request, String key, VideoName name, Object waiter) {
        GrokVideoConfiguration options = component.getConfiguration();
        if (key != null) {
            component.warnIfNotDurable("jobKey");
        }
        Path directory = account.directory();
        return VideoOrder.builder(jobId, account.account(), request).jobKey(key).onBudget(options.getOnBudget())
                .directory(directory).name(name).mediaPublisher(publisher(options.getMediaPublisher())).waiter(waiter)
                .labels(new OrderLabels(null, TAG, Map.of(), true, directory != null)).build();
    }

    /** @return null = none */
    private MediaPublisher publisher(String uri) {
        try {
            return uri == null || uri.isBlank() ? null : component.publisher(uri);
        } catch (RuntimeCamelException e) {
            throw new IllegalArgumentException("The component's option mediaPublisher cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public Path uploads() {
        return Path.of(component.getWorkDirectory()).resolve(UPLOADS);
    }
}
