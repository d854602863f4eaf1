// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which properties are set, wherever Camel looks for them. Knows no values. Spelling is Camel's: {@code apiKey} is {@code api-key}. */
public final class SetNames implements Predicate<String> {

    private final Set<String> names = new TreeSet<>();

    /** @param environment names of variables, which stand for properties as {@code CAMEL_COMPONENT_JMS_USERNAME} does */
    public SetNames(Collection<?> properties, Collection<String> environment) {
        properties.forEach(name -> names.add(plain(name.toString())));
        environment.forEach(name -> names.add(plain(name)));
    }

    /** @param name one that ends with {@code *} stands for all that begin so */
    @Override
    public boolean test(String name) {
        String plain = plain(name);
        return name.endsWith("*") ? names.stream().anyMatch(set -> set.startsWith(plain)) : names.contains(plain);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
