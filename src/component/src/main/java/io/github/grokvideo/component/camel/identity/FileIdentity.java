// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.identity;

import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.spi.BeanIntrospection;
import org.apache.camel.support.PluginHelper;

/**
 * A file from {@code file}, {@code ftp} and similar consumers: path, size and modification time. Read from the consumer's file object,
 * which remains when headers are removed; else from the headers.
 */
final class FileIdentity {

    static final String KIND = "file";

    private static final String ABSOLUTE_PATH = "CamelFileAbsolutePath";

    private FileIdentity() {
    }

    static Optional<MessageIdentities.Identity> of(Exchange exchange) {
        return ofConsumer(exchange).or(() -> ofHeaders(exchange.getMessage()));
    }

    /** By property name, since this component does not depend on camel-file. */
    private static Optional<MessageIdentities.Identity> ofConsumer(Exchange exchange) {
        Object file = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE);
        if (file == null) {
            return Optional.empty();
        }
        BeanIntrospection beans = PluginHelper.getBeanIntrospection(exchange.getContext());
        return of(property(beans, file, "hostname"), property(beans, file, "absoluteFilePath"), property(beans, file, "fileLength"),
                property(beans, file, "lastModified"));
    }

    private static Object property(BeanIntrospection beans, Object file, String name) {
        return beans.getOrElseProperty(file, name, null, false);
    }

    private static Optional<MessageIdentities.Identity> ofHeaders(Message message) {
        return of(message.getHeader("CamelFileHost"), message.getHeader(ABSOLUTE_PATH), message.getHeader(Exchange.FILE_LENGTH),
                message.getHeader(Exchange.FILE_LAST_MODIFIED));
    }

    /** @param host null = this machine */
    private static Optional<MessageIdentities.Identity> of(Object host, Object path, Object size, Object modified) {
        if (Objects.toString(path, "").isBlank() || size == null || modified == null) {
            return Optional.empty();
        }
        return Optional.of(new MessageIdentities.Identity(
                KIND, Objects.toString(host, "") + "|" + path + "|" + size + "|" + modified, path.toString()));
    }
}
