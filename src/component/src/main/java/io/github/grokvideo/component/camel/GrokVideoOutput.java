// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

/** What the body becomes. */
public enum GrokVideoOutput {

    /** A {@link java.io.File}, complete and verified. */
    file,
    /** An {@link java.io.InputStream} of the verified file. */
    stream,
    /** The URL at the gateway as a String; nothing is downloaded. */
    url
}
