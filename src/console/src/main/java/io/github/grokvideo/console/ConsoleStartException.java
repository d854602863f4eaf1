// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

/** The console could not be started; the message says why and what to change. */
public class ConsoleStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConsoleStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
