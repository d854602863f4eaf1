// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.observe;

/**
 * What the command line asks of the console and of metrics.
 *
 * @param noConsole   whether the console is left out
 * @param consolePort of the console: 0 = any free one; null = not given
 * @param observePort of metrics and health: 0 = any free one; null = there are none
 */
public record ObserveChoice(boolean noConsole, Integer consolePort, Integer observePort) {

    public static final ObserveChoice DEFAULT = new ObserveChoice(false, null, null);

    /** @return whether to start the console: a run that ends by itself has one only on request, as it would be gone too soon */
    boolean hasConsole(boolean once) {
        return consolePort != null || !noConsole && !once;
    }
}
