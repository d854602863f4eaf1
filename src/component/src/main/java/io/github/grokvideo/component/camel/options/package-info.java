// SPDX-License-Identifier: Apache-2.0
/** Options that the endpoint and the component inherit. Internal, but for the getters and setters that Camel binds. */
package io.github.grokvideo.component.camel.options;
