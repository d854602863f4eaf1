// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import io.github.grokvideo.component.provider.HttpAnswer;

/** The connection ended before the response was complete. */
final class CutAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient HttpAnswer beginning;

    CutAnswerException(HttpAnswer beginning, IOException cause) {
        super(cause);
        this.beginning = beginning;
    }

    /** The part that was received. */
    HttpAnswer beginning() {
        return beginning;
    }
}
