// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import io.github.grokvideo.component.camel.request.FieldValue;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/** Asks all who may know which message an exchange carries: first the user's beans, then what is known here. */
public final class MessageIdentities {

    private static final List<String> FILE_SCHEMES = List.of(
            "file", "ftp", "ftps", "sftp", "mina-sftp", "smb", "azure-files", "jcifs");

    private final List<MessageIdentity> own;

    private MessageIdentities(Collection<MessageIdentity> own) {
        this.own = List.copyOf(own);
    }

    public static MessageIdentities of(CamelContext camelContext) {
        return new MessageIdentities(camelContext.getRegistry().findByType(MessageIdentity.class));
    }

    /**
     * A message that is known.
     *
     * @param kind  what it is
     * @param text  tells it from all others of its kind
     * @param shown the text as people may see it
     */
    public record Identity(String kind, String text, String shown) {
    }

    /** @return empty = it cannot be told which message this is */
    public Optional<Identity> of(Exchange exchange) {
        for (MessageIdentity bean : own) {
            Optional<Identity> identity = of(bean, exchange);
            if (identity.isPresent()) {
                return identity;
            }
        }
        // Made of several messages, with the headers of one of them.
        return exchange.getProperty(ExchangePropertyKey.AGGREGATED_SIZE) != null ? Optional.empty() : known(exchange);
    }

    private static Optional<Identity> of(MessageIdentity identity, Exchange exchange) {
        String text = identity.of(exchange);
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        String kind = identity.kind();
        if (kind == null || !kind.matches("[a-z0-9-]{1,20}")) {
            throw new IllegalStateException(identity.getClass().getName() + ".kind() must be 1 to 20 lower-case letters, digits or"
                    + " hyphens: " + kind);
        }
        return Optional.of(new Identity(kind, text, FieldValue.shown(text)));
    }

    /**
     * Headers of another message may have joined those of the one that came in, by a reply for example: where it came from says which
     * one counts. Where that is not known, after a {@code seda} for example, all do: rather two jobs than one for two messages.
     */
    private static Optional<Identity> known(Exchange exchange) {
        String scheme = scheme(exchange);
        Optional<Identity> file = FileIdentity.of(exchange);
        if (file.isPresent() && FILE_SCHEMES.contains(scheme)) {
            return file;
        }
        List<Identity> all = new ArrayList<>();
        file.ifPresent(all::add);
        for (HeaderIdentity known : HeaderIdentity.KNOWN) {
            Optional<Identity> identity = of(known, exchange);
            if (identity.isPresent() && known.schemes().contains(scheme)) {
                return identity;
            }
            identity.ifPresent(all::add);
        }
        return all.size() < 2 ? all.stream().findFirst() : Optional.of(new Identity(all.get(0).kind(),
                all.stream().map(Identity::text).collect(Collectors.joining("|")), all.get(0).shown()));
    }

    /** @return of the endpoint the exchange came from; empty where there is none */
    private static String scheme(Exchange exchange) {
        String uri = exchange.getFromEndpoint() == null ? "" : exchange.getFromEndpoint().getEndpointUri();
        int colon = uri.indexOf(':');
        return colon < 0 ? "" : uri.substring(0, colon);
    }
}
