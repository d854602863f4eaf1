// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.observe;

import io.github.grokvideo.app.UsageException;

/**
 * What the command line says of the console and of metrics.
 *
 * @param noConsole   whether the console is left out
 * @param consolePort of the console: 0 = any free one; null = not said
 * @param observePort of metrics and health: 0 = any free one; null = there are none
 */
public record ObserveChoice(boolean noConsole, Integer consolePort, Integer observePort) {

    public static final ObserveChoice DEFAULT = new ObserveChoice(false, null, null);

    private static final int LARGEST_PORT = 65535;

    /**
     * @param  value null = none given
     * @return       this choice with one more argument
     */
    public ObserveChoice with(String name, String value) throws UsageException {
        ObserveChoice choice = switch (name) {
            case "--no-console" -> new ObserveChoice(true, consolePort, observePort);
            case "--console-port" -> new ObserveChoice(noConsole, port(name, value), observePort);
            case "--observe-port" -> new ObserveChoice(noConsole, consolePort, port(name, value));
            default -> throw new IllegalArgumentException(name);
        };
        if (name.equals("--no-console") && value != null) {
            throw new UsageException(name + " takes no value");
        }
        if (choice.noConsole && choice.consolePort != null) {
            throw new UsageException("--no-console and --console-port contradict each other");
        }
        return choice;
    }

    /** @return whether there is a console: a run that ends by itself has one only if it was asked for, since nobody would look at it */
    boolean hasConsole(boolean once) {
        return consolePort != null || !noConsole && !once;
    }

    private static int port(String name, String value) throws UsageException {
        try {
            int port = Integer.parseInt(value == null ? "" : value.strip());
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException(name + " needs a port from 1 to " + LARGEST_PORT + ", or 0 for any free one: " + name + "=8778");
    }
}
