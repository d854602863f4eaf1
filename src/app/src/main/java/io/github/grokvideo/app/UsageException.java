// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

/** The person at the keyboard can put it right: the message is one line for them, without a stack trace. */
public class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
