// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reports properties of the component that are no options, before Camel does: Camel's message has the value, and that of a misspelt apiKey
 * is a secret. Environment variables, whose names are ambiguous, and what is nested are left to Camel.
 */
final class OptionNames extends MainListenerSupport {

    private static final Pattern OPTION = Pattern.compile("camel\\.component\\.grokvideo\\.([^.\\[\\]]+)");
    /** Of Camel itself, not of the component. */
    private static final Set<String> OF_CAMEL = Set.of("enabled", "customizer");

    /** @throws IllegalArgumentException naming the unknown options, without their values */
    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext camelContext = main.getCamelContext();
        PropertyConfigurer options = PluginHelper.getConfigurerResolver(camelContext)
                .resolvePropertyConfigurer("grokvideo-component", camelContext);
        if (!(options instanceof PropertyConfigurerGetter known)) {
            return;
        }
        Set<String> unknown = new TreeSet<>();
        for (String name : ConfigProvider.getConfig().getPropertyNames()) {
            if (!isKnown(name, known)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Unknown options " + unknown + ": check their spelling");
        }
    }

    private static boolean isKnown(String name, PropertyConfigurerGetter known) {
        Matcher option = OPTION.matcher(name);
        return !option.matches() || OF_CAMEL.contains(option.group(1)) || known.getOptionType(uniform(option.group(1)), true) != null;
    }

    private static String uniform(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
