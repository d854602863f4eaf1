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

/** Identifies the message of an exchange: by the user's beans first, then by the built-in rules. */
public final class MessageIdentities {

    private static final List<String> FILE_SCHEMES = List.of(
            "file", "ftp", "ftps", "sftp", "mina-sftp", "smb", "azure-files", "jcifs");

    private final List<MessageIdentity> own;

    private MessageIdentities(Collection<MessageIdentity> own) {
        this.own = List.copyOf(own);
    }

    /**
     * Looks up the beans of type {@link MessageIdentity}.
     *
     * @param  camelContext whose registry is searched
     * @return              uses the beans found now
     */
    public static MessageIdentities of(CamelContext camelContext) {
        return new MessageIdentities(camelContext.getRegistry().findByType(MessageIdentity.class));
    }

    /**
     * An identified message.
     *
     * @param kind  of the message
     * @param text  unique among all messages of its kind
     * @param shown the text, shortened for error messages
     */
    public record Identity(String kind, String text, String shown) {
    }

    /**
     * Identifies a message.
     *
     * @param  exchange carries the message; is not changed
     * @return          empty = the message cannot be identified
     * @throws IllegalStateException if a bean has an invalid kind
     */
    public Optional<Identity> of(Exchange exchange) {
        for (MessageIdentity bean : own) {
            Optional<Identity> identity = of(bean, exchange);
            if (identity.isPresent()) {
                return identity;
            }
        }
        // An aggregate of several messages has the headers of only one of them.
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
     * The exchange may also have headers of another message, for example from a reply; the scheme of its origin says which ones count. If
     * the origin is unknown, for example after {@code seda}, all count: two jobs for one message are better than one job for two.
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

    /** @return scheme of the endpoint the exchange came from; empty if there is none */
    private static String scheme(Exchange exchange) {
        String uri = exchange.getFromEndpoint() == null ? "" : exchange.getFromEndpoint().getEndpointUri();
        int colon = uri.indexOf(':');
        return colon < 0 ? "" : uri.substring(0, colon);
    }
}
