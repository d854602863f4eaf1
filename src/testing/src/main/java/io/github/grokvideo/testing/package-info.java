// SPDX-License-Identifier: Apache-2.0
/**
 * A JUnit extension for tests of routes with Grok Video. API: {@link io.github.grokvideo.testing.GrokVideoExtension} and its builder.
 * Everything else is internal.
 */
package io.github.grokvideo.testing;
