// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Arrays;
import java.util.List;
import io.github.grokvideo.component.engine.VideoAccount;

/** The accounts that the option {@code failover} names. */
final class FailoverAccounts {

    private FailoverAccounts() {
    }

    /** @return the names, in order; empty = the option is not set */
    static List<String> names(GrokVideoConfiguration options) {
        return options.getFailover() == null ? List.of()
                : Arrays.stream(options.getFailover().split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /**
     * @return the accounts, in order
     * @throws IllegalArgumentException naming what is wrong with which account
     */
    static List<VideoAccount> of(GrokVideoComponent component, GrokVideoConfiguration options) {
        List<VideoAccount> accounts = names(options).stream().map(name -> account(component, options, name)).toList();
        String own = component.account(options).name();
        if (accounts.stream().anyMatch(account -> account.name().equals(own))) {
            throw wrong(options, "'" + own + "' is the account of the endpoint, which is tried first", null);
        }
        if (accounts.stream().map(VideoAccount::name).distinct().count() < accounts.size()) {
            throw wrong(options, "an account is named twice", null);
        }
        return accounts;
    }

    private static VideoAccount account(GrokVideoComponent component, GrokVideoConfiguration options, String name) {
        try {
            return component.account(name);
        } catch (IllegalArgumentException e) {
            throw wrong(options, e.getMessage(), e);
        }
    }

    private static IllegalArgumentException wrong(GrokVideoConfiguration options, String reason, Exception cause) {
        return new IllegalArgumentException("failover=" + options.getFailover() + ": " + reason, cause);
    }
}
